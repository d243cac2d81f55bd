package io.madang.payment.qr;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Object 64: the merchant's name and city in the language of the place. Texts are NFC and free of
 * control characters.
 *
 * @param language two letters of ISO 639 in either case, as the code has them
 * @param merchantName at most 25 characters (code points)
 * @param merchantCity at most 15 characters, or empty when the code has none
 * @param reserved objects 03 to 99, kept as they are
 */
public record LanguageTemplate(
    String language, String merchantName, String merchantCity, SortedMap<String, String> reserved) {

  /** No language template. */
  public static final LanguageTemplate NONE = new LanguageTemplate("", "", "");

  /**
   * A template of its own copy of the reserved objects.
   *
   * @throws IllegalArgumentException when a reserved identifier is not one of 03 to 99
   */
  public LanguageTemplate {
    reserved = Ids.sortedCopy(reserved, 3, 99);
  }

  /** A template without reserved objects. */
  public LanguageTemplate(String language, String merchantName, String merchantCity) {
    this(language, merchantName, merchantCity, new TreeMap<>());
  }
}
