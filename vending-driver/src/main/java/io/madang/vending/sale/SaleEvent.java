package io.madang.vending.sale;

import io.madang.vending.machine.MachineEvent;

/** What can happen to a sale. {@code number} says of which. */
public sealed interface SaleEvent {
  record FromMachine(MachineEvent event) implements SaleEvent {}

  /** The customer has agreed to pay what the screen shows. */
  record CustomerConfirmed(long number, String payer) implements SaleEvent {}

  /** A customer wants to pay ahead, up to so many won. */
  record SessionAsked(String payer, long won) implements SaleEvent {}

  /** The ledger's answer to {@link SaleAction.Hold}. */
  record HoldAnswered(long number, boolean held) implements SaleEvent {}

  /** The ledger has captured or released, as it was asked. */
  record Settled(long number) implements SaleEvent {}

  /** Whether the approval's bytes may have left; if not, they never will. */
  record ApprovalHandedOver(long number, boolean mayBeWritten) implements SaleEvent {}

  /** The machine's counters, as the answer to {@link SaleAction.ReadAudit} of that attempt. */
  record Audited(long number, int attempt, Counters counters) implements SaleEvent {}

  /** The machine's counters could not be read. */
  record AuditFailed(long number) implements SaleEvent {}

  record LinkOpened() implements SaleEvent {}

  record LinkLost() implements SaleEvent {}

  /** Time has passed. */
  record Tick() implements SaleEvent {}

  /** The agent starts with what its journal says. */
  record Resumed() implements SaleEvent {}

  /** A person has looked into a sale that nobody could tell. */
  record PersonDecided(long number, boolean dispensed) implements SaleEvent {}
}
