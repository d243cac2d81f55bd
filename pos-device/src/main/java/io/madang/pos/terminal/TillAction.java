package io.madang.pos.terminal;

import io.madang.pos.iso8583.Iso8583Message;

/** What a {@link TillClient} wants done, in this order. */
public sealed interface TillAction {
  /** Write this to the journal, durably, before the next action is begun. */
  record Keep(String entry) implements TillAction {}

  /** Send this to the terminal. */
  record Send(Iso8583Message message) implements TillAction {}

  /** Tell the cashier. */
  record Tell(TillNews news) implements TillAction {}
}
