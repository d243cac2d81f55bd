package io.madang.ledger;

import io.madang.chain.PublicKey;
import io.madang.chain.crypto.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Names an account: the first 128 bits of SHA-256(<code>madang/account/v1</code> ‖ 00 ‖ raw bytes
 * of the account's first key), written as 32 lower-case hexadecimal digits.
 */
public record AccountId(long high, long low) implements Comparable<AccountId> {
  private static final byte[] DOMAIN = "madang/account/v1\0".getBytes(StandardCharsets.US_ASCII);
  private static final HexFormat HEX = HexFormat.of();
  private static final int DIGITS = 32;

  /** The account that has {@code firstKey} as its first key. */
  public static AccountId of(PublicKey firstKey) {
    MessageDigest digest = Sha256.start();
    digest.update(DOMAIN);
    digest.update(firstKey.bytes());
    byte[] hash = digest.digest();
    return new AccountId(Bytes.longAt(hash, 0), Bytes.longAt(hash, 8));
  }

  /**
   * An account id from its text form.
   *
   * @throws IllegalArgumentException when it is not 32 lower-case hexadecimal digits
   */
  public static AccountId parse(String text) {
    if (!Bytes.isLowerHex(text, DIGITS)) {
      throw new IllegalArgumentException("an account id is 32 lower-case hexadecimal digits");
    }
    return new AccountId(
        HexFormat.fromHexDigitsToLong(text, 0, 16), HexFormat.fromHexDigitsToLong(text, 16, 32));
  }

  @Override
  public int compareTo(AccountId other) {
    int byHigh = Long.compareUnsigned(high, other.high);
    return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
  }

  /** 32 lower-case hexadecimal digits. */
  @Override
  public String toString() {
    return HEX.toHexDigits(high) + HEX.toHexDigits(low);
  }
}
