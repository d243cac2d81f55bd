package io.madang.payment.iso20022;

import io.madang.payment.iso20022.FileReading.Reason;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What happened on bank accounts: camt.053.001.08, the statement of a day, or camt.054.001.08, a
 * notification during the day.
 *
 * @param messageId names the file
 */
public record BankReport(Source source, String messageId, List<Account> accounts) {
  private static final String STATEMENT = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08";
  private static final String NOTIFICATION = "urn:iso:std:iso:20022:tech:xsd:camt.054.001.08";

  public BankReport {
    accounts = List.copyOf(accounts);
  }

  /** Which of the two; the same booking comes once in each. */
  public enum Source {
    STATEMENT,
    NOTIFICATION
  }

  /**
   * One account's part.
   *
   * @param id names this part: unique for account and source
   * @param number the account's number
   * @param openingWon the balance before; equal to the closing one in notifications, which have
   *     none
   * @param closingWon the balance after the booked entries
   * @param closedOn the day at whose end that is the balance; absent in notifications
   */
  public record Account(
      String id,
      String number,
      long openingWon,
      long closingWon,
      @Nullable LocalDate closedOn,
      List<Entry> entries) {
    public Account {
      entries = List.copyOf(entries);
    }
  }

  /**
   * One booking.
   *
   * @param reference the bank's own, or the entry's place in its part
   * @param isBanksOwn whether the reference is the bank's (AcctSvcrRef), the same in every report
   *     that tells of this booking
   * @param credit whether money came in
   * @param booked whether it is final; pending ones only tell
   * @param batch the PmtInfId of a booking of many payouts at once, or empty
   * @param batchCount how many payouts it is for, 0 when not said
   * @param text what the bank writes beside it, or empty
   * @param details the payments it is for, as far as the bank names them
   */
  public record Entry(
      String reference,
      boolean isBanksOwn,
      long won,
      boolean credit,
      boolean booked,
      LocalDate bookedOn,
      String batch,
      int batchCount,
      String text,
      List<Detail> details) {
    public Entry {
      details = List.copyOf(details);
    }

    long change() {
      return credit ? won : -won;
    }
  }

  /**
   * One payment in a booking.
   *
   * @param endToEndId as whoever paid sent it; empty when the bank does not repeat it
   * @param returnReason why it came back, such as AC04; empty when it is no return
   * @param payer who paid, as the bank names them, or empty
   * @param text what the payer wrote: remittance information in all its forms, or empty
   */
  public record Detail(
      String endToEndId,
      long won,
      boolean credit,
      String returnReason,
      String payer,
      String text) {}

  /** Reads a camt.053.001.08; balances and entries must agree. */
  public static FileReading<BankReport> readStatement(byte[] file) {
    return XmlReading.read(file, STATEMENT, document -> statement(document.one("BkToCstmrStmt")));
  }

  /** Reads a camt.054.001.08. */
  public static FileReading<BankReport> readNotification(byte[] file) {
    return XmlReading.read(
        file, NOTIFICATION, document -> notification(document.one("BkToCstmrDbtCdtNtfctn")));
  }

  private static BankReport statement(XmlElement report) {
    var accounts = new ArrayList<Account>();
    for (var part : report.all("Stmt")) {
      var entries = entries(part);
      long opening = won(balance(part, "OPBD"));
      var closed = balance(part, "CLBD");
      long closing = won(closed);
      long sum = opening;
      for (var entry : entries) {
        sum += entry.booked() ? entry.change() : 0;
      }
      if (sum != closing) {
        throw new RefusedFile(Reason.BALANCE_MISMATCH, part.path());
      }
      accounts.add(
          new Account(id(part), number(part), opening, closing, closed.one("Dt").date(), entries));
    }
    return new BankReport(Source.STATEMENT, messageId(report), accounts);
  }

  private static BankReport notification(XmlElement report) {
    var accounts = new ArrayList<Account>();
    for (var part : report.all("Ntfctn")) {
      accounts.add(new Account(id(part), number(part), 0, 0, null, entries(part)));
    }
    return new BankReport(Source.NOTIFICATION, messageId(report), accounts);
  }

  private static String messageId(XmlElement report) {
    return report.one("GrpHdr", "MsgId").identifier();
  }

  private static String id(XmlElement part) {
    return part.one("Id").identifier();
  }

  private static String number(XmlElement part) {
    return part.one("Acct", "Id", "Othr", "Id").identifier();
  }

  private static long won(XmlElement balance) {
    long won = balance.one("Amt").won();
    return balance.one("CdtDbtInd").isCredit() ? won : -won;
  }

  private static XmlElement balance(XmlElement part, String code) {
    for (var balance : part.all("Bal")) {
      if (balance.optionalText("Tp", "CdOrPrtry", "Cd").equals(code)) return balance;
    }
    throw new RefusedFile(Reason.MISSING, part.path() + "/Bal[" + code + "]");
  }

  private static List<Entry> entries(XmlElement part) {
    var entries = new ArrayList<Entry>();
    for (var entry : part.all("Ntry")) {
      entries.add(entry(entry, entries.size()));
    }
    return entries;
  }

  private static Entry entry(XmlElement entry, int index) {
    long won = entry.one("Amt").won();
    boolean credit = entry.one("CdtDbtInd").isCredit();
    var reversal = entry.optional("RvslInd");
    var details = new ArrayList<Detail>();
    var batch = "";
    int batchCount = 0;
    var groups = entry.all("NtryDtls");
    for (var group : groups) {
      var ofMany = group.optional("Btch");
      if (ofMany != null && groups.size() == 1) {
        batch = ofMany.optionalText("PmtInfId");
        var count = ofMany.optional("NbOfTxs");
        batchCount = count == null ? 0 : count.count();
      }
      var all = group.all("TxDtls");
      for (var detail : all) {
        boolean isOnly = groups.size() == 1 && all.size() == 1;
        details.add(detail(detail, isOnly ? won : 0, credit, reversal));
      }
    }
    var banks = entry.optionalText("AcctSvcrRef");
    var reference = banks.isEmpty() ? entry.optionalText("NtryRef") : banks;
    return new Entry(
        reference.isEmpty() ? "entry " + index : reference,
        !banks.isEmpty(),
        won,
        credit,
        entry.optionalText("Sts", "Cd").equals("BOOK"),
        entry.one("BookgDt").date(),
        batch,
        batchCount,
        entry.words("AddtlNtryInf"),
        details);
  }

  /**
   * @param otherwise the amount when the detail says none: the entry's, if it has one detail only
   */
  private static Detail detail(
      XmlElement detail, long otherwise, boolean entryIsCredit, @Nullable XmlElement reversal) {
    var amount = detail.optional("Amt");
    var direction = detail.optional("CdtDbtInd");
    var back = detail.optional("RtrInf");
    var reason = "";
    if (back != null) {
      var code = back.optionalText("Rsn", "Cd");
      reason = code.isEmpty() ? "NARR" : StatusReport.checkedCode(code, back.path());
    } else if (reversal != null && reversal.isTrue()) {
      reason = "NARR";
    }
    return new Detail(
        detail.optionalText("Refs", "EndToEndId"),
        amount == null ? otherwise : amount.won(),
        direction == null ? entryIsCredit : direction.isCredit(),
        reason,
        payer(detail),
        text(detail));
  }

  /** Since 2019 a party may also be an agent; files of both forms are about. */
  private static String payer(XmlElement detail) {
    var party = detail.words("RltdPties", "Dbtr", "Pty", "Nm");
    return party.isEmpty() ? detail.words("RltdPties", "Dbtr", "Nm") : party;
  }

  private static String text(XmlElement detail) {
    return Stream.of(
            detail.words("RmtInf", "Ustrd"),
            detail.words("RmtInf", "Strd", "CdtrRefInf", "Ref"),
            detail.words("AddtlTxInf"))
        .filter(words -> !words.isEmpty())
        .collect(Collectors.joining(" "));
  }
}
