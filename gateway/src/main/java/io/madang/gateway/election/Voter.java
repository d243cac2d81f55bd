package io.madang.gateway.election;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Somebody on an election's roll.
 *
 * @param id how the roll names the voter, such as a student number
 * @param name for the voter's own eyes and the registrar's; may be empty
 * @param contact an e-mail address
 * @param weight how often the ballot counts
 */
record Voter(String id, String name, String contact, long weight) {
  /**
   * What equal voters have in common, however they type it: case, width and blanks do not count.
   */
  static String folded(String id) {
    return Normalizer.normalize(id, Normalizer.Form.NFKC).strip().toLowerCase(Locale.ROOT);
  }

  /** Says nothing: names and addresses stay out of logs. */
  @Override
  public String toString() {
    return "a voter";
  }
}
