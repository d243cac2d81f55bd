package io.madang.serial.scripted;

import io.madang.serial.LinkListener;
import io.madang.serial.LinkLoss;
import io.madang.serial.LinkState;
import io.madang.serial.Sending;
import io.madang.serial.SerialLink;
import java.io.ByteArrayOutputStream;

/**
 * A line that does what a test says. Not for several threads; the listener is called by whoever
 * calls {@link #open}, {@link #deliver} or {@link #lose}.
 */
public final class ScriptedLink implements SerialLink {
  private final LinkListener listener;
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private LinkState state = LinkState.BACKOFF;
  private boolean full;

  public ScriptedLink(LinkListener listener) {
    this.listener = listener;
  }

  /** The device is plugged in. */
  public void open() {
    state = LinkState.IDENTIFYING;
    listener.opened();
  }

  /** Bytes come from the device. */
  public void deliver(byte[] bytes) {
    if (isOpen()) {
      listener.received(bytes.clone());
    }
  }

  /** The line breaks. */
  public void lose(LinkLoss why) {
    if (isOpen()) {
      state = why == LinkLoss.CLOSED ? LinkState.CLOSED : LinkState.BACKOFF;
      listener.lost(why);
    }
  }

  /** Whether the device takes no more bytes. */
  public void full(boolean isFull) {
    full = isFull;
  }

  /** What was sent since the last call. */
  public byte[] sent() {
    var bytes = sent.toByteArray();
    sent.reset();
    return bytes;
  }

  private boolean isOpen() {
    return state == LinkState.IDENTIFYING || state == LinkState.READY;
  }

  @Override
  public Sending send(byte[] bytes) {
    if (!isOpen()) {
      return Sending.DOWN;
    }
    if (full) {
      return Sending.FULL;
    }
    sent.writeBytes(bytes);
    return Sending.QUEUED;
  }

  @Override
  public void identified() {
    if (isOpen()) {
      state = LinkState.READY;
    }
  }

  @Override
  public void reopen() {
    lose(LinkLoss.REOPENED);
  }

  @Override
  public LinkState state() {
    return state;
  }

  @Override
  public void close() {
    lose(LinkLoss.CLOSED);
    state = LinkState.CLOSED;
  }
}
