package io.madang.serial;

/** Why a line that was open is not any more. */
public enum LinkLoss {
  /** The device hung up or is gone. */
  UNPLUGGED,
  /** The device took no byte for {@link LineSettings#writeLimit}. */
  FROZEN,
  /** {@link SerialLink#identified()} did not come in time. */
  NOT_IDENTIFIED,
  /** The owner asked for it. */
  REOPENED,
  /** The owner closed the line. */
  CLOSED
}
