package io.madang.pos.terminal;

import java.time.LocalDate;

/**
 * What a till knows of one sale, or of one voiding. As with {@link HostSale}, the last entry of a
 * key in the journal counts.
 *
 * @param voids the STAN of the sale that it takes back, or 0
 * @param transmitted data element 7 of the purchase, which its reversal repeats
 * @param approval six characters, or spaces
 * @param reference twelve characters, or spaces
 * @param settlementDay the day in whose totals the terminal counts it, once it said so
 * @param reversalDay the day in whose totals the terminal counts its reversal, once it said so
 * @param reversalStan the number of its reversal, or 0
 * @param reversalTransmitted data element 7 of its reversal, or empty
 * @param unanswered whether it is reversed because no answer came: then the reversal is an advice
 */
record TillSale(
    SaleKey key,
    int voids,
    long amountWon,
    String transmitted,
    State state,
    String approval,
    String reference,
    LocalDate settlementDay,
    LocalDate reversalDay,
    int reversalStan,
    String reversalTransmitted,
    boolean unanswered) {
  /** How far it has come. */
  enum State {
    /** It is sent, or about to be; no answer is written down. */
    SENT,
    APPROVED,
    REFUSED,
    /** It is reversed until the terminal says that it is. */
    REVERSING,
    REVERSED,
    /** The terminal answered its reversal with something that only a person can judge. */
    UNRESOLVED
  }

  TillSale in(State next) {
    return new TillSale(
        key,
        voids,
        amountWon,
        transmitted,
        next,
        approval,
        reference,
        settlementDay,
        reversalDay,
        reversalStan,
        reversalTransmitted,
        unanswered);
  }

  TillSale approved(String approvalGiven, String referenceGiven, LocalDate day) {
    return new TillSale(
        key,
        voids,
        amountWon,
        transmitted,
        State.APPROVED,
        approvalGiven,
        referenceGiven,
        day,
        day,
        reversalStan,
        reversalTransmitted,
        unanswered);
  }

  TillSale reversing(int stan, String when) {
    return new TillSale(
        key,
        voids,
        amountWon,
        transmitted,
        State.REVERSING,
        approval,
        reference,
        settlementDay,
        reversalDay,
        stan,
        when,
        state == State.SENT);
  }

  TillSale reversed(LocalDate day) {
    return new TillSale(
        key,
        voids,
        amountWon,
        transmitted,
        State.REVERSED,
        approval,
        reference,
        settlementDay,
        day,
        reversalStan,
        reversalTransmitted,
        unanswered);
  }

  String line() {
    return String.join(
        "|",
        key.toString(),
        Integer.toString(voids),
        Long.toString(amountWon),
        transmitted,
        state.name(),
        approval,
        reference,
        settlementDay.toString(),
        reversalDay.toString(),
        Integer.toString(reversalStan),
        reversalTransmitted,
        Boolean.toString(unanswered));
  }

  static TillSale parse(String line) {
    var parts = line.split("\\|", -1);
    return new TillSale(
        SaleKey.parse(parts[0]),
        Integer.parseInt(parts[1]),
        Long.parseLong(parts[2]),
        parts[3],
        State.valueOf(parts[4]),
        parts[5],
        parts[6],
        LocalDate.parse(parts[7]),
        LocalDate.parse(parts[8]),
        Integer.parseInt(parts[9]),
        parts[10],
        Boolean.parseBoolean(parts[11]));
  }
}
