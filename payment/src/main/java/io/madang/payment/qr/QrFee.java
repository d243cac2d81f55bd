package io.madang.payment.qr;

/** What the payer pays on top of the amount: objects 55 to 57. */
public sealed interface QrFee {
  /** Nothing. */
  record None() implements QrFee {}

  /** The payer is asked for a tip. */
  record AskForTip() implements QrFee {}

  /** The same fee whatever the amount, in minor units of the code's currency. */
  record Fixed(long minorUnits) implements QrFee {}

  /** A share of the amount, in basis points (1/100 of a percent), from 1 to 9999. */
  record Percentage(int basisPoints) implements QrFee {}
}
