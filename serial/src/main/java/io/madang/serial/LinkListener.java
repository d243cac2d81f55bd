package io.madang.serial;

/**
 * What a line tells its owner. All calls come from the line's own thread, one after the other;
 * while one runs no more is read, so that bytes wait in the kernel and the device feels the
 * pressure. An exception ends the line for good.
 */
public interface LinkListener {
  /**
   * The line is open and what had gathered before was thrown away. Nothing that the device knew
   * before may be taken for granted.
   */
  void opened();

  /** Bytes as they came, in any fragments; the array is the listener's. */
  void received(byte[] bytes);

  /** The line is down; what was sent and not answered is lost, or not: nobody knows. */
  void lost(LinkLoss why);
}
