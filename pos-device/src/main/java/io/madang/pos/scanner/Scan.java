package io.madang.pos.scanner;

/** What a scanner read. */
public sealed interface Scan {
  /**
   * A code.
   *
   * @param text without prefix, identifier and ending; at least one character, no control character
   * @param symbology what kind of code it was, where the scanner says so
   */
  record Read(String text, AimIdentifier symbology) implements Scan {}

  /** Bytes that are no code; nothing can come of them, and scanning again may help. */
  record Refused(Reason reason) implements Scan {}

  /** Why bytes are no code. */
  enum Reason {
    /** More than {@link ScanReader#MAX_BYTES} before an ending. */
    TOO_LONG,
    /** Neither UTF-8 nor EUC-KR. */
    NOT_TEXT,
    /** A character that no code of ours has and that could steer another device. */
    CONTROL_CHARACTER
  }
}
