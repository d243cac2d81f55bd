package io.madang.payment.iso20022;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.function.Consumer;

/**
 * Writes pain.001.001.09, a customer's credit transfer initiation (ISO 20022), in won. The same
 * values give the same bytes on every machine: no indentation by locale, no clock, no library whose
 * next version breaks lines elsewhere.
 *
 * <p>Count and control sum stand before the lines, so the lines are asked for twice; a million of
 * them need no memory.
 */
public final class CreditTransferFile {
  static final String NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09";
  private static final int MAX_NAME = 140;

  private final Header header;

  /**
   * What stands above the lines.
   *
   * @param messageId names this file for ever: 1 to 35 letters, digits and hyphens; never used
   *     again with other content
   * @param created when the file was made: the block time of the run, so that it comes out the same
   * @param executeOn the banking day on which the bank shall pay
   * @param initiator who asks
   * @param debtor whose account pays
   */
  public record Header(
      String messageId,
      Instant created,
      LocalDate executeOn,
      String initiator,
      BankAccount debtor) {
    public Header {
      if (!BankText.isIdentifier(messageId)) {
        throw new IllegalArgumentException("a message id has 1 to 35 letters, digits, hyphens");
      }
    }
  }

  /** The lines in their order: every call gives the same ones. */
  public interface Lines {
    void forEach(Consumer<CreditTransfer> each);
  }

  /**
   * How many lines, and their sum in won.
   *
   * @param count at least 1
   */
  public record Totals(long count, long won) {}

  public CreditTransferFile(Header header) {
    this.header = header;
  }

  /** Count and sum of lines, as the file states them. */
  public static Totals totals(Lines lines) {
    var sum =
        new Object() {
          long count;
          long won;
        };
    lines.forEach(
        line -> {
          sum.count++;
          sum.won = Math.addExact(sum.won, line.won());
        });
    return new Totals(sum.count, sum.won);
  }

  /**
   * Writes the whole file.
   *
   * @throws IllegalArgumentException when there is no line: banks refuse an empty file
   * @throws IllegalStateException when the second pass over the lines differs from the first
   * @throws IOException when {@code out} fails
   */
  public Totals write(Lines lines, Appendable out) throws IOException {
    var totals = totals(lines);
    if (totals.count() == 0) {
      throw new IllegalArgumentException("a file without payouts is not written");
    }
    var xml = new XmlWriter(out);
    xml.begin(NAMESPACE).open("CstmrCdtTrfInitn");
    xml.open("GrpHdr");
    xml.element("MsgId", header.messageId());
    xml.element("CreDtTm", header.created().toString());
    sums(xml, totals);
    xml.open("InitgPty").element("Nm", BankText.of(header.initiator(), MAX_NAME)).close();
    xml.close();
    xml.open("PmtInf");
    xml.element("PmtInfId", header.messageId());
    xml.element("PmtMtd", "TRF").element("BtchBookg", "true");
    sums(xml, totals);
    xml.open("ReqdExctnDt").element("Dt", header.executeOn().toString()).close();
    xml.open("Dbtr").element("Nm", BankText.of(header.debtor().holder(), MAX_NAME)).close();
    account(xml, "DbtrAcct", header.debtor());
    agent(xml, "DbtrAgt", header.debtor());
    xml.element("ChrgBr", "SLEV");
    var second =
        totals(
            each ->
                lines.forEach(
                    line -> {
                      line(xml, line);
                      each.accept(line);
                    }));
    if (!second.equals(totals)) {
      throw new IllegalStateException("the lines changed while they were written");
    }
    xml.close().close().end();
    xml.throwIfFailed();
    return totals;
  }

  private static void sums(XmlWriter xml, Totals totals) {
    xml.element("NbOfTxs", Long.toString(totals.count()));
    xml.element("CtrlSum", Long.toString(totals.won()));
  }

  private static void line(XmlWriter xml, CreditTransfer line) {
    var id = line.id().toString();
    xml.open("CdtTrfTxInf");
    xml.open("PmtId").element("InstrId", id).element("EndToEndId", id).close();
    xml.open("Amt").element("InstdAmt", "Ccy", "KRW", Long.toString(line.won())).close();
    agent(xml, "CdtrAgt", line.creditor());
    xml.open("Cdtr").element("Nm", BankText.of(line.creditor().holder(), MAX_NAME)).close();
    account(xml, "CdtrAcct", line.creditor());
    xml.open("RmtInf").element("Ustrd", BankText.of(line.remittance(), MAX_NAME)).close();
    xml.close();
  }

  private static void account(XmlWriter xml, String name, BankAccount account) {
    xml.open(name).open("Id").open("Othr").element("Id", account.number()).close().close();
    xml.close();
  }

  private static void agent(XmlWriter xml, String name, BankAccount account) {
    xml.open(name).open("FinInstnId").open("ClrSysMmbId").element("MmbId", account.bank());
    xml.close().close().close();
  }
}
