package io.madang.payment.iso20022;

/**
 * What comes of reading a bank's file.
 *
 * @param <T> what the file says
 */
public sealed interface FileReading<T> {
  /** The file is whole and right in itself. */
  record Read<T>(T content) implements FileReading<T> {}

  /**
   * The file is not taken, none of it.
   *
   * @param place the path of elements where it was noticed, empty for the file as a whole
   */
  record Refused<T>(Reason reason, String place) implements FileReading<T> {}

  /** Why a file is not taken. */
  enum Reason {
    /** More than 32 MiB. */
    TOO_LARGE,
    /** Not well-formed XML 1.0 in UTF-8, or with a document type. */
    NOT_XML,
    /** Deeper, or with more elements or longer texts, than any bank needs. */
    BEYOND_LIMITS,
    /** Another kind of message, or another version of it. */
    OTHER_MESSAGE,
    /** An element that must be there is not. */
    MISSING,
    /** An element that may be there once is there twice. */
    REPEATED,
    /** An element's text is not of its form. */
    WRONG_FORM,
    /** Not in won. */
    OTHER_CURRENCY,
    /** The entries do not lead from the opening balance to the closing one. */
    BALANCE_MISMATCH
  }
}
