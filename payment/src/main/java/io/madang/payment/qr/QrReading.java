package io.madang.payment.qr;

/** What {@link QrReader} makes of a text: a payload, or a {@link QrRefusal}. */
public sealed interface QrReading permits QrReading.Read, QrRefusal {
  /** The text is a code that keeps all the rules. */
  record Read(QrPayload payload) implements QrReading {}
}
