package io.madang.payment.reconciliation;

import io.madang.ledger.PayoutId;

/** What has to be done because of news. */
public sealed interface Consequence {
  /** The merchant was paid: tell so. Happens at most once for a payout. */
  record Confirm(PayoutId payout) implements Consequence {}

  /**
   * The attempt is void: record it on the chain, and tell the merchant why. Happens at most once
   * for a payout.
   */
  record VoidAttempt(PayoutId payout, String reason) implements Consequence {}

  /** Ask the bank for the status; never send the payout again. */
  record AskBank(PayoutId payout) implements Consequence {}

  /**
   * No rule may decide: a person looks.
   *
   * @param subject what it is about: a payout id, a file or a booking
   */
  record LookAt(Puzzle puzzle, String subject) implements Consequence {}

  /** What is to be looked at. */
  enum Puzzle {
    /** A payout that we do not know, or nothing that names one. */
    UNKNOWN_PAYOUT,
    /** A file that we never sent. */
    UNKNOWN_FILE,
    /** An account that is not ours. */
    UNKNOWN_ACCOUNT,
    /** A status code that we do not know. */
    UNKNOWN_STATUS,
    /** Another amount than we asked for. */
    WRONG_AMOUNT,
    /** Two different bookings of one source for one payout: perhaps paid twice. */
    BOOKED_TWICE,
    /** Money left for a payout that was refused: it may have been paid and be paid again. */
    BOOKED_THOUGH_REJECTED,
    /** The bank took back what it had called paid: money may be on its way back. */
    REJECTED_THOUGH_PAID,
    /** The bank called paid what it had refused. */
    PAID_THOUGH_REJECTED,
    /** A booking of many payouts that does not agree with what was sent. */
    BATCH_MISMATCH,
    /** A booking that is not about payouts. */
    OTHER_BOOKING
  }
}
