package io.madang.payment.qr;

/** Who says how much is paid: object 54. */
public sealed interface QrAmount {
  /** The code names no amount; the payer types it. */
  record PayerEnters() implements QrAmount {}

  /**
   * The code names the amount, in minor units of the code's currency: 4,500 won are 4500, and 23.72
   * yuan are 2372. A code that was read holds more than zero and at most {@link #MAX_MINOR_UNITS}.
   */
  record Fixed(long minorUnits) implements QrAmount {}

  /** 2<sup>53</sup>-1: beyond it a browser's numbers are no longer exact. */
  long MAX_MINOR_UNITS = (1L << 53) - 1;
}
