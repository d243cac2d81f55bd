package io.madang.gateway.engine;

/** What is stored of a chain contradicts itself. Nothing may be added to it. */
public final class CorruptChainException extends RuntimeException {
  private final long height;

  /**
   * A contradiction.
   *
   * @param height the first height at which it was found, 0 for the genesis
   * @param detail what contradicts what
   */
  public CorruptChainException(long height, String detail) {
    super("Height " + height + ": " + detail);
    this.height = height;
  }

  /** The first height at which the contradiction was found, 0 for the genesis. */
  public long height() {
    return height;
  }
}
