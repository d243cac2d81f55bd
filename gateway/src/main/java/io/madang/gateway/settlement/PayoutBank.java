package io.madang.gateway.settlement;

import io.madang.ledger.PayoutId;
import java.io.IOException;
import java.util.List;

/**
 * The bank's side of payouts. A file is made ready, then handed over once, and from then on only
 * asked for. All methods may block; they are called by one thread, one at a time.
 */
public interface PayoutBank {
  /** A file that came from the bank, whole. */
  record Incoming(String name, byte[] content) {}

  /** Makes a file ready to be handed over; nothing leaves yet. Again is harmless. */
  void prepare(String name, byte[] file) throws IOException;

  /** Hands a file over that was made ready. Called once for each name. */
  void deliver(String name) throws IOException;

  /**
   * Whether the bank has a file whose delivery was begun. A port that hands over in one indivisible
   * step may take that step here if it was never taken; none may ever send a second time.
   */
  boolean has(String name) throws IOException;

  /** Asks what became of payouts; the answer comes as a file, or never. */
  void ask(String name, List<PayoutId> payouts) throws IOException;

  /** Files that have come and were not {@link #done}, oldest first. */
  List<Incoming> incoming(int limit) throws IOException;

  /**
   * The file was worked off.
   *
   * @param taken whether it was understood
   */
  void done(String name, boolean taken) throws IOException;

  /**
   * Takes a file back that the bank never had, so that it cannot come for it later; nothing happens
   * when it is not there any more.
   */
  void withdraw(String name) throws IOException;
}
