package io.madang.chain;

import java.util.regex.Pattern;

/**
 * Names one statement of one signer, so that a retry is recognised: 128 bits, written as 32
 * lower-case hexadecimal digits.
 */
public record StatementId(String hex) implements Comparable<StatementId> {
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

  public StatementId {
    if (!FORM.matcher(hex).matches()) {
      throw new IllegalArgumentException("a statement id is 32 lower-case hexadecimal digits");
    }
  }

  @Override
  public int compareTo(StatementId other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
