package io.madang.payment.iso20022;

import io.madang.payment.iso20022.FileReading.Reason;
import java.util.ArrayList;
import java.util.List;

/**
 * What a pain.002.001.10 says: the bank's answer to a file of payouts.
 *
 * @param messageId names the answer
 * @param originalMessageId the file that it answers
 * @param group the status of the whole file, {@link Status#NONE} when it is not said
 * @param transactions what it says of single payouts
 */
public record StatusReport(
    String messageId, String originalMessageId, Group group, List<Transaction> transactions) {
  static final String NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.002.001.10";

  public StatusReport {
    transactions = List.copyOf(transactions);
  }

  /** What a status means for us (external code list of payment status, in groups). */
  public enum Status {
    /** It is not said. */
    NONE,
    /** Received, accepted or in process: RCVD, ACTC, ACCP, ACSP, ACWC, PDNG, PATC, ACFC. */
    IN_PROCESS,
    /** Some are rejected: PART. Single payouts say which. */
    PARTLY,
    /** Paid, as the bank says: ACSC, ACCC. Not yet seen on a statement. */
    SETTLED,
    /** RJCT. */
    REJECTED,
    /** A code that we do not know: a person looks. */
    UNKNOWN;

    static Status of(String code) {
      return switch (code) {
        case "" -> NONE;
        case "RCVD", "ACTC", "ACCP", "ACSP", "ACWC", "PDNG", "PATC", "ACFC" -> IN_PROCESS;
        case "PART" -> PARTLY;
        case "ACSC", "ACCC" -> SETTLED;
        case "RJCT" -> REJECTED;
        default -> UNKNOWN;
      };
    }
  }

  /**
   * The status of the file.
   *
   * @param reason the bank's code, such as AC04; empty when none is given
   */
  public record Group(Status status, String reason) {}

  /**
   * The status of one payout.
   *
   * @param endToEndId as we sent it; empty when the bank does not repeat it
   * @param reason the bank's code, such as AC04; empty when none is given
   */
  public record Transaction(String endToEndId, Status status, String reason) {}

  /** Reads a file. */
  public static FileReading<StatusReport> read(byte[] file) {
    return XmlReading.read(file, NAMESPACE, StatusReport::of);
  }

  private static StatusReport of(XmlElement document) {
    var report = document.one("CstmrPmtStsRpt");
    var original = report.one("OrgnlGrpInfAndSts");
    var group = new Group(Status.of(original.optionalText("GrpSts")), reason(original));
    var transactions = new ArrayList<Transaction>();
    for (var payment : report.all("OrgnlPmtInfAndSts")) {
      // A rejected payment block speaks for the whole file: there is one block in each of ours.
      var ofBlock = Status.of(payment.optionalText("PmtInfSts"));
      if (group.status() == Status.NONE && ofBlock != Status.NONE) {
        group = new Group(ofBlock, reason(payment));
      }
      for (var transaction : payment.all("TxInfAndSts")) {
        transactions.add(
            new Transaction(
                transaction.optionalText("OrgnlEndToEndId"),
                Status.of(transaction.optionalText("TxSts")),
                reason(transaction)));
      }
    }
    return new StatusReport(
        report.one("GrpHdr", "MsgId").identifier(),
        original.one("OrgnlMsgId").identifier(),
        group,
        transactions);
  }

  /** The first reason's code: the standard's, or the bank's own. */
  private static String reason(XmlElement element) {
    for (var information : element.all("StsRsnInf")) {
      var code = information.optionalText("Rsn", "Cd");
      return isCode(code) ? code : "";
    }
    return "";
  }

  private static boolean isCode(String code) {
    return code.length() <= 4 && code.chars().allMatch(c -> isUpper(c) || (c >= '0' && c <= '9'));
  }

  private static boolean isUpper(int c) {
    return c >= 'A' && c <= 'Z';
  }

  static String checkedCode(String code, String path) {
    if (!isCode(code)) {
      throw new RefusedFile(Reason.WRONG_FORM, path);
    }
    return code;
  }
}
