package io.madang.payment.qr;

/** The rules of the format, each by the way to break it. */
public enum QrRefusalReason {
  /** There is no text at all. */
  EMPTY("is empty"),
  /** More than 512 characters. */
  CODE_TOO_LONG("is longer than 512 characters"),
  /** Half of a UTF-16 surrogate pair: not text. */
  LONE_SURROGATE("holds half a character"),
  /** An identifier is not two ASCII digits. */
  ID_NOT_DIGITS("holds an identifier that is not two digits"),
  /** A length is not two ASCII digits. */
  LENGTH_NOT_DIGITS("has a length that is not two digits"),
  /** The text ends before the object does. */
  TRUNCATED("is cut off"),
  /** Length 00. */
  ZERO_LENGTH("has no content"),
  /** An identifier occurs twice on one level. */
  DUPLICATE("occurs twice"),
  /** The object has to be the first on its level. */
  NOT_FIRST("is not the first"),
  /** The object has to be the last of the code. */
  NOT_LAST("is not the last"),
  /** The checksum is not four digits of upper-case hexadecimal. */
  CHECKSUM_MALFORMED("is not a checksum in upper-case hexadecimal"),
  /** The checksum belongs to another text. */
  CHECKSUM_WRONG("is not the checksum of this code"),
  /** A mandatory object is missing, or one that another object calls for. */
  MISSING("is missing"),
  /** An object that the format does not know here, or that no other object calls for. */
  UNEXPECTED("does not belong there"),
  /** The length is not the one that the format sets. */
  WRONG_LENGTH("has the wrong length"),
  /** Longer than the format allows. */
  TOO_LONG("is too long"),
  /** Something other than ASCII digits in a number. */
  NOT_DIGITS("is not made of the digits 0 to 9"),
  /** Something other than the printable ASCII characters. */
  NOT_PRINTABLE_ASCII("holds a character other than printable ASCII"),
  /**
   * A control character, a line break, or one that reverses the direction of the text around it.
   */
  CONTROL_CHARACTER("holds a control character"),
  /** Unicode text that is not in normalization form C. */
  NOT_NORMALIZED("is not in Unicode normalization form C"),
  /** A value that the format does not list. */
  UNKNOWN_VALUE("has a value that the format does not know"),
  /** The value does not have the form that its object asks for. */
  MALFORMED("does not have the form that it should"),
  /** Not digits with at most one decimal point after the first. */
  AMOUNT_MALFORMED("is not a decimal number"),
  /** An amount of nothing. */
  AMOUNT_ZERO("is zero"),
  /** More digits after the point than the currency has. */
  AMOUNT_TOO_PRECISE("has more decimals than it can"),
  /** More than 2<sup>53</sup>-1 minor units. */
  AMOUNT_TOO_LARGE("is too large"),
  /** A percentage of 100 or more. */
  PERCENTAGE_TOO_LARGE("is not below 100 percent");

  private final String predicate;

  QrRefusalReason(String predicate) {
    this.predicate = predicate;
  }

  String predicate() {
    return predicate;
  }
}
