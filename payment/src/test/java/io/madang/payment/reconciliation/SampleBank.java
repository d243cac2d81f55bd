package io.madang.payment.reconciliation;

import io.madang.ledger.PayoutId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A bank in a mood: it takes a file of payouts and answers with files of its own. */
final class SampleBank {
  static final String ACCOUNT = "11012345678901";
  static final String FILE = "MDG-20260105-1";

  /** How the bank behaves. */
  enum Mood {
    ACCEPTS,
    ACCEPTS_PARTLY,
    REJECTS,
    ANSWERS_LATE,
    ANSWERS_TWICE,
    IS_SILENT,
    BOOKS_BEFORE_IT_ANSWERS,
    BOOKS_WRONG_AMOUNTS,
    NAMES_UNKNOWN_PAYOUTS,
    SENDS_GARBAGE,
    REPEATS_ITS_STATEMENT,
    RETURNS_DAYS_LATER
  }

  private final Random random;
  private final List<byte[]> files = new ArrayList<>();

  /** What the bank paid and did not take back, by payout. */
  final Map<PayoutId, Long> paid = new TreeMap<>();

  /** What the bank refused or took back. */
  final Map<PayoutId, Long> notPaid = new TreeMap<>();

  SampleBank(Mood mood, Random random, List<Payout> payouts) {
    this.random = random;
    if (mood == Mood.IS_SILENT) {
      return;
    }
    var taken = new ArrayList<Payout>();
    var refused = new ArrayList<Payout>();
    for (var payout : payouts) {
      boolean refuses =
          mood == Mood.REJECTS || (mood == Mood.ACCEPTS_PARTLY && random.nextBoolean());
      (refuses ? refused : taken).add(payout);
    }
    refused.forEach(payout -> notPaid.put(payout.id(), payout.won()));
    taken.forEach(payout -> paid.put(payout.id(), payout.won()));
    files.add(status(taken, refused, random.nextBoolean() ? "ACSP" : "ACSC"));
    if (!taken.isEmpty()) {
      if (mood == Mood.BOOKS_WRONG_AMOUNTS) {
        files.add(notification("N-1", taken, false, 1));
      } else {
        files.add(notification("N-1", taken, false, 0));
        files.add(statement("S-1", taken));
      }
    }
    switch (mood) {
      case BOOKS_BEFORE_IT_ANSWERS -> Collections.reverse(files);
      case ANSWERS_TWICE -> files.addAll(List.copyOf(files));
      case ANSWERS_LATE -> Collections.shuffle(files, random);
      case NAMES_UNKNOWN_PAYOUTS ->
          files.add(
              notification(
                  "N-2",
                  List.of(Payout.created(new PayoutId(9, random.nextLong()), 77)),
                  false,
                  0));
      case SENDS_GARBAGE -> {
        for (int i = 0; i < 5; i++) {
          var broken = files.getFirst().clone();
          broken[random.nextInt(60)] = '<';
          files.add(random.nextInt(files.size()), broken);
        }
      }
      case REPEATS_ITS_STATEMENT -> files.add(files.getLast());
      case RETURNS_DAYS_LATER -> {
        var back = taken.stream().filter(_ -> random.nextBoolean()).toList();
        for (var payout : back) {
          paid.remove(payout.id());
          notPaid.put(payout.id(), payout.won());
        }
        if (!back.isEmpty()) {
          files.add(notification("N-3", back, true, 0));
          files.add(notification("N-3", back, true, 0));
        }
      }
      default -> {}
    }
  }

  /** Everything the bank sends, in its order. */
  List<byte[]> files() {
    return files;
  }

  private static byte[] status(List<Payout> taken, List<Payout> refused, String good) {
    var xml = new StringBuilder();
    xml.append("<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.002.001.10\">");
    xml.append(
        "<CstmrPmtStsRpt><GrpHdr><MsgId>B-1</MsgId></GrpHdr><OrgnlGrpInfAndSts><OrgnlMsgId>");
    xml.append(FILE).append("</OrgnlMsgId></OrgnlGrpInfAndSts><OrgnlPmtInfAndSts>");
    for (var payout : taken) {
      xml.append("<TxInfAndSts><OrgnlEndToEndId>").append(payout.id());
      xml.append("</OrgnlEndToEndId><TxSts>").append(good).append("</TxSts></TxInfAndSts>");
    }
    for (var payout : refused) {
      xml.append("<TxInfAndSts><OrgnlEndToEndId>").append(payout.id());
      xml.append("</OrgnlEndToEndId><TxSts>RJCT</TxSts><StsRsnInf><Rsn><Cd>AC04</Cd></Rsn>");
      xml.append("</StsRsnInf></TxInfAndSts>");
    }
    return bytes(xml.append("</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>"));
  }

  private static byte[] notification(String id, List<Payout> payouts, boolean back, long wrong) {
    var xml = new StringBuilder();
    xml.append("<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.054.001.08\">");
    xml.append("<BkToCstmrDbtCdtNtfctn><GrpHdr><MsgId>B-").append(id).append("</MsgId></GrpHdr>");
    xml.append("<Ntfctn>");
    account(xml, id);
    for (var payout : payouts) {
      entry(xml, payout, back, wrong);
    }
    return bytes(xml.append("</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>"));
  }

  /** One booking a payout, or one for all of them. */
  private byte[] statement(String id, List<Payout> payouts) {
    long sum = payouts.stream().mapToLong(Payout::won).sum();
    var xml = new StringBuilder();
    xml.append("<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\">");
    xml.append("<BkToCstmrStmt><GrpHdr><MsgId>B-").append(id).append("</MsgId></GrpHdr><Stmt>");
    account(xml, id);
    balance(xml, "OPBD", sum + 5);
    balance(xml, "CLBD", 5);
    if (random.nextBoolean()) {
      xml.append("<Ntry><Amt Ccy=\"KRW\">").append(sum).append("</Amt><CdtDbtInd>DBIT</CdtDbtInd>");
      booked(xml).append("<NtryDtls><Btch><PmtInfId>").append(FILE).append("</PmtInfId><NbOfTxs>");
      xml.append(payouts.size()).append("</NbOfTxs></Btch></NtryDtls></Ntry>");
    } else {
      payouts.forEach(payout -> entry(xml, payout, false, 0));
    }
    return bytes(xml.append("</Stmt></BkToCstmrStmt></Document>"));
  }

  private static void account(StringBuilder xml, String id) {
    xml.append("<Id>").append(id).append("</Id><Acct><Id><Othr><Id>").append(ACCOUNT);
    xml.append("</Id></Othr></Id></Acct>");
  }

  private static void balance(StringBuilder xml, String code, long won) {
    xml.append("<Bal><Tp><CdOrPrtry><Cd>").append(code).append("</Cd></CdOrPrtry></Tp>");
    xml.append("<Amt Ccy=\"KRW\">").append(won).append("</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>");
  }

  private static StringBuilder booked(StringBuilder xml) {
    return xml.append("<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-01-06</Dt></BookgDt>");
  }

  private static void entry(StringBuilder xml, Payout payout, boolean back, long wrong) {
    xml.append("<Ntry><Amt Ccy=\"KRW\">").append(payout.won() + wrong).append("</Amt><CdtDbtInd>");
    xml.append(back ? "CRDT" : "DBIT").append("</CdtDbtInd>");
    booked(xml).append("<NtryDtls><TxDtls><Refs><EndToEndId>").append(payout.id());
    xml.append("</EndToEndId></Refs>");
    xml.append(back ? "<RtrInf><Rsn><Cd>AC06</Cd></Rsn></RtrInf>" : "");
    xml.append("</TxDtls></NtryDtls></Ntry>");
  }

  private static byte[] bytes(StringBuilder xml) {
    return xml.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
