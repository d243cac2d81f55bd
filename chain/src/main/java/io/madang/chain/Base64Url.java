package io.madang.chain;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Base64url without padding (RFC 4648 section 5), strictly: every byte string has one text and
 * every other text is refused. The JDK's own decoder also takes padding and unused bits that are
 * not zero, which would give one signature several forms.
 */
public final class Base64Url {
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final byte[] DIGIT_VALUES = digitValues();

  private Base64Url() {}

  /** The text of these bytes. */
  public static String encode(byte[] bytes) {
    // ISO 8859-1 takes the ASCII bytes over as they are.
    return new String(ENCODER.encode(bytes), StandardCharsets.ISO_8859_1);
  }

  /** The bytes whose text this is, if it is one. */
  public static Optional<byte[]> decode(String text) {
    // A character outside of ISO 8859-1 becomes '?', which is no digit either.
    byte[] digits = text.getBytes(StandardCharsets.ISO_8859_1);
    return decode(digits, 0, digits.length);
  }

  /** The bytes whose text stands from {@code from} up to {@code to}, if it is one. */
  static Optional<byte[]> decode(byte[] text, int from, int to) {
    int length = to - from;
    int rest = length & 3;
    if (rest == 1) {
      return Optional.empty();
    }
    var bytes = new byte[(int) ((length * 3L) >>> 2)];
    int at = 0;
    int position = from;
    // An ORed negative value shows at the end that some character was no digit.
    int invalid = 0;
    for (int fullEnd = to - rest; position < fullEnd; position += 4) {
      int a = value(text[position]);
      int b = value(text[position + 1]);
      int c = value(text[position + 2]);
      int d = value(text[position + 3]);
      invalid |= a | b | c | d;
      bytes[at++] = (byte) ((a << 2) | (b >> 4));
      bytes[at++] = (byte) ((b << 4) | (c >> 2));
      bytes[at++] = (byte) ((c << 6) | d);
    }
    if (rest > 0) {
      int a = value(text[position]);
      int b = value(text[position + 1]);
      int c = rest == 3 ? value(text[position + 2]) : 0;
      invalid |= a | b | c;
      bytes[at++] = (byte) ((a << 2) | (b >> 4));
      if (rest == 3) {
        bytes[at] = (byte) ((b << 4) | (c >> 2));
      }
      int unusedBits = rest == 3 ? c & 3 : b & 15;
      if (unusedBits != 0) {
        return Optional.empty();
      }
    }
    return invalid < 0 ? Optional.empty() : Optional.of(bytes);
  }

  private static int value(byte character) {
    return character < 0 ? -1 : DIGIT_VALUES[character];
  }

  private static byte[] digitValues() {
    var alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    var values = new byte[128];
    Arrays.fill(values, (byte) -1);
    for (int i = 0; i < alphabet.length(); i++) {
      values[alphabet.charAt(i)] = (byte) i;
    }
    return values;
  }
}
