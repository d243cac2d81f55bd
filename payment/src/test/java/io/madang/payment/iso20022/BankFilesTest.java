package io.madang.payment.iso20022;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.payment.Seeds;
import io.madang.payment.iso20022.FileReading.Read;
import io.madang.payment.iso20022.FileReading.Reason;
import io.madang.payment.iso20022.FileReading.Refused;
import io.madang.payment.iso20022.StatusReport.Status;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of a bank, as they should be and as they should not. */
class BankFilesTest {
  private static final String STATUS =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>
      <GrpHdr><MsgId>B-1</MsgId><CreDtTm>2026-01-06T09:11:00+09:00</CreDtTm></GrpHdr>
      <OrgnlGrpInfAndSts><OrgnlMsgId>MDG-1</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>
      <GrpSts>PART</GrpSts></OrgnlGrpInfAndSts>
      <OrgnlPmtInfAndSts><OrgnlPmtInfId>MDG-1</OrgnlPmtInfId>
      <TxInfAndSts><OrgnlEndToEndId>a</OrgnlEndToEndId><TxSts>ACSC</TxSts></TxInfAndSts>
      <TxInfAndSts><OrgnlEndToEndId>b</OrgnlEndToEndId><TxSts>RJCT</TxSts>
      <StsRsnInf><Rsn><Cd>AC04</Cd></Rsn></StsRsnInf></TxInfAndSts>
      </OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>
      """;

  private static final String STATEMENT =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
      <GrpHdr><MsgId>B-2</MsgId><CreDtTm>2026-01-07T00:00:00+09:00</CreDtTm></GrpHdr>
      <Stmt><Id>ST-1</Id><Acct><Id><Othr><Id>11012345678901</Id></Othr></Id></Acct>
      <Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="KRW">1000</Amt>\
      <CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-01-06</Dt></Dt></Bal>
      <Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="KRW">850</Amt>\
      <CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-01-06</Dt></Dt></Bal>
      <Ntry><Amt Ccy="KRW">200</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
      <BookgDt><Dt>2026-01-06</Dt></BookgDt><BkTxCd/><NtryDtls><TxDtls>
      <Refs><EndToEndId>a</EndToEndId></Refs></TxDtls></NtryDtls></Ntry>
      <Ntry><NtryRef>R7</NtryRef><Amt Ccy="KRW">50.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>
      <Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-01-06</Dt></BookgDt><BkTxCd/><NtryDtls><TxDtls>
      <Refs><EndToEndId>b</EndToEndId></Refs><Amt Ccy="KRW">50</Amt><CdtDbtInd>CRDT</CdtDbtInd>
      <RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf></TxDtls></NtryDtls></Ntry>
      </Stmt></BkToCstmrStmt></Document>
      """;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static <T> T read(FileReading<T> reading) {
    if (reading instanceof Read<T>(T content)) {
      return content;
    }
    throw new AssertionError(reading);
  }

  private static <T> String refused(FileReading<T> reading) {
    return reading instanceof Refused<T>(var reason, var place) ? reason + " " + place : "read";
  }

  @Test
  void reads_what_a_bank_says_of_each_payout() {
    var report = read(StatusReport.read(bytes(STATUS)));
    assertThat(report.originalMessageId()).isEqualTo("MDG-1");
    assertThat(report.group().status()).isEqualTo(Status.PARTLY);
    assertThat(report.transactions())
        .containsExactly(
            new StatusReport.Transaction("a", Status.SETTLED, ""),
            new StatusReport.Transaction("b", Status.REJECTED, "AC04"));
  }

  @Test
  void reads_a_statement_whose_balances_agree() {
    var entries = read(BankReport.readStatement(bytes(STATEMENT))).accounts().getFirst().entries();
    assertThat(entries).hasSize(2);
    assertThat(entries.getFirst().reference()).isEqualTo("entry 0");
    assertThat(entries.getFirst().details())
        .containsExactly(new BankReport.Detail("a", 200, false, "", "", ""));
    assertThat(entries.getLast().reference()).isEqualTo("R7");
    assertThat(entries.getLast().details())
        .containsExactly(new BankReport.Detail("b", 50, true, "AC04", "", ""));
  }

  @Test
  void reads_the_samples() {
    assertThat(read(StatusReport.read(Schemas.file("sample-pain002.xml"))).transactions())
        .hasSize(2);
    var statement = read(BankReport.readStatement(Schemas.file("sample-camt053.xml")));
    var entry = statement.accounts().getFirst().entries().getFirst();
    assertThat(entry.batch()).isEqualTo("MDG-20260105-KRW");
    assertThat(entry.batchCount()).isEqualTo(2);
    var notification = read(BankReport.readNotification(Schemas.file("sample-camt054.xml")));
    assertThat(notification.accounts().getFirst().entries().getFirst().details()).hasSize(2);
    var back = read(BankReport.readNotification(Schemas.file("sample-camt054-return.xml")));
    assertThat(back.accounts().getFirst().entries().getFirst().details())
        .containsExactly(new BankReport.Detail("S20260105-M0002", 49_500, true, "AC04", "", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<MsgId>B-1</MsgId>||MISSING Document/CstmrPmtStsRpt/GrpHdr/MsgId",
        "<MsgId>B-1</MsgId>|<MsgId>1</MsgId><MsgId>2</MsgId>|REPEATED Document/CstmrPmtStsRpt/GrpHdr/MsgId",
        "<MsgId>B-1</MsgId>|<MsgId/>|WRONG_FORM Document/CstmrPmtStsRpt/GrpHdr/MsgId",
        "pain.002.001.10\"|pain.002.001.03\"|OTHER_MESSAGE ''",
        "UTF-8|EUC-KR|NOT_XML ''",
        "</Document>||NOT_XML ''",
        "<GrpSts>|<GrpSts>&unknown;|NOT_XML ''",
        "<Document|<!DOCTYPE Document [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><Document|NOT_XML ''",
      })
  void refuses_a_file_that_is_not_right_and_says_where(String part, String other, String answer) {
    var changed = STATUS.replace(part, other == null ? "" : other);
    assertThat(changed).isNotEqualTo(STATUS);
    assertThat(refused(StatusReport.read(bytes(changed))).strip())
        .isEqualTo(answer.replace("''", "").strip());
  }

  @ParameterizedTest
  @CsvSource({
    "KRW\">200<, KRW\">201<, BALANCE_MISMATCH",
    "KRW\">200<, USD\">200<, OTHER_CURRENCY",
    "KRW\">200<, KRW\">200.50<, WRONG_FORM",
    "KRW\">200<, KRW\">-200<, WRONG_FORM",
    "KRW\">200<, KRW\">２００<, WRONG_FORM",
    "KRW\">200<, KRW\">99999999999999999<, WRONG_FORM",
    "DBIT, XXXX, WRONG_FORM",
    "<BookgDt><Dt>2026-01-06, <BookgDt><Dt>2026-02-30, WRONG_FORM",
    "AC04, =1+1, WRONG_FORM",
    "OPBD, XXXX, MISSING"
  })
  void refuses_a_statement_that_is_not_right(String part, String other, Reason reason) {
    var changed = STATEMENT.replace(part, other);
    assertThat(changed).isNotEqualTo(STATEMENT);
    assertThat(refused(BankReport.readStatement(bytes(changed)))).startsWith(reason.toString());
  }

  @Test
  void refuses_what_is_too_deep_too_long_or_no_text_at_all() {
    var deep = "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.002.001.10\">";
    assertThat(refused(StatusReport.read(bytes(deep + "<a>".repeat(40)))))
        .startsWith("BEYOND_LIMITS");
    var longText = STATUS.replace("B-1", "x".repeat(2_001));
    assertThat(refused(StatusReport.read(bytes(longText)))).startsWith("BEYOND_LIMITS");
    assertThat(refused(StatusReport.read(new byte[0]))).startsWith("NOT_XML");
    assertThat(refused(StatusReport.read(new byte[] {(byte) 0xFF, (byte) 0xFE})))
        .startsWith("NOT_XML");
    assertThat(refused(StatusReport.read(new byte[(32 << 20) + 1]))).startsWith("TOO_LARGE");
  }

  @Test
  void entities_that_grow_are_not_followed() {
    var bomb =
        "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"xxxxxxxxxx\"><!ENTITY c \"&b;&b;\">]>"
            + "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.002.001.10\">&c;</Document>";
    assertThat(refused(StatusReport.read(bytes(bomb)))).startsWith("NOT_XML");
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("io.madang.payment.Seeds#many")
  void a_damaged_file_is_read_or_refused_but_never_throws(long seed) {
    var random = Seeds.random(seed);
    for (int i = 0; i < 30; i++) {
      var file = bytes(random.nextBoolean() ? STATUS : STATEMENT);
      for (int j = random.nextInt(4); j >= 0; j--) {
        file[random.nextInt(file.length)] = (byte) random.nextInt();
      }
      assertThat(refused(StatusReport.read(file))).isNotNull();
      assertThat(refused(BankReport.readStatement(file))).isNotNull();
      assertThat(refused(BankReport.readNotification(file))).isNotNull();
    }
  }
}
