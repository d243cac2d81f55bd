package io.madang.serial;

import java.time.Duration;

/**
 * How to talk over a line. Always 8 data bits, no flow control.
 *
 * @param baud bits a second, one of the usual ones from 1,200 to 230,400
 * @param modemLines whether the adapter must have DTR and RTS
 * @param identifyWithin how long the device has until {@link SerialLink#identified()}; zero for a
 *     device that has nothing to say about itself
 * @param writeLimit how long a device may take no byte before the line counts as frozen
 */
public record LineSettings(
    int baud,
    Parity parity,
    StopBits stopBits,
    ModemLines modemLines,
    Duration identifyWithin,
    Duration writeLimit) {
  public enum Parity {
    NONE,
    ODD,
    EVEN
  }

  public enum StopBits {
    ONE,
    TWO
  }

  /** Pseudo-terminals and many adapters have no modem lines; setting them then fails (ENOTTY). */
  public enum ModemLines {
    REQUIRED,
    OPTIONAL
  }

  public LineSettings {
    SpeedCode.of(baud);
    if (identifyWithin.isNegative()) {
      throw new IllegalArgumentException("identifyWithin is negative");
    }
    if (writeLimit.toMillis() < 1) {
      throw new IllegalArgumentException("writeLimit must be at least a millisecond");
    }
  }

  /** 8N1 at this speed, modem lines optional, no identification, one second for a write. */
  public static LineSettings of(int baud) {
    return new LineSettings(
        baud, Parity.NONE, StopBits.ONE, ModemLines.OPTIONAL, Duration.ZERO, Duration.ofSeconds(1));
  }

  public LineSettings identifyWithin(Duration limit) {
    return new LineSettings(baud, parity, stopBits, modemLines, limit, writeLimit);
  }

  public LineSettings writeLimit(Duration limit) {
    return new LineSettings(baud, parity, stopBits, modemLines, identifyWithin, limit);
  }
}
