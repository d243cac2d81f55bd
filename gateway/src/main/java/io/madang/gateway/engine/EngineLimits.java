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
 * @param proofDelay how long a block that changed something may stay without the empty block that
 *     proves its outcome, when nothing else comes
 */
public record EngineLimits(
    int waitingTransactions,
    int blockTransactions,
    int blockBytes,
    int verifierThreads,
    Duration proofDelay) {
  private static final int LARGEST_BLOCK = 1024 * 1024 - 8 * 1024;

  public EngineLimits {
    if (waitingTransactions < 1 || blockTransactions < 1 || verifierThreads < 1) {
      throw new IllegalArgumentException("an engine that takes nothing");
    }
    if (blockBytes < 1 || blockBytes > LARGEST_BLOCK) {
      throw new IllegalArgumentException("blockBytes is 1 to " + LARGEST_BLOCK);
    }
  }

  /**
   * What suits a machine with this many processors. Verifying is about half of a payment's work, so
   * half of the processors do it; more threads only take turns.
   */
  public static EngineLimits forProcessors(int processors) {
    return new EngineLimits(
        16_384, 2_000, LARGEST_BLOCK, Math.max(1, processors / 2), Duration.ofMillis(50));
  }
}
