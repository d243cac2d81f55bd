package io.madang.payment.settlement;

import io.madang.chain.Hash;

/** What happens to the close of a day. */
public sealed interface ClosingNews {
  /** Block time has passed the end of the day. */
  record CutOff() implements ClosingNews {}

  /**
   * The run was made.
   *
   * @param digest {@link SettlementRun.Result#digest}
   */
  record Computed(Hash digest) implements ClosingNews {}

  /**
   * Enough approvers signed.
   *
   * @param digest what they signed for
   */
  record Approved(Hash digest) implements ClosingNews {}

  /** Every merchant's settlement is on the chain. */
  record AllRecorded() implements ClosingNews {}

  /**
   * The payout file was written.
   *
   * @param hash of its bytes, {@link Closing#NOTHING} when nobody is paid
   */
  record FileMade(Hash hash) implements ClosingNews {}

  /** The file is about to be given to the bank. */
  record Leaving() implements ClosingNews {}

  /** The bank has the file: it took it, or an answer shows it. */
  record Delivered() implements ClosingNews {}

  /** No payout of the day is open any more. */
  record PayoutsEnded() implements ClosingNews {}
}
