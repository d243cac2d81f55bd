package io.madang.pos.terminal;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a terminal knows of one sale. Each change of it is an entry of the journal that holds all of
 * it, so that the last entry of a key counts.
 *
 * @param voids whether it takes back another sale instead of being one
 * @param evidence stands for what the customer showed; the same key with another one is a conflict
 * @param response what was answered, or is to be answered
 * @param approval six characters, or spaces when it was not approved
 * @param reference twelve characters, or spaces when it was not approved
 * @param settlementDay the day in whose totals it counts
 * @param reversalDay the day in whose totals its reversal counts
 * @param original what it takes back, when it does
 */
record HostSale(
    SaleKey key,
    boolean voids,
    long amountWon,
    String evidence,
    State state,
    ResponseCode response,
    String approval,
    String reference,
    LocalDate settlementDay,
    LocalDate reversalDay,
    @Nullable SaleKey original) {
  /** How far it has come. */
  enum State {
    /** The ledger was asked, or is about to be. Nothing was answered. */
    CHARGING,
    /** The answer stands, and the terminal may have it. */
    ANSWERED,
    /** It is to be reversed, until the ledger has done it. */
    REVERSING,
    /** Nothing of it is charged, for ever. */
    REVERSED
  }

  static HostSale of(SaleKey key, long amountWon, String evidence, LocalDate settlementDay) {
    return new HostSale(
        key,
        false,
        amountWon,
        evidence,
        State.CHARGING,
        ResponseCode.UNAVAILABLE,
        " ".repeat(6),
        " ".repeat(12),
        settlementDay,
        settlementDay,
        null);
  }

  HostSale voiding(SaleKey taken) {
    return new HostSale(
        key,
        true,
        amountWon,
        evidence,
        state,
        response,
        approval,
        reference,
        settlementDay,
        reversalDay,
        taken);
  }

  HostSale answered(ResponseCode code) {
    return new HostSale(
        key,
        voids,
        amountWon,
        evidence,
        State.ANSWERED,
        code,
        approval,
        reference,
        settlementDay,
        reversalDay,
        original);
  }

  /** The voiding is done, and counts on the day on which its sale was reversed. */
  HostSale voided(LocalDate day) {
    return new HostSale(
        key,
        voids,
        amountWon,
        evidence,
        State.ANSWERED,
        ResponseCode.APPROVED,
        approval,
        reference,
        day,
        day,
        original);
  }

  HostSale charged(String approvalGiven, String referenceGiven) {
    return new HostSale(
        key,
        voids,
        amountWon,
        evidence,
        State.ANSWERED,
        ResponseCode.APPROVED,
        approvalGiven,
        referenceGiven,
        settlementDay,
        reversalDay,
        original);
  }

  HostSale reversing(ResponseCode code, LocalDate day) {
    return new HostSale(
        key,
        voids,
        amountWon,
        evidence,
        State.REVERSING,
        code,
        approval,
        reference,
        settlementDay,
        day,
        original);
  }

  HostSale reversed() {
    return new HostSale(
        key,
        voids,
        amountWon,
        evidence,
        State.REVERSED,
        response,
        approval,
        reference,
        settlementDay,
        reversalDay,
        original);
  }

  boolean pending() {
    return state == State.CHARGING || state == State.REVERSING;
  }

  /** One line for the journal. */
  String line() {
    return String.join(
        "|",
        "sale",
        key.toString(),
        Boolean.toString(voids),
        Long.toString(amountWon),
        evidence,
        state.name(),
        response.name(),
        approval,
        reference,
        settlementDay.toString(),
        reversalDay.toString(),
        original == null ? "" : original.toString());
  }

  static HostSale parse(String line) {
    var parts = line.split("\\|", -1);
    return new HostSale(
        SaleKey.parse(parts[1]),
        Boolean.parseBoolean(parts[2]),
        Long.parseLong(parts[3]),
        parts[4],
        State.valueOf(parts[5]),
        ResponseCode.valueOf(parts[6]),
        parts[7],
        parts[8],
        LocalDate.parse(parts[9]),
        LocalDate.parse(parts[10]),
        parts[11].isEmpty() ? null : SaleKey.parse(parts[11]));
  }
}
