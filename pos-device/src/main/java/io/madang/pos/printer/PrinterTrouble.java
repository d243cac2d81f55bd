package io.madang.pos.printer;

import java.util.Optional;

/** Why a printer does not print. */
public enum PrinterTrouble {
  NO_ANSWER,
  OFFLINE,
  COVER_OPEN,
  PAPER_OUT,
  /** Something that a person has to mend, such as a jammed cutter. */
  ERROR;

  /** What the answer to a question about the status (DLE EOT) says. */
  static Optional<PrinterTrouble> in(int which, byte answer) {
    return switch (which) {
      case 1 -> Optional.ofNullable((answer & 0x08) != 0 ? OFFLINE : null);
      case 2 -> {
        if ((answer & 0x04) != 0) yield Optional.of(COVER_OPEN);
        if ((answer & 0x20) != 0) yield Optional.of(PAPER_OUT);
        yield Optional.ofNullable((answer & 0x40) != 0 ? ERROR : null);
      }
      case 4 -> Optional.ofNullable((answer & 0x60) != 0 ? PAPER_OUT : null);
      default -> throw new IllegalArgumentException("not asked: " + which);
    };
  }

  /** Whether a byte is an answer to DLE EOT: these bits are always so. */
  static boolean isStatus(byte answer) {
    return (answer & 0x93) == 0x12;
  }

  /** Whether a byte is an answer to GS r 1. */
  static boolean isPaper(byte answer) {
    return (answer & 0x90) == 0;
  }

  static boolean saysPaperOut(byte paper) {
    return (paper & 0x0C) != 0;
  }
}
