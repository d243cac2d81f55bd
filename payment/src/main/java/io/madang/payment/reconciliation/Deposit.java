package io.madang.payment.reconciliation;

import io.madang.chain.Hash;
import io.madang.payment.iso20022.BankReport;
import io.madang.payment.iso20022.BankReport.Source;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Money that came in on our account, as one bank entry tells.
 *
 * <p>The id names the entry for ever: the same entry in a notification, in the day's statement and
 * in a file that comes twice has the same one. It is the bank reference on the chain, which the
 * ledger takes once, so an entry brings coins once whatever else goes wrong.
 *
 * @param id a reference of 34 characters, beginning with {@code B-}
 * @param entry what the bank calls it: report and reference
 * @param won how much
 * @param bookedOn the bank's day
 * @param payer who paid, as the bank names them, or empty
 * @param text what the payer wrote, or empty
 */
public record Deposit(
    String id, String entry, long won, LocalDate bookedOn, String payer, String text) {
  private static final int ID_BYTES = 16;

  /**
   * The deposit of one detail of an entry, or of an entry without details.
   *
   * @param before how many entries of this report before it have the same reference
   * @param place the detail's
   * @return empty for a notification's entry without a reference of the bank's: it comes again in
   *     the day's statement and could not be told from another
   */
  static Optional<Deposit> of(
      Source source, BankReport.Account account, BankReport.Entry entry, int before, int place) {
    if (source == Source.NOTIFICATION && !entry.isBanksOwn()) {
      return Optional.empty();
    }
    // A bank's own reference is told again by other reports of that day; any other one is not.
    var where = entry.isBanksOwn() ? entry.bookedOn().toString() : "report " + account.id();
    var name =
        String.join(
            "\n",
            "madang/deposit/v1",
            account.number(),
            where,
            entry.reference(),
            Integer.toString(before),
            Integer.toString(place));
    var hash = Hash.sha256(name.getBytes(StandardCharsets.UTF_8));
    var id = "B-" + HexFormat.of().formatHex(hash.bytes(), 0, ID_BYTES);
    var called = account.id() + " " + entry.reference() + (place == 0 ? "" : "/" + place);
    if (entry.details().isEmpty()) {
      return Optional.of(new Deposit(id, called, entry.won(), entry.bookedOn(), "", entry.text()));
    }
    var detail = entry.details().get(place);
    var text = (detail.endToEndId() + " " + detail.text() + " " + entry.text()).strip();
    return Optional.of(
        new Deposit(id, called, detail.won(), entry.bookedOn(), detail.payer(), text));
  }

  /** Without the payer, who belongs into no log. */
  @Override
  public String toString() {
    return "Deposit[" + id + ", " + won + " on " + bookedOn + "]";
  }
}
