package io.madang.pos.printer;

/** The paper of a receipt printer: how wide it prints. */
public enum Paper {
  /** 58 mm: 32 columns. */
  NARROW(32),
  /** 80 mm with margins: 42 columns. */
  MEDIUM(42),
  /** 80 mm: 48 columns. */
  WIDE(48);

  private final int columns;

  Paper(int columns) {
    this.columns = columns;
  }

  /** Columns of a line; a Hangul syllable takes two. */
  public int columns() {
    return columns;
  }

  /** Dots of a line. */
  public int dots() {
    return columns * ReceiptFont.COLUMN;
  }
}
