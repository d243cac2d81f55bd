package io.madang.payment.qr;

/** What a code says about being used again: object 01. */
public enum Initiation {
  /** The code does not say; the object is optional. */
  UNSPECIFIED(""),
  /** The same code serves many payments, as a sticker at the counter does. */
  STATIC("11"),
  /** The code was made for one payment. */
  DYNAMIC("12");

  private final String code;

  Initiation(String code) {
    this.code = code;
  }

  /** The value of object 01, or an empty text when there is no such object. */
  String code() {
    return code;
  }
}
