package io.madang.voting;

import io.madang.voting.group.Randomness;
import java.util.Optional;

/** An election's identifier: 14 to 64 characters of Base58. Belenios calls it uuid. */
public record ElectionId(String text) {
  private static final int MIN_LENGTH = 14;
  static final int MAX_LENGTH = 64;

  public ElectionId {
    if (!isValid(text)) {
      throw new IllegalArgumentException("not an election's identifier");
    }
  }

  /** Reads an identifier from outside. */
  public static Optional<ElectionId> parse(String text) {
    return isValid(text) ? Optional.of(new ElectionId(text)) : Optional.empty();
  }

  /** A new identifier. */
  public static ElectionId random(Randomness randomness) {
    return new ElectionId(Base58.random(MIN_LENGTH, randomness));
  }

  private static boolean isValid(String text) {
    return text.length() >= MIN_LENGTH && text.length() <= MAX_LENGTH && Base58.holds(text);
  }

  @Override
  public String toString() {
    return text;
  }
}
