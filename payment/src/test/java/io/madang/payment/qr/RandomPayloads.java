package io.madang.payment.qr;

import io.madang.payment.qr.AdditionalData.ConsumerRequest;
import io.madang.payment.qr.AdditionalData.Label;
import java.text.Normalizer;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Payloads that keep all rules, with every object that the format knows now and then. */
final class RandomPayloads {
  private static final List<String> CURRENCIES = List.of("410", "840", "156", "414", "990", "764");

  private final Random random;

  RandomPayloads(Random random) {
    this.random = random;
  }

  /** A payload that can be written; a draw that is longer than 512 characters is drawn again. */
  QrPayload next() {
    while (true) {
      var payload = draw();
      if (!QrWriter.write(payload).equals(new QrRefusal("", QrRefusalReason.CODE_TOO_LONG))) {
        return payload;
      }
    }
  }

  private QrPayload draw() {
    var networkAccounts = new TreeMap<String, String>();
    if (sometimes()) networkAccounts.put(id(2, 25), ascii(99));
    var accountTemplates = templates(26, 51, false);
    if (networkAccounts.isEmpty() && accountTemplates.isEmpty()) {
      accountTemplates.put(id(26, 51), template(false));
    }
    var currency = new QrCurrency(oneOf(CURRENCIES));
    String country = sometimes() ? "KR" : "CN";
    return new QrPayload(
        oneOf(List.of(Initiation.values())),
        networkAccounts,
        accountTemplates,
        digits(4),
        currency,
        sometimes() ? new QrAmount.PayerEnters() : new QrAmount.Fixed(minorUnits()),
        fee(),
        country,
        ascii(25),
        ascii(15),
        sometimes() ? "" : country.equals("KR") ? digits(5) : ascii(10),
        sometimes() ? AdditionalData.NONE : additionalData(),
        sometimes() ? LanguageTemplate.NONE : languageTemplate(),
        texts(65, 79, 40),
        templates(80, 99, true));
  }

  /** Up to 9 digits, so that it fits 13 characters with a point and the most decimals. */
  private long minorUnits() {
    return random.nextLong(1, pow10(random.nextInt(1, 10)) + 1);
  }

  private static long pow10(int exponent) {
    long power = 1;
    for (int i = 0; i < exponent; i++) power *= 10;
    return power;
  }

  private QrFee fee() {
    return switch (random.nextInt(4)) {
      case 0 -> new QrFee.None();
      case 1 -> new QrFee.AskForTip();
      case 2 -> new QrFee.Fixed(minorUnits());
      default -> new QrFee.Percentage(random.nextInt(1, 10_000));
    };
  }

  /** Something, and at most 99 characters of it. */
  private AdditionalData additionalData() {
    var labels = new TreeMap<Label, String>();
    for (int i = random.nextInt(3); i > 0; i--) {
      var label = oneOf(List.of(Label.values()));
      labels.put(label, sometimes() ? AdditionalData.ASK_PAYER : ascii(15));
    }
    var requests = new TreeSet<ConsumerRequest>();
    for (var request : ConsumerRequest.values()) if (sometimes()) requests.add(request);
    var templates = new TreeMap<String, Template>();
    if (sometimes() || labels.isEmpty()) {
      var fields = new TreeMap<String, String>();
      fields.put(id(1, 99), text(10));
      templates.put(id(50, 99), new Template(ascii(10), fields));
    }
    return new AdditionalData(labels, requests, texts(10, 49, 6), templates);
  }

  private LanguageTemplate languageTemplate() {
    return new LanguageTemplate(
        sometimes() ? "ko" : "ZH", text(25), sometimes() ? "" : text(15), texts(3, 99, 10));
  }

  private SortedMap<String, Template> templates(int firstId, int lastId, boolean unicode) {
    var templates = new TreeMap<String, Template>();
    for (int i = random.nextInt(3); i > 0; i--) {
      templates.put(id(firstId, lastId), template(unicode));
    }
    return templates;
  }

  private Template template(boolean unicode) {
    var fields = new TreeMap<String, String>();
    for (int i = random.nextInt(3); i > 0; i--) {
      fields.put(id(1, 99), unicode ? text(25) : ascii(25));
    }
    return new Template(ascii(32), fields);
  }

  private SortedMap<String, String> texts(int firstId, int lastId, int maxLength) {
    var texts = new TreeMap<String, String>();
    for (int i = random.nextInt(3); i > 0; i--) texts.put(id(firstId, lastId), text(maxLength));
    return texts;
  }

  private String id(int first, int last) {
    return Ids.of(random.nextInt(first, last + 1));
  }

  private String digits(int length) {
    return random
        .ints(length, '0', '9' + 1)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private String ascii(int maxLength) {
    return random
        .ints(random.nextInt(1, maxLength + 1), 0x20, 0x7F)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private String text(int maxLength) {
    while (true) {
      var text = new StringBuilder();
      for (int i = random.nextInt(1, maxLength + 1); i > 0; i--) text.appendCodePoint(character());
      // Two drawn characters may compose to one, which makes another text of the two.
      if (Normalizer.isNormalized(text, Normalizer.Form.NFC)) return text.toString();
    }
  }

  private int character() {
    return switch (random.nextInt(5)) {
      case 0 -> random.nextInt(0x20, 0x7F);
      case 1 -> random.nextInt(0xFF10, 0xFF1A); // full-width digits, which text may hold
      case 2 -> random.nextInt(0x4E00, 0x9FA6); // Chinese characters
      case 3 -> random.nextInt(0x1F600, 0x1F640); // emoji: one character, two chars
      default -> random.nextInt(0xAC00, 0xD7A4); // Hangul syllables
    };
  }

  private <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private boolean sometimes() {
    return random.nextInt(3) == 0;
  }
}
