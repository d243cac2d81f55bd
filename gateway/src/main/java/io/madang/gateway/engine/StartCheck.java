package io.madang.gateway.engine;

/**
 * How much of what is stored is checked before an engine starts. The state and the last block are
 * checked always.
 *
 * @param blocks how many of the last blocks are checked: their checksums, their hash chain, their
 *     signatures and the index of their transactions
 */
public record StartCheck(long blocks) {
  /** A day of a busy shop, in about a second. */
  public static final StartCheck LAST_BLOCKS = new StartCheck(1_000);

  /** Every block. */
  public static final StartCheck ALL = new StartCheck(Long.MAX_VALUE);

  public StartCheck {
    if (blocks < 1) {
      throw new IllegalArgumentException("at least the last block is checked");
    }
  }
}
