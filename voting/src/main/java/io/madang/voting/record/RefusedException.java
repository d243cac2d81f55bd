package io.madang.voting.record;

import java.io.Serial;

/**
 * Carries a refusal out of nested reading and checking. It never leaves this module: {@link
 * Reading#of} turns it into a value.
 */
public final class RefusedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final transient Refusal refusal;

  /** A refusal on its way up. */
  public RefusedException(Refusal refusal) {
    super(refusal.toString(), null, false, false);
    this.refusal = refusal;
  }

  /** A refusal on its way up, of the field at {@code place}. */
  public RefusedException(RefusalReason reason, String place) {
    this(new Refusal(reason, place));
  }

  public Refusal refusal() {
    return refusal;
  }
}
