package io.madang.gateway.engine;

import io.madang.chain.ChainApplication.Position;
import io.madang.chain.ChainApplication.Refusal;
import io.madang.chain.Hash;
import java.time.Duration;

/** What an engine answers to one transaction. */
public sealed interface Answer {

  /**
   * It took effect and is durable.
   *
   * @param position its height and index
   * @param data the result's canonical JSON
   * @param timeMillis the time of its block
   * @param hash the hash of its bytes
   */
  record Final(Position position, byte[] data, long timeMillis, Hash hash) implements Answer {}

  /** The same bytes took effect before; the first answer stands and nothing happened again. */
  record DoneBefore(Position position, byte[] data, long timeMillis, Hash hash) implements Answer {}

  /** It did not take effect, and leaves no trace. */
  record Refused(Refusal refusal) implements Answer {}

  /** Too many wait already. It was not looked at; the same bytes may be sent again. */
  record Overloaded(Duration retryAfter) implements Answer {}

  /**
   * The store cannot be reached. This one was not looked at; the same bytes may be sent again. (A
   * transaction that was being written when the store went away is not answered so: its future
   * waits until its outcome is known.)
   */
  record Unavailable(Duration retryAfter) implements Answer {}
}
