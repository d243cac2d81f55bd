package io.madang.pos.printer;

import io.madang.chain.Bytes;

/** What a {@link PrintQueue} wants done, in this order. */
public sealed interface PrintAction {
  /** Write this to the journal, durably, before the next action is begun. */
  record Keep(String entry) implements PrintAction {}

  /** Send this to the printer. */
  record Write(Bytes bytes) implements PrintAction {}

  /** A receipt is on paper. */
  record Printed(long number, boolean copy) implements PrintAction {}

  /** The printer does not print, for this reason; it is asked again until it does. */
  record Stopped(PrinterTrouble trouble) implements PrintAction {}
}
