package io.madang.gateway.audit;

import org.jspecify.annotations.Nullable;

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

  /** The value, or the end of the audit when there is none. */
  static <T> T present(@Nullable T value, String otherwise) {
    if (value == null) {
      throw new AuditException(otherwise);
    }
    return value;
  }
}
