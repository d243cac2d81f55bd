package io.madang.payment.reconciliation;

/** How far a payout is. */
public enum PayoutState {
  /** Settled on the chain; in no file that left. */
  CREATED,
  /** In a file that may have left: from here on it is never sent again, only asked for. */
  SENT,
  /** The bank took it and works on it. */
  ACCEPTED,
  /** The bank says that it is paid; no statement shows it yet. */
  SETTLED,
  /** A notification or statement shows that it left our account: confirmed. */
  BOOKED,
  /** The bank refused it; its attempt is void for good. */
  REJECTED,
  /** The money came back; its attempt is void for good. */
  RETURNED;

  /** Whether the attempt ended without payment. */
  public boolean isVoid() {
    return this == REJECTED || this == RETURNED;
  }
}
