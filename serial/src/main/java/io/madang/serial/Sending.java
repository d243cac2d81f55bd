package io.madang.serial;

/** What became of bytes handed to a {@link SerialLink}. */
public enum Sending {
  /** They may reach the device from now on. */
  QUEUED,
  /** The device reads too slowly: none of these bytes will be written. */
  FULL,
  /** The line is not open: none of these bytes will be written. */
  DOWN
}
