package io.madang.ledger;

import io.madang.chain.crypto.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Names one attempt to pay a merchant out for one day: the first 128 bits of SHA-256(<code>
 * madang/payout/v1</code> ‖ 00 ‖ chain ‖ 00 ‖ asset ‖ 00 ‖ merchant ‖ 00 ‖ day ‖ 00 ‖ attempt), all
 * in their text forms, written as 32 lower-case hexadecimal digits.
 *
 * <p>Whoever computes it again gets the same, so that a payout cannot come to a bank under two
 * names; an attempt that was voided never lends its name to the next one.
 */
public record PayoutId(long high, long low) implements Comparable<PayoutId> {
  private static final String DOMAIN = "madang/payout/v1";
  private static final HexFormat HEX = HexFormat.of();
  private static final int DIGITS = 32;

  /** The name of the payout that a settlement makes. */
  public static PayoutId of(String chain, Settlement settlement) {
    var text =
        String.join(
            "\0",
            DOMAIN,
            chain,
            settlement.asset().value(),
            settlement.merchant().toString(),
            Long.toString(settlement.day()),
            Integer.toString(settlement.attempt()));
    var hash = Sha256.digest(text.getBytes(StandardCharsets.US_ASCII));
    return new PayoutId(Bytes.longAt(hash, 0), Bytes.longAt(hash, 8));
  }

  /**
   * A payout id from its text form.
   *
   * @throws IllegalArgumentException when it is not 32 lower-case hexadecimal digits
   */
  public static PayoutId parse(String text) {
    if (!isPayoutId(text)) {
      throw new IllegalArgumentException("a payout id is 32 lower-case hexadecimal digits");
    }
    return new PayoutId(
        HexFormat.fromHexDigitsToLong(text, 0, 16), HexFormat.fromHexDigitsToLong(text, 16, 32));
  }

  /** Whether a text has the form of a payout id: a bank's file may say anything. */
  public static boolean isPayoutId(String text) {
    return Bytes.isLowerHex(text, DIGITS);
  }

  @Override
  public int compareTo(PayoutId other) {
    int byHigh = Long.compareUnsigned(high, other.high);
    return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
  }

  /** 32 lower-case hexadecimal digits. */
  @Override
  public String toString() {
    return HEX.toHexDigits(high) + HEX.toHexDigits(low);
  }
}
