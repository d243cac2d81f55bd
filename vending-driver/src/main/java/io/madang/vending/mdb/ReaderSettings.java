package io.madang.vending.mdb;

import io.madang.vending.machine.PriceScale;
import java.nio.charset.StandardCharsets;

/**
 * What a reader says of itself.
 *
 * @param address 0x10 for the first cashless reader on the bus, 0x60 for the second
 * @param level the highest level offered, 1 to 3
 * @param options feature bits offered at level 3 (MDB/ICP 4.2, 7.4.17)
 * @param currency country code of the amounts: 0x1410 is the won (1 and ISO 4217's 410)
 * @param responseSeconds how long a decision may take
 * @param maker three characters
 * @param serial twelve characters
 * @param model twelve characters
 */
public record ReaderSettings(
    int address,
    int level,
    long options,
    int currency,
    PriceScale scale,
    int responseSeconds,
    int misc,
    String maker,
    String serial,
    String model) {
  /** Amounts of 32 bits. */
  public static final long WIDE_MONEY = 1 << 1;

  /** Sales that begin at the machine. */
  public static final long ALWAYS_IDLE = 1 << 5;

  public ReaderSettings {
    if (address != 0x10 && address != 0x60) {
      throw new IllegalArgumentException("not the address of a cashless reader");
    }
    if (level < 1 || level > 3) {
      throw new IllegalArgumentException("level " + level);
    }
    if (responseSeconds < 1 || responseSeconds > 255) {
      throw new IllegalArgumentException("responseSeconds " + responseSeconds);
    }
    requireAscii(maker, 3);
    requireAscii(serial, 12);
    requireAscii(model, 12);
  }

  private static void requireAscii(String text, int length) {
    if (text.length() != length || !StandardCharsets.US_ASCII.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException("must be " + length + " characters of ASCII: " + text);
    }
  }
}
