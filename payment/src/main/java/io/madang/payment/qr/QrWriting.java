package io.madang.payment.qr;

/** What {@link QrWriter} makes of a payload: a text, or a {@link QrRefusal}. */
public sealed interface QrWriting permits QrWriting.Written, QrRefusal {
  /** The text to put into the QR symbol, as UTF-8. The reader reads it back as the same payload. */
  record Written(String text) implements QrWriting {}
}
