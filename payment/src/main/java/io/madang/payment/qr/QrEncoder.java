package io.madang.payment.qr;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Puts a payload's objects in order and the checksum behind them. It judges nothing but lengths
 * that two digits cannot say; the result has still to be read.
 */
final class QrEncoder {
  private static final int MAX_VALUE_LENGTH = 99;

  private QrEncoder() {}

  static String encode(QrPayload payload) throws RefusedException {
    var code = new TreeMap<String, String>();
    code.put("00", "01");
    putIfAny(code, "01", payload.initiation().code());
    code.putAll(payload.networkAccounts());
    putTemplates("", code, payload.accountTemplates());
    putIfAny(code, "52", payload.category());
    putIfAny(code, "53", payload.currency().numericCode());
    int fractionDigits = payload.currency().fractionDigits();
    switch (payload.amount()) {
      case QrAmount.PayerEnters() -> {}
      case QrAmount.Fixed(long minorUnits) ->
          code.put("54", DecimalText.format(minorUnits, fractionDigits));
    }
    putFee(code, payload.fee(), fractionDigits);
    putIfAny(code, "58", payload.country());
    putIfAny(code, "59", payload.merchantName());
    putIfAny(code, "60", payload.merchantCity());
    putIfAny(code, "61", payload.postalCode());
    putIfAny(code, "62", additionalData(payload.additionalData()));
    putIfAny(code, "64", languageTemplate(payload.languageTemplate()));
    code.putAll(payload.reserved());
    putTemplates("", code, payload.unreservedTemplates());

    String unchecked = join("", code) + "6304";
    return unchecked + Crc16.of(unchecked);
  }

  private static void putFee(SortedMap<String, String> code, QrFee fee, int fractionDigits) {
    switch (fee) {
      case QrFee.None() -> {}
      case QrFee.AskForTip() -> code.put("55", "01");
      case QrFee.Fixed(long minorUnits) -> {
        code.put("55", "02");
        code.put("56", DecimalText.format(minorUnits, fractionDigits));
      }
      case QrFee.Percentage(int basisPoints) -> {
        code.put("55", "03");
        code.put("57", DecimalText.format(basisPoints, 2));
      }
    }
  }

  private static String additionalData(AdditionalData data) throws RefusedException {
    var objects = new TreeMap<String, String>();
    data.labels().forEach((label, value) -> objects.put(label.id(), value));
    var requests = new StringBuilder();
    data.requests().forEach(request -> requests.append(request.letter()));
    putIfAny(objects, "09", requests.toString());
    objects.putAll(data.reserved());
    putTemplates("62.", objects, data.templates());
    return join("62.", objects);
  }

  private static String languageTemplate(LanguageTemplate template) throws RefusedException {
    var objects = new TreeMap<>(template.reserved());
    putIfAny(objects, "00", template.language());
    putIfAny(objects, "01", template.merchantName());
    putIfAny(objects, "02", template.merchantCity());
    return join("64.", objects);
  }

  private static void putTemplates(
      String pathPrefix, SortedMap<String, String> level, SortedMap<String, Template> templates)
      throws RefusedException {
    for (var entry : templates.entrySet()) {
      var objects = new TreeMap<>(entry.getValue().fields());
      putIfAny(objects, "00", entry.getValue().uniqueId());
      level.put(entry.getKey(), join(pathPrefix + entry.getKey() + ".", objects));
    }
  }

  private static void putIfAny(SortedMap<String, String> level, String id, String value) {
    if (!value.isEmpty()) level.put(id, value);
  }

  private static String join(String pathPrefix, SortedMap<String, String> objects)
      throws RefusedException {
    var text = new StringBuilder();
    for (var object : objects.entrySet()) {
      String value = object.getValue();
      int length = value.codePointCount(0, value.length());
      // Two digits cannot say more; everything else about the value is the reader's to judge.
      if (length > MAX_VALUE_LENGTH) {
        throw new RefusedException(pathPrefix + object.getKey(), QrRefusalReason.TOO_LONG);
      }
      text.append(object.getKey()).append(Ids.of(length)).append(value);
    }
    return text.toString();
  }
}
