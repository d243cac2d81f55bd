package io.madang.payment.qr;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * The checksum of object 63: polynomial 0x1021, initial value 0xFFFF, neither reflected nor
 * inverted, over the UTF-8 bytes ("CRC-16/CCITT-FALSE" in catalogues).
 */
final class Crc16 {
  private static final int POLYNOMIAL = 0x1021;

  private Crc16() {}

  /** The checksum as four digits of upper-case hexadecimal. */
  static String of(String text) {
    int remainder = 0xFFFF;
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      remainder ^= (octet & 0xFF) << 8;
      for (int bit = 0; bit < 8; bit++) {
        remainder = (remainder & 0x8000) == 0 ? remainder << 1 : (remainder << 1) ^ POLYNOMIAL;
      }
      remainder &= 0xFFFF;
    }
    return HexFormat.of().withUpperCase().toHexDigits((char) remainder);
  }
}
