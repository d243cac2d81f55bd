package io.madang.pos.scanner;

import java.util.Optional;

/** The three characters by which a scanner says what it read (ISO/IEC 15424). */
public enum AimIdentifier {
  QR("]Q1"),
  QR_FNC1("]Q3"),
  CODE_128("]C0"),
  GS1_128("]C1"),
  EAN_13("]E0"),
  DATA_MATRIX("]d1"),
  GS1_DATA_MATRIX("]d2"),
  PDF_417("]L0"),
  /** The scanner does not say. */
  UNKNOWN("");

  static final int LENGTH = 3;

  private final String text;

  AimIdentifier(String text) {
    this.text = text;
  }

  /** The identifier that a text begins with; one that we do not know stays part of the text. */
  static Optional<AimIdentifier> at(String text) {
    for (var one : values()) {
      if (one != UNKNOWN && text.startsWith(one.text)) return Optional.of(one);
    }
    return Optional.empty();
  }
}
