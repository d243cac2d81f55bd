package io.madang.pos.link;

import io.madang.chain.Bytes;

/** What a {@link StopAndWait} link wants done, in this order. */
public sealed interface LinkAction {
  /** Put these bytes on the line. */
  record Write(Bytes bytes) implements LinkAction {}

  /** The other side sent this body. It may be a repetition: what is done must be harmless twice. */
  record Delivered(Bytes body) implements LinkAction {}

  /** The other side has this body, as far as a line can tell. */
  record Acknowledged(Bytes body) implements LinkAction {}

  /** This body is not sent any more. The other side may have it nevertheless. */
  record GaveUp(Bytes body, Why why) implements LinkAction {}

  /** Why a body is not sent any more. */
  enum Why {
    /** Nobody answers, or the line is gone. */
    LINE_DOWN,
    /** The other side says that it is busy. */
    BUSY,
    /** The other side, or we, aborted with EOT. */
    ABORTED,
    /** Too many bodies wait already. */
    QUEUE_FULL
  }
}
