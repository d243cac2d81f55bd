package io.madang.voting;

import io.madang.chain.crypto.Sha256;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What a voter keeps of a ballot: SHA-256 of its bytes. Shown as 43 characters of standard Base64,
 * which contain {@code +} and {@code /} and must be encoded in addresses; archives write the same
 * bytes in hexadecimal.
 */
public final class Tracker implements Comparable<Tracker> {
  private final byte[] hash;

  private Tracker(byte[] hash) {
    this.hash = hash;
  }

  /** The tracker of a ballot's bytes. */
  public static Tracker of(byte[] ballot) {
    return new Tracker(Sha256.digest(ballot));
  }

  /**
   * The tracker of a stored hash.
   *
   * @throws IllegalArgumentException when it has not 32 bytes
   */
  public static Tracker ofHash(byte[] hash) {
    if (hash.length != Sha256.LENGTH) {
      throw new IllegalArgumentException("a tracker has 32 bytes");
    }
    return new Tracker(hash.clone());
  }

  /** Reads what a voter kept. Empty unless it is the one Base64 form of 32 bytes. */
  public static Optional<Tracker> parse(String base64) {
    try {
      var tracker = new Tracker(Base64.getDecoder().decode(base64));
      return tracker.hash.length == Sha256.LENGTH && tracker.toString().equals(base64)
          ? Optional.of(tracker)
          : Optional.empty();
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  /** A copy of the 32 bytes. */
  public byte[] bytes() {
    return hash.clone();
  }

  /** 64 lower-case hexadecimal digits, as in an archive's event. */
  public String hex() {
    return HexFormat.of().formatHex(hash);
  }

  @Override
  public int compareTo(Tracker other) {
    return Arrays.compareUnsigned(hash, other.hash);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tracker tracker && Arrays.equals(hash, tracker.hash);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(hash);
  }

  /** 43 characters of Base64, as voters see it. */
  @Override
  public String toString() {
    return Base64.getEncoder().withoutPadding().encodeToString(hash);
  }
}
