package io.madang.ledger;

import java.io.Serial;

/** Carries a fault of form out of the readers; never leaves this package. */
final class Malformed extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final LedgerRefusal refusal;
  private final String detail;

  Malformed(LedgerRefusal refusal, String detail) {
    super(detail, null, false, false);
    this.refusal = refusal;
    this.detail = detail;
  }

  Malformed(String member, String reason) {
    this(LedgerRefusal.MALFORMED, "The member " + member + " " + reason + ".");
  }

  LedgerRefusal refusal() {
    return refusal;
  }

  String detail() {
    return detail;
  }
}
