package io.madang.gateway.audit;

/** Something in an export is wrong. */
final class AuditException extends RuntimeException {
  AuditException(String detail) {
    super(detail);
  }

  /** Ends the audit unless the condition holds. */
  static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AuditException(otherwise);
    }
  }
}
