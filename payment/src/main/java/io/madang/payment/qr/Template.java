package io.madang.payment.qr;

import java.util.Optional;
import java.util.SortedMap;

/**
 * An object made of objects whose meaning one payment scheme defines: a merchant account (26 to
 * 51), a scheme's addition to the additional data (62-50 to 62-99) or an unreserved template (80 to
 * 99).
 *
 * @param uniqueId object 00, at most 32 characters: which scheme's template this is, often a
 *     reversed domain name
 * @param fields the scheme's own objects 01 to 99
 */
public record Template(String uniqueId, SortedMap<String, String> fields) {
  /**
   * A template of its own copy of the fields.
   *
   * @throws IllegalArgumentException when an identifier is not one of 01 to 99
   */
  public Template {
    fields = Ids.sortedCopy(fields, 1, 99);
  }

  /** The field with this identifier. */
  public Optional<String> field(String id) {
    return Optional.ofNullable(fields.get(id));
  }
}
