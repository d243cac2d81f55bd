package io.madang.payment.qr;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Identifiers of objects: two ASCII digits, unique on their level. */
final class Ids {
  private Ids() {}

  /**
   * An unmodifiable copy in order of the identifiers, each of which must lie in the given range.
   */
  static <V> SortedMap<String, V> sortedCopy(SortedMap<String, V> objects, int first, int last) {
    for (var id : objects.keySet()) {
      if (!isId(id) || Integer.parseInt(id) < first || Integer.parseInt(id) > last) {
        throw new IllegalArgumentException(
            "object " + id + " is not one of " + of(first) + " to " + of(last));
      }
    }
    // Not the copy constructor for sorted maps: it would keep the other map's comparator.
    var copy = new TreeMap<String, V>();
    copy.putAll(objects);
    return Collections.unmodifiableSortedMap(copy);
  }

  static String of(int number) {
    return number < 10 ? "0" + number : Integer.toString(number);
  }

  private static boolean isId(String text) {
    return text.length() == 2 && isDigit(text.charAt(0)) && isDigit(text.charAt(1));
  }

  /**
   * Whether this is one of the ten ASCII digits; Unicode knows many more, and none of them is one
   * here.
   */
  static boolean isDigit(int codePoint) {
    return codePoint >= '0' && codePoint <= '9';
  }
}
