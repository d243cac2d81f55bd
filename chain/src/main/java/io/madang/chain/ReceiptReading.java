package io.madang.chain;

/** What reading a {@link Receipt} gives. */
public sealed interface ReceiptReading {
  /** The text is a well-formed receipt; whether it proves anything is not known yet. */
  record Read(Receipt receipt) implements ReceiptReading {}

  /**
   * The text is no receipt.
   *
   * @param detail one plain sentence that names the place
   */
  record Refused(String detail) implements ReceiptReading {}
}
