package io.madang.bench;

import java.nio.ByteBuffer;

/**
 * HTTP requests, written out before the clock starts, so that while it runs the load generator only
 * copies bytes. They lie one after another outside of the Java heap.
 */
final class ReadyRequests {
  private final ByteBuffer bytes;
  private final int[] ends;
  private int count;

  /**
   * Room for requests.
   *
   * @param requests at most so many
   * @param bytesEach longest request
   */
  ReadyRequests(int requests, int bytesEach) {
    this.bytes = ByteBuffer.allocateDirect(Math.multiplyExact(requests, bytesEach));
    this.ends = new int[requests];
  }

  /** Adds a request after the others. */
  void add(byte[] request) {
    bytes.put(request);
    ends[count++] = bytes.position();
  }

  /** How many there are. */
  int count() {
    return count;
  }

  /** Points a view, once made by {@link #view}, at one request. */
  void select(ByteBuffer view, int index) {
    view.limit(ends[index]);
    view.position(index == 0 ? 0 : ends[index - 1]);
  }

  /** A view for {@link #select}. */
  ByteBuffer view() {
    return bytes.duplicate();
  }

  /** Forgets all requests; their room is used again. */
  void clear() {
    bytes.clear();
    count = 0;
  }
}
