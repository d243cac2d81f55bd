package io.madang.vending.machine;

/** What we say to the machine. Amounts in won. */
public sealed interface Decision {
  /** The item is paid: let it out. */
  record Approve(long won) implements Decision {}

  /** No. */
  record Deny() implements Decision {}

  /** A customer has paid ahead and may choose, up to this much. */
  record BeginSession(long won) implements Decision {}

  /** The session that nobody used is over. */
  record EndSession() implements Decision {}

  /** No cash onto accounts. */
  record RefuseRevalue() implements Decision {}
}
