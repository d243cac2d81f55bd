package io.madang.pos.terminal;

import io.madang.pos.iso8583.Iso8583Message;

/** What a {@link TerminalHost} wants done, in this order. */
public sealed interface HostAction {
  /** Write this to the journal, durably, before the next action is begun. */
  record Keep(String entry) implements HostAction {}

  /** Ask the ledger, and hand its answer to {@link TerminalHost#answered}. */
  record Ask(LedgerRequest request) implements HostAction {}

  /** Send this to the till. */
  record Send(Iso8583Message message) implements HostAction {}
}
