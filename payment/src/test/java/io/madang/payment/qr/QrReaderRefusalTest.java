package io.madang.payment.qr;

import static io.madang.payment.qr.RawCode.object;
import static io.madang.payment.qr.RawCode.withChecksum;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class QrReaderRefusalTest {
  private static final String UNIQUE_ID = object("00", "kr.example.madang");

  /** One broken rule: how, in which text, and what the reader has to say. */
  record Case(String behaviour, String text, String path, QrRefusalReason reason) {
    @Override
    public String toString() {
      return behaviour;
    }
  }

  private static RawCode code() {
    return new RawCode();
  }

  private static Case of(String behaviour, String text, String path, QrRefusalReason reason) {
    return new Case(behaviour, text, path, reason);
  }

  private static Case of(String behaviour, RawCode code, String path, QrRefusalReason reason) {
    return new Case(behaviour, code.text(), path, reason);
  }

  /** An amount in object 54, all else being right. */
  private static Case amount(String behaviour, String amount, QrRefusalReason reason) {
    return of(behaviour, code().with("54", amount), "54", reason);
  }

  static Stream<Case> whole_text() {
    String good = code().text();
    String body = good.substring(0, good.length() - 4);
    String checksum = good.substring(good.length() - 4);
    return Stream.of(
        of("no text", "", "", QrRefusalReason.EMPTY),
        of("a million digits", "0".repeat(1_000_000), "", QrRefusalReason.CODE_TOO_LONG),
        of("513 characters", ofLength(513).text(), "", QrRefusalReason.CODE_TOO_LONG),
        of(
            "a high surrogate",
            code().with("64", language("x\uD83C")),
            "",
            QrRefusalReason.LONE_SURROGATE),
        of(
            "a low surrogate",
            code().with("64", language("\uDF4Ax")),
            "",
            QrRefusalReason.LONE_SURROGATE),
        of("an address", "https://madang.example/pay", "", QrRefusalReason.ID_NOT_DIGITS),
        of("a byte order mark in front", "\uFEFF" + good, "", QrRefusalReason.ID_NOT_DIGITS),
        of("no objects but a checksum", withChecksum(""), "00", QrRefusalReason.MISSING),
        of(
            "a checksum of another text",
            body + flip(checksum),
            "63",
            QrRefusalReason.CHECKSUM_WRONG),
        of("a lower-case checksum", lowerCaseChecksum(), "63", QrRefusalReason.CHECKSUM_MALFORMED),
        of(
            "a checksum in full-width digits",
            body + "１２３４",
            "63",
            QrRefusalReason.CHECKSUM_MALFORMED),
        of("a checksum of emoji", body + "🍊🍊🍊🍊", "63", QrRefusalReason.CHECKSUM_MALFORMED),
        of(
            "a checksum of three digits",
            code().unchecked() + "6303ABC",
            "63",
            QrRefusalReason.WRONG_LENGTH),
        of(
            "a checksum of five digits",
            code().unchecked() + "6305ABCDE",
            "63",
            QrRefusalReason.WRONG_LENGTH),
        of("no checksum", code().unchecked(), "63", QrRefusalReason.MISSING),
        of("a line feed behind the checksum", good + "\n", "63", QrRefusalReason.NOT_LAST),
        of(
            "an object behind the checksum",
            good + object("65", "x"),
            "63",
            QrRefusalReason.NOT_LAST),
        of("two checksums", withChecksum(good), "63", QrRefusalReason.NOT_LAST),
        of("the format not in front", code().last("00"), "00", QrRefusalReason.NOT_FIRST),
        of("no format", code().without("00"), "00", QrRefusalReason.MISSING),
        of("format 02", code().with("00", "02"), "00", QrRefusalReason.UNKNOWN_VALUE),
        of("a format of one digit", code().with("00", "1"), "00", QrRefusalReason.WRONG_LENGTH),
        of(
            "a format in full-width digits",
            code().with("00", "０１"),
            "00",
            QrRefusalReason.NOT_DIGITS));
  }

  static Stream<Case> objects() {
    return Stream.of(
        of("letters for an identifier", code().then("AB01x"), "", QrRefusalReason.ID_NOT_DIGITS),
        of("a full-width identifier", code().then("６５01x"), "", QrRefusalReason.ID_NOT_DIGITS),
        of("an Arabic-Indic identifier", code().then("٦٥01x"), "", QrRefusalReason.ID_NOT_DIGITS),
        of(
            "a control byte as identifier",
            code().then("\u00006501x"),
            "",
            QrRefusalReason.ID_NOT_DIGITS),
        of("letters for a length", code().then("65xxy"), "65", QrRefusalReason.LENGTH_NOT_DIGITS),
        of("a full-width length", code().then("65０１x"), "65", QrRefusalReason.LENGTH_NOT_DIGITS),
        of("a signed length", code().then("65+1x"), "65", QrRefusalReason.LENGTH_NOT_DIGITS),
        of("an object without content", code().with("65", ""), "65", QrRefusalReason.ZERO_LENGTH),
        of(
            "a template's object without content",
            code().with("26", UNIQUE_ID + "0100"),
            "26.01",
            QrRefusalReason.ZERO_LENGTH),
        of(
            "a length beyond the end",
            code().unchecked() + "6599x",
            "65",
            QrRefusalReason.TRUNCATED),
        of("a header cut in two", code().unchecked() + "650", "", QrRefusalReason.TRUNCATED),
        of(
            "a length counted in bytes",
            code().with("64", "0002ko0112신촌커피"),
            "64.01",
            QrRefusalReason.TRUNCATED),
        of(
            "a length beyond its template",
            code().with("26", UNIQUE_ID + "0106M0001"),
            "26.01",
            QrRefusalReason.TRUNCATED),
        of(
            "a header cut in two in a template",
            code().with("26", UNIQUE_ID + "010"),
            "26",
            QrRefusalReason.TRUNCATED),
        of("an object twice", code().then(object("54", "1")), "54", QrRefusalReason.DUPLICATE),
        of(
            "an object twice in an account",
            code().with("26", UNIQUE_ID + "0101A0101B"),
            "26.01",
            QrRefusalReason.DUPLICATE),
        of(
            "an object twice in 62",
            code().with("62", "0501A0501B"),
            "62.05",
            QrRefusalReason.DUPLICATE),
        of(
            "an object twice in 64",
            code().with("64", language("A") + "0101B"),
            "64.01",
            QrRefusalReason.DUPLICATE),
        of(
            "an object twice in 80",
            code().with("80", UNIQUE_ID + "0101A0101B"),
            "80.01",
            QrRefusalReason.DUPLICATE),
        of(
            "an object twice in 62-50",
            code().with("62", object("50", "0001X0101A0101B")),
            "62.50.01",
            QrRefusalReason.DUPLICATE));
  }

  static Stream<Case> fields() {
    return Stream.of(
        of("initiation 13", code().with("01", "13"), "01", QrRefusalReason.UNKNOWN_VALUE),
        of("initiation of letters", code().with("01", "AB"), "01", QrRefusalReason.NOT_DIGITS),
        of("no merchant account", code().without("26"), "02-51", QrRefusalReason.MISSING),
        of(
            "a network account in Korean",
            code().with("02", "가맹점"),
            "02",
            QrRefusalReason.NOT_PRINTABLE_ASCII),
        of(
            "a control byte in a network account",
            code().with("15", "1\u001B2"),
            "15",
            QrRefusalReason.CONTROL_CHARACTER),
        of(
            "an account template without unique id",
            code().with("26", "0105M0001"),
            "26.00",
            QrRefusalReason.MISSING),
        of(
            "an account template that is none",
            code().with("26", "M0001"),
            "26",
            QrRefusalReason.ID_NOT_DIGITS),
        of(
            "a unique id of 33",
            code().with("26", object("00", "a".repeat(33))),
            "26.00",
            QrRefusalReason.TOO_LONG),
        of(
            "a unique id in Korean",
            code().with("26", object("00", "마당")),
            "26.00",
            QrRefusalReason.NOT_PRINTABLE_ASCII),
        of(
            "a full-width account field",
            code().with("26", UNIQUE_ID + object("01", "M０")),
            "26.01",
            QrRefusalReason.NOT_PRINTABLE_ASCII),
        of(
            "a control byte in an account",
            code().with("26", UNIQUE_ID + object("01", "M\n")),
            "26.01",
            QrRefusalReason.CONTROL_CHARACTER),
        of("no category", code().without("52"), "52", QrRefusalReason.MISSING),
        of(
            "a category of five digits",
            code().with("52", "58140"),
            "52",
            QrRefusalReason.WRONG_LENGTH),
        of("a full-width category", code().with("52", "５８１４"), "52", QrRefusalReason.NOT_DIGITS),
        of("no currency", code().without("53"), "53", QrRefusalReason.MISSING),
        of("a currency of letters", code().with("53", "KRW"), "53", QrRefusalReason.NOT_DIGITS),
        of("a currency of two digits", code().with("53", "41"), "53", QrRefusalReason.WRONG_LENGTH),
        of("a full-width currency", code().with("53", "４１０"), "53", QrRefusalReason.NOT_DIGITS),
        of("no country", code().without("58"), "58", QrRefusalReason.MISSING),
        of("a country in lower case", code().with("58", "kr"), "58", QrRefusalReason.MALFORMED),
        of("a country of digits", code().with("58", "82"), "58", QrRefusalReason.MALFORMED),
        of(
            "a country of three letters",
            code().with("58", "KOR"),
            "58",
            QrRefusalReason.WRONG_LENGTH),
        of("no merchant name", code().without("59"), "59", QrRefusalReason.MISSING),
        of(
            "a merchant name of 26",
            code().with("59", "A".repeat(26)),
            "59",
            QrRefusalReason.TOO_LONG),
        of(
            "a merchant name in Korean",
            code().with("59", "신촌커피"),
            "59",
            QrRefusalReason.NOT_PRINTABLE_ASCII),
        of(
            "a printer's escape in a name",
            code().with("59", "A\u001B@"),
            "59",
            QrRefusalReason.CONTROL_CHARACTER),
        of("no city", code().without("60"), "60", QrRefusalReason.MISSING),
        of("a city of 16", code().with("60", "A".repeat(16)), "60", QrRefusalReason.TOO_LONG),
        of(
            "a delete character in a city",
            code().with("60", "A\u007F"),
            "60",
            QrRefusalReason.CONTROL_CHARACTER),
        of(
            "a postal code of 11",
            code().with("58", "US").with("61", "1".repeat(11)),
            "61",
            QrRefusalReason.TOO_LONG),
        of(
            "a Korean postal code of six",
            code().with("61", "121742"),
            "61",
            QrRefusalReason.WRONG_LENGTH),
        of(
            "a full-width postal code",
            code().with("61", "０４１０７"),
            "61",
            QrRefusalReason.NOT_PRINTABLE_ASCII));
  }

  static Stream<Case> amounts() {
    return Stream.of(
        amount("zero", "0", QrRefusalReason.AMOUNT_ZERO),
        amount("many zeros", "0000000000000", QrRefusalReason.AMOUNT_ZERO),
        amount("zero with a point", "0.", QrRefusalReason.AMOUNT_ZERO),
        amount("a point alone", ".", QrRefusalReason.AMOUNT_MALFORMED),
        amount("no digit before the point", ".5", QrRefusalReason.AMOUNT_MALFORMED),
        amount("two points", "1.2.3", QrRefusalReason.AMOUNT_MALFORMED),
        amount("a comma", "98,73", QrRefusalReason.AMOUNT_MALFORMED),
        amount("a space", "3 705", QrRefusalReason.AMOUNT_MALFORMED),
        amount("a minus sign", "-4500", QrRefusalReason.AMOUNT_MALFORMED),
        amount("a plus sign", "+4500", QrRefusalReason.AMOUNT_MALFORMED),
        amount("an exponent", "1E9", QrRefusalReason.AMOUNT_MALFORMED),
        amount("hexadecimal", "0x10", QrRefusalReason.AMOUNT_MALFORMED),
        amount("full-width digits", "４５００", QrRefusalReason.NOT_PRINTABLE_ASCII),
        amount("Arabic-Indic digits", "٤٥٠٠", QrRefusalReason.NOT_PRINTABLE_ASCII),
        amount("a zero byte", "4500\0", QrRefusalReason.CONTROL_CHARACTER),
        amount("part of a won", "4500.5", QrRefusalReason.AMOUNT_TOO_PRECISE),
        amount("no part of a won, spelled out", "4500.0", QrRefusalReason.AMOUNT_TOO_PRECISE),
        amount("14 digits", "10000000000000", QrRefusalReason.TOO_LONG),
        of(
            "a tenth of a cent",
            code().with("53", "840").with("54", "1.001"),
            "54",
            QrRefusalReason.AMOUNT_TOO_PRECISE),
        of(
            "more fils than 2^53-1",
            code().with("53", "414").with("54", "9007199254741"),
            "54",
            QrRefusalReason.AMOUNT_TOO_LARGE),
        of(
            "zero cents",
            code().with("53", "840").with("54", "0.00"),
            "54",
            QrRefusalReason.AMOUNT_ZERO));
  }

  static Stream<Case> fees() {
    return Stream.of(
        of("a fee of kind 04", code().with("55", "04"), "55", QrRefusalReason.UNKNOWN_VALUE),
        of("a fee of kind 00", code().with("55", "00"), "55", QrRefusalReason.UNKNOWN_VALUE),
        of("a full-width kind of fee", code().with("55", "０１"), "55", QrRefusalReason.NOT_DIGITS),
        of(
            "a fixed fee without its kind",
            code().with("56", "100"),
            "56",
            QrRefusalReason.UNEXPECTED),
        of(
            "a fixed fee with a tip",
            code().with("55", "01").with("56", "100"),
            "56",
            QrRefusalReason.UNEXPECTED),
        of(
            "a fixed fee beside a percentage",
            code().with("55", "03").with("56", "1").with("57", "1"),
            "56",
            QrRefusalReason.UNEXPECTED),
        of("no fixed fee", code().with("55", "02"), "56", QrRefusalReason.MISSING),
        of(
            "a fixed fee of zero",
            code().with("55", "02").with("56", "0"),
            "56",
            QrRefusalReason.AMOUNT_ZERO),
        of(
            "a fixed fee of half a won",
            code().with("55", "02").with("56", "0.5"),
            "56",
            QrRefusalReason.AMOUNT_TOO_PRECISE),
        of(
            "a percentage without its kind",
            code().with("57", "1"),
            "57",
            QrRefusalReason.UNEXPECTED),
        of(
            "a percentage beside a fixed fee",
            code().with("55", "02").with("56", "1").with("57", "1"),
            "57",
            QrRefusalReason.UNEXPECTED),
        of("no percentage", code().with("55", "03"), "57", QrRefusalReason.MISSING),
        of(
            "0 percent",
            code().with("55", "03").with("57", "00.00"),
            "57",
            QrRefusalReason.AMOUNT_ZERO),
        of(
            "100 percent",
            code().with("55", "03").with("57", "100"),
            "57",
            QrRefusalReason.PERCENTAGE_TOO_LARGE),
        of(
            "a percent sign",
            code().with("55", "03").with("57", "5%"),
            "57",
            QrRefusalReason.AMOUNT_MALFORMED),
        of(
            "a thousandth of a percent",
            code().with("55", "03").with("57", "0.001"),
            "57",
            QrRefusalReason.AMOUNT_TOO_PRECISE),
        of(
            "a percentage of six characters",
            code().with("55", "03").with("57", "001.50"),
            "57",
            QrRefusalReason.TOO_LONG));
  }

  static Stream<Case> templates() {
    return Stream.of(
        of("an object 00 in 62", code().with("62", "0001X"), "62.00", QrRefusalReason.UNEXPECTED),
        of(
            "a label of 26",
            code().with("62", object("05", "A".repeat(26))),
            "62.05",
            QrRefusalReason.TOO_LONG),
        of(
            "a label in Korean",
            code().with("62", object("08", "커피")),
            "62.08",
            QrRefusalReason.NOT_PRINTABLE_ASCII),
        of(
            "a full-width mobile number",
            code().with("62", object("02", "０１０")),
            "62.02",
            QrRefusalReason.NOT_PRINTABLE_ASCII),
        of(
            "a control byte in a label",
            code().with("62", object("07", "\t")),
            "62.07",
            QrRefusalReason.CONTROL_CHARACTER),
        of(
            "a request twice",
            code().with("62", object("09", "AMA")),
            "62.09",
            QrRefusalReason.MALFORMED),
        of(
            "an unknown request",
            code().with("62", object("09", "AX")),
            "62.09",
            QrRefusalReason.UNKNOWN_VALUE),
        of(
            "a request in lower case",
            code().with("62", object("09", "a")),
            "62.09",
            QrRefusalReason.UNKNOWN_VALUE),
        of(
            "a prompt for a request",
            code().with("62", object("09", "***")),
            "62.09",
            QrRefusalReason.UNKNOWN_VALUE),
        of(
            "a reserved object that is not text",
            code().with("62", object("10", "\u0085")),
            "62.10",
            QrRefusalReason.CONTROL_CHARACTER),
        of(
            "an additional template without unique id",
            code().with("62", object("50", "0101A")),
            "62.50.00",
            QrRefusalReason.MISSING),
        of(
            "an additional template's unique id not in front",
            code().with("62", object("50", "0101A0001X")),
            "62.50.00",
            QrRefusalReason.NOT_FIRST),
        of(
            "an additional template that is none",
            code().with("62", object("99", "hello")),
            "62.99",
            QrRefusalReason.ID_NOT_DIGITS),
        of(
            "no language",
            code().with("64", object("01", "신촌커피")),
            "64.00",
            QrRefusalReason.MISSING),
        of(
            "a language of three letters",
            code().with("64", "0003kor0101A"),
            "64.00",
            QrRefusalReason.WRONG_LENGTH),
        of(
            "a language of digits",
            code().with("64", "0002820101A"),
            "64.00",
            QrRefusalReason.MALFORMED),
        of(
            "a full-width language",
            code().with("64", "0002ｋｏ0101A"),
            "64.00",
            QrRefusalReason.NOT_PRINTABLE_ASCII),
        of(
            "no name in the language",
            code().with("64", "0002ko0202서울"),
            "64.01",
            QrRefusalReason.MISSING),
        of(
            "a name of 26 syllables",
            code().with("64", language("가".repeat(26))),
            "64.01",
            QrRefusalReason.TOO_LONG),
        of(
            "a city of 16 syllables",
            code().with("64", language("가") + object("02", "가".repeat(16))),
            "64.02",
            QrRefusalReason.TOO_LONG),
        of(
            "a name in conjoining jamo",
            code().with("64", language("\u1100\u1161")),
            "64.01",
            QrRefusalReason.NOT_NORMALIZED),
        of(
            "an accent on its own",
            code().with("64", language("cafe\u0301")),
            "64.01",
            QrRefusalReason.NOT_NORMALIZED),
        of(
            "a line feed in a name",
            code().with("64", language("가\n나")),
            "64.01",
            QrRefusalReason.CONTROL_CHARACTER),
        of(
            "a C1 control in a name",
            code().with("64", language("가\u009B")),
            "64.01",
            QrRefusalReason.CONTROL_CHARACTER),
        of(
            "a line separator in a name",
            code().with("64", language("가\u2028나")),
            "64.01",
            QrRefusalReason.CONTROL_CHARACTER),
        of(
            "a name that runs backwards",
            code().with("64", language("가\u202E나")),
            "64.01",
            QrRefusalReason.CONTROL_CHARACTER),
        of(
            "a name that isolates its direction",
            code().with("64", language("가\u2067나")),
            "64.01",
            QrRefusalReason.CONTROL_CHARACTER),
        of(
            "a reserved object in jamo",
            code().with("65", "\u1100\u1161"),
            "65",
            QrRefusalReason.NOT_NORMALIZED),
        of(
            "an unreserved template without unique id",
            code().with("80", "0101A"),
            "80.00",
            QrRefusalReason.MISSING),
        of(
            "an unreserved template that is none",
            code().with("99", "hello"),
            "99",
            QrRefusalReason.ID_NOT_DIGITS),
        of(
            "an unreserved field in jamo",
            code().with("80", UNIQUE_ID + object("01", "\u1100\u1161")),
            "80.01",
            QrRefusalReason.NOT_NORMALIZED));
  }

  static Stream<Case> all() {
    return Stream.of(whole_text(), objects(), fields(), amounts(), fees(), templates())
        .flatMap(cases -> cases);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void refuses(Case refused) {
    assertThat(QrReader.read(refused.text()))
        .isEqualTo(new QrRefusal(refused.path(), refused.reason()));
  }

  @Test
  void reads_the_code_that_the_table_breaks() {
    assertThat(QrReader.read(code().text())).isInstanceOf(QrReading.Read.class);
  }

  @Test
  void has_a_case_for_every_reason() {
    assertThat(all().map(Case::reason).collect(Collectors.toSet()))
        .isEqualTo(EnumSet.allOf(QrRefusalReason.class));
  }

  @Test
  void says_each_reason_in_its_own_sentence() {
    assertThat(new QrRefusal("62.05", QrRefusalReason.TOO_LONG).sentence())
        .isEqualTo("Object 62.05 of the QR code is too long.");
    assertThat(new QrRefusal("", QrRefusalReason.EMPTY).sentence())
        .isEqualTo("The QR code is empty.");
    assertThat(
            Arrays.stream(QrRefusalReason.values())
                .map(reason -> new QrRefusal("54", reason).sentence()))
        .doesNotHaveDuplicates();
  }

  @Test
  void names_the_first_broken_rule_the_structure_before_the_checksum_before_the_fields() {
    String wrongField = code().with("58", "kr").unchecked();
    assertThat(QrReader.read(wrongField + "63040000"))
        .isEqualTo(new QrRefusal("63", QrRefusalReason.CHECKSUM_WRONG));
    assertThat(QrReader.read(wrongField + object("54", "1") + "63040000"))
        .isEqualTo(new QrRefusal("54", QrRefusalReason.DUPLICATE));
  }

  private static String language(String merchantName) {
    return object("00", "ko") + object("01", merchantName);
  }

  private static RawCode ofLength(int characters) {
    var code = code();
    int id = 65;
    int missing = characters - code.text().length();
    while (missing > 0) {
      // An object takes at least five characters, so the last but one leaves that many.
      int length = Math.min(missing, missing - 103 < 5 && missing > 103 ? 90 : 103) - 4;
      code.with(Integer.toString(id++), "x".repeat(length));
      missing -= length + 4;
    }
    return code;
  }

  @Test
  void reads_512_characters() {
    var longest = ofLength(512).text();
    assertThat(longest).hasSize(512);
    assertThat(QrReader.read(longest)).isInstanceOf(QrReading.Read.class);
  }

  /** A text whose checksum has a letter, which the lower case then changes. */
  private static String lowerCaseChecksum() {
    for (int won = 1; ; won++) {
      String text = code().with("54", Integer.toString(won)).text();
      String checksum = text.substring(text.length() - 4);
      String lowerCase = checksum.replace('A', 'a').replace('F', 'f');
      if (!lowerCase.equals(checksum)) return text.substring(0, text.length() - 4) + lowerCase;
    }
  }

  private static String flip(String checksum) {
    return (checksum.charAt(0) == '0' ? "1" : "0") + checksum.substring(1);
  }
}
