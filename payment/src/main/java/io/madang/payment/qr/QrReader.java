package io.madang.payment.qr;

import io.madang.payment.qr.AdditionalData.ConsumerRequest;
import io.madang.payment.qr.AdditionalData.Label;
import java.util.EnumSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads the text of a merchant's QR code by EMVCo MPM 1.1, strictly: whatever breaks a rule is
 * refused, by the object and the rule. It never throws, and since it looks at no more than 512
 * characters, time and memory are bounded whatever the text.
 *
 * <p>A payload says what the code says, which need not be true: see the package.
 */
public final class QrReader {
  private static final int MAX_CHARACTERS = 512;
  private static final int MAX_ACCOUNT_LENGTH = 99;
  private static final int MAX_TEXT_LENGTH = 99;
  private static final int MAX_UNIQUE_ID_LENGTH = 32;
  private static final int MAX_AMOUNT_LENGTH = 13;
  private static final int MAX_PERCENTAGE_LENGTH = 5;
  private static final int BASIS_POINTS_OF_ALL = 10_000;

  private QrReader() {}

  /** Reads a code, or says why it is none. The first broken rule found is the one named. */
  public static QrReading read(String text) {
    try {
      return new QrReading.Read(payload(text));
    } catch (RefusedException refused) {
      return refused.refusal();
    }
  }

  private static QrPayload payload(String text) throws RefusedException {
    checkText(text);
    var code = DataObjects.ofCode(text);
    checkFrame(text, code);

    var initiation = initiation(code);
    var networkAccounts = networkAccounts(code);
    var accountTemplates = accountTemplates(code);
    if (networkAccounts.isEmpty() && accountTemplates.isEmpty()) {
      throw new RefusedException("02-51", QrRefusalReason.MISSING);
    }
    String category = Formats.digits("52", code.required("52"), 4);
    var currency = new QrCurrency(Formats.digits("53", code.required("53"), 3));
    var amount = amount(code, currency);
    var fee = fee(code, currency);
    String country = country(code);
    return new QrPayload(
        initiation,
        networkAccounts,
        accountTemplates,
        category,
        currency,
        amount,
        fee,
        country,
        Formats.ascii("59", code.required("59"), 25),
        Formats.ascii("60", code.required("60"), 15),
        postalCode(code, country),
        code.has("62") ? additionalData(code.value("62")) : AdditionalData.NONE,
        code.has("64") ? languageTemplate(code.value("64")) : LanguageTemplate.NONE,
        texts(code, "65", "79"),
        textTemplates(code, "80", "99"));
  }

  private static void checkText(String text) throws RefusedException {
    if (text.isEmpty()) throw new RefusedException("", QrRefusalReason.EMPTY);
    // A character takes at most two chars; the first test keeps a huge text from being counted.
    if (text.length() > 2 * MAX_CHARACTERS
        || text.codePointCount(0, text.length()) > MAX_CHARACTERS) {
      throw new RefusedException("", QrRefusalReason.CODE_TOO_LONG);
    }
    // Before the checksum: UTF-8 has no bytes for half a pair, and Java would encode a "?" instead.
    if (text.codePoints().anyMatch(QrReader::isSurrogate)) {
      throw new RefusedException("", QrRefusalReason.LONE_SURROGATE);
    }
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  /** The objects around the content: the format in front and the checksum at the end. */
  private static void checkFrame(String text, DataObjects code) throws RefusedException {
    String format = code.required("00");
    if (!code.firstId().equals("00")) throw new RefusedException("00", QrRefusalReason.NOT_FIRST);
    // Splitting refused a checksum with anything behind it, so one that is there is the last.
    String checksum = code.required("63");
    if (checksum.codePointCount(0, checksum.length()) != 4) {
      throw new RefusedException("63", QrRefusalReason.WRONG_LENGTH);
    }
    if (!checksum.codePoints().allMatch(QrReader::isUpperCaseHexDigit)) {
      throw new RefusedException("63", QrRefusalReason.CHECKSUM_MALFORMED);
    }
    if (!checksum.equals(Crc16.of(text.substring(0, text.length() - 4)))) {
      throw new RefusedException("63", QrRefusalReason.CHECKSUM_WRONG);
    }
    if (!Formats.digits("00", format, 2).equals("01")) {
      throw new RefusedException("00", QrRefusalReason.UNKNOWN_VALUE);
    }
  }

  private static boolean isUpperCaseHexDigit(int codePoint) {
    return Ids.isDigit(codePoint) || (codePoint >= 'A' && codePoint <= 'F');
  }

  private static Initiation initiation(DataObjects code) throws RefusedException {
    if (!code.has("01")) return Initiation.UNSPECIFIED;
    return switch (Formats.digits("01", code.value("01"), 2)) {
      case "11" -> Initiation.STATIC;
      case "12" -> Initiation.DYNAMIC;
      default -> throw new RefusedException("01", QrRefusalReason.UNKNOWN_VALUE);
    };
  }

  private static SortedMap<String, String> networkAccounts(DataObjects code)
      throws RefusedException {
    var accounts = code.between("02", "25");
    for (var account : accounts.entrySet()) {
      Formats.ascii(account.getKey(), account.getValue(), MAX_ACCOUNT_LENGTH);
    }
    return accounts;
  }

  private static SortedMap<String, Template> accountTemplates(DataObjects code)
      throws RefusedException {
    var templates = new TreeMap<String, Template>();
    for (var account : code.between("26", "51").entrySet()) {
      var template = template(account.getKey(), account.getValue());
      for (var field : template.fields().entrySet()) {
        Formats.ascii(
            account.getKey() + "." + field.getKey(), field.getValue(), MAX_ACCOUNT_LENGTH);
      }
      templates.put(account.getKey(), template);
    }
    return templates;
  }

  private static QrAmount amount(DataObjects code, QrCurrency currency) throws RefusedException {
    if (!code.has("54")) return new QrAmount.PayerEnters();
    return new QrAmount.Fixed(money(code, "54", currency));
  }

  private static long money(DataObjects code, String id, QrCurrency currency)
      throws RefusedException {
    String text = Formats.ascii(id, code.required(id), MAX_AMOUNT_LENGTH);
    return DecimalText.parse(id, text, currency.fractionDigits());
  }

  private static QrFee fee(DataObjects code, QrCurrency currency) throws RefusedException {
    String kind = code.has("55") ? Formats.digits("55", code.value("55"), 2) : "";
    if (code.has("56") && !kind.equals("02")) {
      throw new RefusedException("56", QrRefusalReason.UNEXPECTED);
    }
    if (code.has("57") && !kind.equals("03")) {
      throw new RefusedException("57", QrRefusalReason.UNEXPECTED);
    }
    return switch (kind) {
      case "" -> new QrFee.None();
      case "01" -> new QrFee.AskForTip();
      case "02" -> new QrFee.Fixed(money(code, "56", currency));
      case "03" -> new QrFee.Percentage(basisPoints(code.required("57")));
      default -> throw new RefusedException("55", QrRefusalReason.UNKNOWN_VALUE);
    };
  }

  private static int basisPoints(String value) throws RefusedException {
    String percent = Formats.ascii("57", value, MAX_PERCENTAGE_LENGTH);
    long basisPoints = DecimalText.parse("57", percent, 2);
    if (basisPoints >= BASIS_POINTS_OF_ALL) {
      throw new RefusedException("57", QrRefusalReason.PERCENTAGE_TOO_LARGE);
    }
    return Math.toIntExact(basisPoints);
  }

  private static String country(DataObjects code) throws RefusedException {
    String country = Formats.letters("58", code.required("58"), 2);
    if (!country.chars().allMatch(letter -> letter <= 'Z')) {
      throw new RefusedException("58", QrRefusalReason.MALFORMED);
    }
    return country;
  }

  private static String postalCode(DataObjects code, String country) throws RefusedException {
    String postalCode = Formats.ascii("61", code.value("61"), 10);
    if (country.equals("KR") && code.has("61")) Formats.digits("61", postalCode, 5);
    return postalCode;
  }

  private static AdditionalData additionalData(String value) throws RefusedException {
    var objects = DataObjects.ofTemplate("62", value);
    if (objects.has("00")) throw new RefusedException("62.00", QrRefusalReason.UNEXPECTED);
    var labels = new TreeMap<Label, String>();
    for (var label : Label.values()) {
      if (objects.has(label.id())) {
        String path = objects.path(label.id());
        labels.put(label, Formats.ascii(path, objects.value(label.id()), 25));
      }
    }
    var requests = requests(objects.path("09"), objects.value("09"));
    return new AdditionalData(
        labels, new TreeSet<>(requests), texts(objects, "10", "49"), additionalTemplates(objects));
  }

  /** A set written as letters, each at most once and in any order. */
  private static EnumSet<ConsumerRequest> requests(String path, String letters)
      throws RefusedException {
    Formats.ascii(path, letters, MAX_TEXT_LENGTH);
    var requests = EnumSet.noneOf(ConsumerRequest.class);
    for (int index = 0; index < letters.length(); index++) {
      if (!requests.add(request(path, letters.charAt(index)))) {
        throw new RefusedException(path, QrRefusalReason.MALFORMED);
      }
    }
    return requests;
  }

  private static ConsumerRequest request(String path, char letter) throws RefusedException {
    for (var request : ConsumerRequest.values()) {
      if (request.letter() == letter) return request;
    }
    throw new RefusedException(path, QrRefusalReason.UNKNOWN_VALUE);
  }

  private static SortedMap<String, Template> additionalTemplates(DataObjects objects)
      throws RefusedException {
    // Here alone the unique identifier has to stand in front; other templates may
    // have their objects in any order.
    for (var object : objects.between("50", "99").entrySet()) {
      String path = objects.path(object.getKey());
      var inner = DataObjects.ofTemplate(path, object.getValue());
      inner.required("00");
      if (!inner.firstId().equals("00")) {
        throw new RefusedException(inner.path("00"), QrRefusalReason.NOT_FIRST);
      }
    }
    return textTemplates(objects, "50", "99");
  }

  private static LanguageTemplate languageTemplate(String value) throws RefusedException {
    var objects = DataObjects.ofTemplate("64", value);
    return new LanguageTemplate(
        Formats.letters("64.00", objects.required("00"), 2),
        Formats.text("64.01", objects.required("01"), 25),
        Formats.text("64.02", objects.value("02"), 15),
        texts(objects, "03", "99"));
  }

  private static SortedMap<String, String> texts(DataObjects objects, String first, String last)
      throws RefusedException {
    var texts = objects.between(first, last);
    for (var text : texts.entrySet()) {
      Formats.text(objects.path(text.getKey()), text.getValue(), MAX_TEXT_LENGTH);
    }
    return texts;
  }

  private static SortedMap<String, Template> textTemplates(
      DataObjects objects, String first, String last) throws RefusedException {
    var templates = new TreeMap<String, Template>();
    for (var object : objects.between(first, last).entrySet()) {
      String path = objects.path(object.getKey());
      templates.put(object.getKey(), template(path, object.getValue()));
    }
    return templates;
  }

  private static Template template(String path, String value) throws RefusedException {
    var objects = DataObjects.ofTemplate(path, value);
    String uniqueId =
        Formats.ascii(objects.path("00"), objects.required("00"), MAX_UNIQUE_ID_LENGTH);
    return new Template(uniqueId, texts(objects, "01", "99"));
  }
}
