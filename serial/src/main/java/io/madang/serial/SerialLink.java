package io.madang.serial;

/**
 * One serial line to one device. It is kept open by itself: after an unplug, a peer that stopped
 * reading, or an identification that did not come, it is opened again (100 ms later, then twice as
 * long each time, at most a second).
 *
 * <p>No call blocks, whatever the device does; all may be made from any thread. What happens is
 * told to the {@link LinkListener}.
 */
public interface SerialLink extends AutoCloseable {
  /**
   * Hands bytes over for writing, in the order of the calls. {@link Sending#QUEUED} says only that
   * they may now reach the device: whether they did is known from its answer.
   */
  Sending send(byte[] bytes);

  /**
   * The device has shown that it is the one expected. Needed only with {@link
   * LineSettings#identifyWithin}; without it in time the line is opened anew.
   */
  void identified();

  /**
   * Gives the line up and opens it again: what an owner does whose device has stopped answering.
   */
  void reopen();

  /** Where the line stands; for display, as it may change at once. */
  LinkState state();

  /**
   * Closes for good and drops what was not written yet; the listener hears {@link LinkLoss#CLOSED}
   * if the line was open.
   */
  @Override
  void close();
}
