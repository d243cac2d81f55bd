package io.madang.gateway.issuance;

import static io.madang.gateway.issuance.PayingTown.ACCOUNT;
import static io.madang.gateway.issuance.PayingTown.TODAY;

/** Files of the bank, written by hand. */
final class Camt {
  private Camt() {}

  /** Money that came in, with a reference of the bank's or without one. */
  static String entry(String bankReference, long won, String words) {
    var reference =
        bankReference.isEmpty() ? "" : "<AcctSvcrRef>" + bankReference + "</AcctSvcrRef>";
    return """
        <Ntry><Amt Ccy="KRW">%d</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>\
        <BookgDt><Dt>%s</Dt></BookgDt>%s<BkTxCd/><NtryDtls><TxDtls><RmtInf><Ustrd>%s</Ustrd></RmtInf>\
        </TxDtls></NtryDtls></Ntry>"""
        .formatted(won, TODAY, reference, words);
  }

  static String notification(String id, String entries) {
    return document("camt.054.001.08", "BkToCstmrDbtCdtNtfctn", "Ntfctn", id, entries);
  }

  /** A statement with these entries after a balance; the entry's amount is read from its text. */
  static String statement(String id, long opening, String entry) {
    long won = Long.parseLong(entry.replaceAll("(?s).*?>(\\d+)</Amt>.*", "$1"));
    return document(
        "camt.053.001.08",
        "BkToCstmrStmt",
        "Stmt",
        id,
        balance("OPBD", opening) + balance("CLBD", opening + won) + entry);
  }

  private static String balance(String code, long won) {
    return """
        <Bal><Tp><CdOrPrtry><Cd>%s</Cd></CdOrPrtry></Tp><Amt Ccy="KRW">%d</Amt>\
        <CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>%s</Dt></Dt></Bal>"""
        .formatted(code, won, TODAY);
  }

  private static String document(
      String message, String report, String part, String id, String content) {
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:%1$s"><%2$s><GrpHdr><MsgId>%4$s</MsgId>\
        <CreDtTm>2026-11-20T00:00:00Z</CreDtTm></GrpHdr><%3$s><Id>%4$s</Id><Acct><Id><Othr><Id>%5$s\
        </Id></Othr></Id></Acct>%6$s</%3$s></%2$s></Document>"""
        .formatted(message, report, part, id, ACCOUNT.number(), content);
  }
}
