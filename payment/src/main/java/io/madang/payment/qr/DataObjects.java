package io.madang.payment.qr;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The objects of one level of a code: each an identifier of two digits, a length of two digits and
 * so many characters (Unicode code points) of value. No identifier occurs twice, and no value is
 * empty, so that an empty text can stand for an object that is not there.
 */
final class DataObjects {
  private static final int HEADER_LENGTH = 4;

  private final String path;
  private final String firstId;
  private final SortedMap<String, String> values;

  private DataObjects(String path, String firstId, SortedMap<String, String> values) {
    this.path = path;
    this.firstId = firstId;
    this.values = values;
  }

  /** The objects of the code itself, of which the checksum is the last. */
  static DataObjects ofCode(String text) throws RefusedException {
    return split("", text, "63");
  }

  /** The objects inside the object at {@code path}. */
  static DataObjects ofTemplate(String path, String value) throws RefusedException {
    return split(path, value, "");
  }

  private static DataObjects split(String path, String text, String lastId)
      throws RefusedException {
    var values = new TreeMap<String, String>();
    String firstId = "";
    int position = 0;
    while (position < text.length()) {
      if (text.length() - position < HEADER_LENGTH) {
        throw new RefusedException(path, QrRefusalReason.TRUNCATED);
      }
      if (!twoDigits(text, position)) {
        throw new RefusedException(path, QrRefusalReason.ID_NOT_DIGITS);
      }
      String id = text.substring(position, position + 2);
      String objectPath = join(path, id);
      if (!twoDigits(text, position + 2)) {
        throw new RefusedException(objectPath, QrRefusalReason.LENGTH_NOT_DIGITS);
      }
      int length = Integer.parseInt(text, position + 2, position + HEADER_LENGTH, 10);
      if (length == 0) throw new RefusedException(objectPath, QrRefusalReason.ZERO_LENGTH);
      int start = position + HEADER_LENGTH;
      if (text.codePointCount(start, text.length()) < length) {
        throw new RefusedException(objectPath, QrRefusalReason.TRUNCATED);
      }
      int end = text.offsetByCodePoints(start, length);
      if (values.put(id, text.substring(start, end)) != null) {
        throw new RefusedException(objectPath, QrRefusalReason.DUPLICATE);
      }
      if (id.equals(lastId) && end < text.length()) {
        throw new RefusedException(objectPath, QrRefusalReason.NOT_LAST);
      }
      if (position == 0) firstId = id;
      position = end;
    }
    return new DataObjects(path, firstId, values);
  }

  /** Where the object stands in the code, for example {@code 62.05}. */
  String path(String id) {
    return join(path, id);
  }

  String firstId() {
    return firstId;
  }

  /** The value, or an empty text when there is no such object. */
  String value(String id) {
    return values.getOrDefault(id, "");
  }

  boolean has(String id) {
    return values.containsKey(id);
  }

  /** The value of a mandatory object. */
  String required(String id) throws RefusedException {
    String value = value(id);
    if (value.isEmpty()) throw new RefusedException(path(id), QrRefusalReason.MISSING);
    return value;
  }

  /** The objects from one identifier to another, both included, in their order. */
  SortedMap<String, String> between(String firstId, String lastId) {
    // No identifier sorts between one of two digits and the same with a zero character behind it.
    return Collections.unmodifiableSortedMap(values.subMap(firstId, lastId + '\0'));
  }

  private static String join(String path, String id) {
    return path.isEmpty() ? id : path + "." + id;
  }

  private static boolean twoDigits(String text, int position) {
    return Ids.isDigit(text.charAt(position)) && Ids.isDigit(text.charAt(position + 1));
  }
}
