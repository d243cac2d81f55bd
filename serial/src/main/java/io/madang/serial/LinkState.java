package io.madang.serial;

/** Where a line stands. */
public enum LinkState {
  /** Not asked for, or closed for good. */
  CLOSED,
  /** Being opened. */
  OPENING,
  /** Open; the device has still to show that it is the one expected. */
  IDENTIFYING,
  /** Open. */
  READY,
  /** Waiting before the next try. */
  BACKOFF
}
