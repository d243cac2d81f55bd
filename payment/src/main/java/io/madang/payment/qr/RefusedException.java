package io.madang.payment.qr;

/**
 * Carries a refusal from the object where a rule is broken to the entry point of the reader or the
 * writer, which turns it into a value. It never leaves this package.
 */
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient QrRefusal refusal;

  RefusedException(String path, QrRefusalReason reason) {
    // A refusal is an everyday answer to a scan: no stack trace, which would be most of its cost.
    super(reason.name(), null, false, false);
    this.refusal = new QrRefusal(path, reason);
  }

  QrRefusal refusal() {
    return refusal;
  }
}
