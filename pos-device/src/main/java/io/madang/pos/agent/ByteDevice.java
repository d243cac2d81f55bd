package io.madang.pos.agent;

/** Something at one end of a line that takes bytes. All calls may come from any thread. */
public interface ByteDevice extends AutoCloseable {
  /** The line is open, and whatever the other side knew before may be forgotten. */
  default void opened() {}

  /** The other side sent this; the array is the device's. */
  void received(byte[] bytes);

  /** The line is gone. */
  void lost();

  @Override
  void close();
}
