package io.madang.vending.journal;

/** Where a journal's bytes are kept. What returned is durable: it survives a power cut. */
public interface Storage {
  byte[] read();

  void append(byte[] bytes);

  /** Replaces everything, all of it or nothing. */
  void replace(byte[] bytes);
}
