package io.madang.payment.qr;

import static io.madang.payment.qr.RawCode.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.madang.payment.Seeds;
import io.madang.payment.qr.MadangCode.IntentCode;
import io.madang.payment.qr.MadangCode.NotOurs;
import io.madang.payment.qr.MadangCode.Reason;
import io.madang.payment.qr.MadangCode.StickerCode;
import java.time.Instant;
import java.util.EnumSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MadangQrTest {
  private static final String OPERATOR = MadangQr.DEFAULT_OPERATOR_DOMAIN;
  private static final MadangQr CODES = new MadangQr(OPERATOR);
  private static final MerchantId MERCHANT = new MerchantId("M-7K3F9Q2X");
  private static final TillId TILL = new TillId("T-01");
  private static final IntentId INTENT = new IntentId("9f1c2a7be04d4c1a8d0e5b21");
  private static final Instant EXPIRY = Instant.parse("2026-01-05T15:03:00Z");
  private static final MerchantListing CAFE =
      new MerchantListing(MERCHANT, "5814", "SINCHON COFFEE", "SEOUL", "04107", "신촌커피", "서울");

  private static QrWriting dynamicCode() {
    return CODES.dynamicCode(CAFE, TILL, INTENT, 4_500, "INV-17", "POS-01", EXPIRY);
  }

  private static QrPayload read(QrWriting writing) {
    return switch (writing) {
      case QrWriting.Written(var text) -> Vectors.payloadOf(text);
      case QrRefusal refusal -> throw new AssertionError(refusal.toString());
    };
  }

  private static MadangCode interpret(RawCode code) {
    return MadangQr.interpret(Vectors.payloadOf(code.text()), OPERATOR);
  }

  private static RawCode rawSticker() {
    return new RawCode()
        .with("01", "11")
        .with("26", "0009kr.madang0110M-7K3F9Q2X0204T-01")
        .without("54")
        .with("61", "04107")
        .with("64", "0002ko0104신촌커피0202서울");
  }

  private static RawCode rawDynamicCode() {
    return new RawCode()
        .with("26", "0009kr.madang0110M-7K3F9Q2X0204T-01")
        .with("61", "04107")
        .with("62", "0106INV-1705249f1c2a7be04d4c1a8d0e5b210706POS-01")
        .with("64", "0002ko0104신촌커피0202서울")
        .with("80", "0009kr.madang01101767625380");
  }

  @Test
  void writes_a_sticker() {
    assertThat(CODES.sticker(CAFE, TILL)).isEqualTo(new QrWriting.Written(rawSticker().text()));
  }

  @Test
  void writes_a_code_for_one_payment() {
    assertThat(dynamicCode()).isEqualTo(new QrWriting.Written(rawDynamicCode().text()));
  }

  @Test
  void knows_its_own_sticker_again() {
    assertThat(interpret(rawSticker())).isEqualTo(new StickerCode(MERCHANT, TILL));
  }

  @Test
  void knows_its_own_code_for_one_payment_again() {
    assertThat(interpret(rawDynamicCode()))
        .isEqualTo(new IntentCode(INTENT, MERCHANT, TILL, 4_500, EXPIRY));
  }

  @Test
  void leaves_another_operator_s_code_alone() {
    var payload = read(new MadangQr("kr.ac.sinchon").sticker(CAFE, TILL));
    assertThat(MadangQr.interpret(payload, OPERATOR)).isEqualTo(new NotOurs(Reason.OTHER_SCHEME));
    assertThat(MadangQr.interpret(payload, "kr.ac.sinchon"))
        .isEqualTo(new StickerCode(MERCHANT, TILL));
  }

  @ParameterizedTest
  @MethodSource("io.madang.payment.qr.Vectors#accepted")
  void leaves_the_codes_of_others_alone(Vectors.Vector vector) {
    assertThat(MadangQr.interpret(Vectors.payloadOf(vector.text()), OPERATOR))
        .isEqualTo(new NotOurs(Reason.OTHER_SCHEME));
  }

  @Test
  void expires_in_the_second_that_the_code_names() {
    var code = new IntentCode(INTENT, MERCHANT, TILL, 4_500, EXPIRY);
    assertThat(code.isExpiredAt(EXPIRY.minusNanos(1))).isFalse();
    assertThat(code.isExpiredAt(EXPIRY)).isTrue();
    assertThat(code.isExpiredAt(EXPIRY.plusSeconds(1))).isTrue();
  }

  /** A code that keeps EMVCo's rules and breaks one of ours. */
  record Case(String behaviour, RawCode code, Reason reason) {
    @Override
    public String toString() {
      return behaviour;
    }
  }

  static Stream<Case> foreign() {
    return Stream.of(
        new Case(
            "no template 26", rawSticker().without("26").with("02", "4123"), Reason.OTHER_SCHEME),
        new Case(
            "ours in 27 only",
            rawSticker().without("26").with("27", "0009kr.madang0101M0201T"),
            Reason.OTHER_SCHEME),
        new Case(
            "the operator in upper case",
            rawSticker().with("26", "0009KR.MADANG0101M0201T"),
            Reason.OTHER_SCHEME),
        new Case(
            "a second payee in 27",
            rawSticker().with("27", "0009kr.madang0101M0201T"),
            Reason.AMBIGUOUS_ACCOUNT),
        new Case(
            "no merchant",
            rawSticker().with("26", "0009kr.madang0201T"),
            Reason.MERCHANT_MALFORMED),
        new Case(
            "a merchant with a space",
            rawSticker().with("26", "0009kr.madang0103M 10201T"),
            Reason.MERCHANT_MALFORMED),
        new Case(
            "a merchant of 26",
            rawSticker().with("26", "0009kr.madang" + object("01", "M".repeat(26)) + "0201T"),
            Reason.MERCHANT_MALFORMED),
        new Case("no till", rawSticker().with("26", "0009kr.madang0101M"), Reason.TILL_MALFORMED),
        new Case(
            "a till with a slash",
            rawSticker().with("26", "0009kr.madang0101M0203T/1"),
            Reason.TILL_MALFORMED),
        new Case(
            "neither static nor dynamic", rawSticker().without("01"), Reason.INITIATION_MISSING),
        new Case("dollars", rawSticker().with("53", "840"), Reason.OTHER_CURRENCY),
        new Case("a tip", rawSticker().with("55", "01"), Reason.FEE_NOT_TAKEN),
        new Case(
            "a fee on one payment",
            rawDynamicCode().with("55", "02").with("56", "500"),
            Reason.FEE_NOT_TAKEN),
        new Case(
            "a sticker with an amount",
            rawSticker().with("54", "4500"),
            Reason.STICKER_WITH_PAYMENT),
        new Case(
            "a sticker with an intent",
            rawSticker().with("62", object("05", INTENT.value())),
            Reason.STICKER_WITH_PAYMENT),
        new Case(
            "a sticker with an expiry",
            rawSticker().with("80", "0009kr.madang01101767625380"),
            Reason.STICKER_WITH_PAYMENT),
        new Case(
            "a payment made a sticker",
            rawDynamicCode().with("01", "11"),
            Reason.STICKER_WITH_PAYMENT),
        new Case("a sticker made a payment", rawSticker().with("01", "12"), Reason.AMOUNT_MISSING),
        new Case("no amount", rawDynamicCode().without("54"), Reason.AMOUNT_MISSING),
        new Case("no additional data", rawDynamicCode().without("62"), Reason.INTENT_MALFORMED),
        new Case(
            "an intent in upper case",
            labels("INV-17", "9F1C2A7BE04D4C1A8D0E5B21", "POS-01"),
            Reason.INTENT_MALFORMED),
        new Case(
            "an intent of 23 digits",
            labels("INV-17", "9f1c2a7be04d4c1a8d0e5b2", "POS-01"),
            Reason.INTENT_MALFORMED),
        new Case(
            "an intent to ask the payer for",
            labels("INV-17", "***", "POS-01"),
            Reason.INTENT_MALFORMED),
        new Case(
            "no terminal",
            rawDynamicCode().with("62", object("01", "INV-17") + object("05", INTENT.value())),
            Reason.TERMINAL_MISSING),
        new Case(
            "a terminal to ask the payer for",
            labels("INV-17", INTENT.value(), "***"),
            Reason.TERMINAL_MISSING),
        new Case(
            "no bill",
            rawDynamicCode().with("62", object("05", INTENT.value()) + object("07", "POS-01")),
            Reason.BILL_MISSING),
        new Case(
            "a bill to ask the payer for",
            labels("***", INTENT.value(), "POS-01"),
            Reason.BILL_MISSING),
        new Case("no expiry", rawDynamicCode().without("80"), Reason.EXPIRY_MALFORMED),
        new Case(
            "another operator's expiry",
            rawDynamicCode().with("80", "0009kr.others01101767625380"),
            Reason.EXPIRY_MALFORMED),
        new Case(
            "an expiry of words",
            rawDynamicCode().with("80", "0009kr.madang0105never"),
            Reason.EXPIRY_MALFORMED),
        new Case(
            "an expiry in full-width digits",
            rawDynamicCode().with("80", "0009kr.madang" + object("01", "１７６７６２５３８０")),
            Reason.EXPIRY_MALFORMED),
        new Case(
            "an expiry of 13 digits, as in milliseconds",
            rawDynamicCode().with("80", "0009kr.madang01131767625380000"),
            Reason.EXPIRY_MALFORMED),
        new Case(
            "an expiry of zero",
            rawDynamicCode().with("80", "0009kr.madang01010"),
            Reason.EXPIRY_MALFORMED));
  }

  private static RawCode labels(String bill, String intent, String terminal) {
    return rawDynamicCode()
        .with("62", object("01", bill) + object("05", intent) + object("07", terminal));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("foreign")
  void does_not_take(Case foreign) {
    assertThat(interpret(foreign.code())).isEqualTo(new NotOurs(foreign.reason()));
  }

  @Test
  void has_a_case_for_every_reason() {
    assertThat(foreign().map(Case::reason).collect(Collectors.toSet()))
        .isEqualTo(EnumSet.allOf(Reason.class));
  }

  @Test
  void takes_a_sticker_that_other_schemes_share() {
    assertThat(interpret(rawSticker().with("27", "0009kr.others0103abc").with("02", "4123")))
        .isEqualTo(new StickerCode(MERCHANT, TILL));
  }

  /**
   * Threat D8: anyone can print a code with a right checksum. What it claims then differs from the
   * intent that the operator keeps, and only from there is it seen.
   */
  @Test
  void d8_passes_on_what_an_altered_code_claims_so_that_the_intent_can_be_compared() {
    assertThat(interpret(rawDynamicCode().with("54", "45")))
        .isEqualTo(new IntentCode(INTENT, MERCHANT, TILL, 45, EXPIRY));
    assertThat(interpret(rawSticker().with("26", "0009kr.madang0105THIEF0204T-01")))
        .isEqualTo(new StickerCode(new MerchantId("THIEF"), TILL));
  }

  @Test
  void fits_the_longest_of_everything() {
    var longest = new MadangQr("kr." + "a".repeat(29));
    var merchant =
        new MerchantListing(
            new MerchantId("M".repeat(25)),
            "5814",
            "N".repeat(25),
            "C".repeat(15),
            "04107",
            "가".repeat(25),
            "나".repeat(15));
    var till = new TillId("T".repeat(25));
    var expiry = Instant.ofEpochSecond(999_999_999_999L);
    var writing =
        longest.dynamicCode(
            merchant, till, INTENT, 9_999_999_999_999L, "B".repeat(25), "P".repeat(25), expiry);
    assertThat(MadangQr.interpret(read(writing), "kr." + "a".repeat(29)))
        .isEqualTo(new IntentCode(INTENT, merchant.merchantId(), till, 9_999_999_999_999L, expiry));
  }

  @Test
  void refuses_to_write_what_it_would_not_take() {
    assertThat(CODES.dynamicCode(CAFE, TILL, INTENT, 0, "INV-17", "POS-01", EXPIRY))
        .isEqualTo(new QrRefusal("54", QrRefusalReason.AMOUNT_ZERO));
    assertThat(CODES.dynamicCode(CAFE, TILL, INTENT, -1, "INV-17", "POS-01", EXPIRY))
        .isEqualTo(new QrRefusal("54", QrRefusalReason.AMOUNT_MALFORMED));
    assertThat(CODES.dynamicCode(CAFE, TILL, INTENT, 4_500, "***", "POS-01", EXPIRY))
        .isEqualTo(new QrRefusal("62.01", QrRefusalReason.UNKNOWN_VALUE));
    assertThat(CODES.dynamicCode(CAFE, TILL, INTENT, 4_500, "INV-17", "***", EXPIRY))
        .isEqualTo(new QrRefusal("62.07", QrRefusalReason.UNKNOWN_VALUE));
    assertThat(CODES.dynamicCode(CAFE, TILL, INTENT, 4_500, "", "POS-01", EXPIRY))
        .isEqualTo(new QrRefusal("62.01", QrRefusalReason.ZERO_LENGTH));
    assertThat(CODES.dynamicCode(CAFE, TILL, INTENT, 4_500, "영수증", "POS-01", EXPIRY))
        .isEqualTo(new QrRefusal("62.01", QrRefusalReason.NOT_PRINTABLE_ASCII));
  }

  @Test
  void refuses_a_listing_by_the_object_that_cannot_hold_it() {
    assertThat(CODES.sticker(listing("신촌커피", "신촌커피"), TILL))
        .isEqualTo(new QrRefusal("59", QrRefusalReason.NOT_PRINTABLE_ASCII));
    assertThat(CODES.sticker(listing("CAFE", "가".repeat(26)), TILL))
        .isEqualTo(new QrRefusal("64.01", QrRefusalReason.TOO_LONG));
    assertThat(CODES.sticker(listing("CAFE", ""), TILL))
        .isEqualTo(new QrRefusal("64.01", QrRefusalReason.MISSING));
  }

  private static MerchantListing listing(String asciiName, String koreanName) {
    return new MerchantListing(MERCHANT, "5814", asciiName, "SEOUL", "04107", koreanName, "서울");
  }

  @Test
  void takes_malformed_identifiers_from_ourselves_for_bugs() {
    for (var text : new String[] {"", "M 1", "M_1", "가맹점", "Ｍ１", "M\n", "M".repeat(26)}) {
      assertThat(MerchantId.parse(text)).isEmpty();
      assertThat(TillId.parse(text)).isEmpty();
      assertThatThrownBy(() -> new MerchantId(text)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> new TillId(text)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> new IntentId(text)).isInstanceOf(IllegalArgumentException.class);
    }
    for (var domain :
        new String[] {"", "madang", "Kr.madang", "kr..madang", "kr." + "a".repeat(30)}) {
      assertThatThrownBy(() -> new MadangQr(domain)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(
            () -> CODES.dynamicCode(CAFE, TILL, INTENT, 1, "A", "B", Instant.ofEpochSecond(0)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("io.madang.payment.Seeds#many")
  void answers_to_any_payload(long seed) {
    var payload = new RandomPayloads(Seeds.random(seed)).next();
    var ours = payload.accountTemplates().get("26");
    String operator = ours == null ? OPERATOR : ours.uniqueId();
    assertThat(MadangQr.interpret(payload, operator)).isInstanceOf(NotOurs.class);
  }
}
