package io.madang.vending.machine;

/**
 * What a vending machine controller says to its cashless reader (MDB/ICP 4.2, chapter 7). Nothing
 * of it is authentic: whoever has the door open says what he likes.
 */
public sealed interface MachineEvent {
  /** The machine lets the reader sell. */
  record Enabled() implements MachineEvent {}

  /** The machine takes no cashless sales now. */
  record Disabled() implements MachineEvent {}

  /** A customer chose an item; prices in won. */
  record VendRequested(long won, int item) implements MachineEvent {}

  /** The customer or the machine took the request back. */
  record VendCancelled() implements MachineEvent {}

  /** The item is out. */
  record VendSucceeded() implements MachineEvent {}

  /** The item did not come out. */
  record VendFailed() implements MachineEvent {}

  /** The machine started anew. */
  record MachineReset() implements MachineEvent {}

  /** The session that we began is open. */
  record SessionOpened() implements MachineEvent {}

  /** The machine waits for nothing of ours any more. */
  record SessionEnded() implements MachineEvent {}

  /** Somebody paid with coins: a report, no money of ours. */
  record CashSold(long won, int item) implements MachineEvent {}

  /** The machine wants to put cash on the customer's account. */
  record RevalueAsked(long won) implements MachineEvent {}

  /** What we said last fits nothing that the machine is doing. */
  record DecisionRefused() implements MachineEvent {}

  /** Bytes that mean nothing; {@code what} is printable ASCII and short. */
  record Unintelligible(String what) implements MachineEvent {}
}
