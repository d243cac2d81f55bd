package io.madang.gateway.engine;

import java.time.Duration;

/**
 * How much an engine takes on at once.
 *
 * @param waitingTransactions transactions that wait for a block; more are answered as overload
 * @param blockTransactions transactions in a block
 * @param blockBytes the sum of the transactions' bytes in a block, at most 1 MiB less the block's
 *     own parts
 * @param verifierThreads threads that read transactions and verify signatures
 * @param verifierBatch transactions that one of these threads takes on at once; as many must wait
 *     for each thread that works before another one is woken
 * @param proofDelay how long a block that changed something may stay without the empty block that
 *     proves its outcome, when nothing else comes
 */
public record EngineLimits(
    int waitingTransactions,
    int blockTransactions,
    int blockBytes,
    int verifierThreads,
    int verifierBatch,
    Duration proofDelay) {
  private static final int LARGEST_BLOCK = 1024 * 1024 - 8 * 1024;
  private static final Duration PROOF_DELAY = Duration.ofMillis(50);

  /**
   * Payments that share one sum; see {@link io.madang.chain.SignatureVerifier}. A larger sum costs
   * a little less, but those in it are ordered together, and while they are everything else waits
   * for them: with 64 connections, 16 gave a sixth more payments a second than 64.
   */
  private static final int PAYMENTS_AT_ONCE = 16;

  public EngineLimits {
    if (waitingTransactions < 1
        || blockTransactions < 1
        || verifierThreads < 1
        || verifierBatch < 1) {
      throw new IllegalArgumentException("an engine that takes nothing");
    }
    if (blockBytes < 1 || blockBytes > LARGEST_BLOCK) {
      throw new IllegalArgumentException("blockBytes is 1 to " + LARGEST_BLOCK);
    }
  }

  /**
   * What suits payments on a machine with this many processors. Verifying is about half of a
   * payment's work, so half of the processors do it; more threads only take turns.
   */
  public static EngineLimits forProcessors(int processors) {
    return new EngineLimits(
        16_384, 2_000, LARGEST_BLOCK, half(processors), PAYMENTS_AT_ONCE, PROOF_DELAY);
  }

  /**
   * What suits ballots on such a machine. Each one takes milliseconds, so nothing is won by taking
   * several at once; those who would wait for more than some seconds are sent away.
   */
  public static EngineLimits forBallots(int processors) {
    return new EngineLimits(512, 200, LARGEST_BLOCK, half(processors), 1, PROOF_DELAY);
  }

  private static int half(int processors) {
    return Math.max(1, processors / 2);
  }
}
