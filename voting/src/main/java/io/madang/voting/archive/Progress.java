package io.madang.voting.archive;

/** Told how far a verification has come. */
@FunctionalInterface
public interface Progress {
  /**
   * So much is done.
   *
   * @param ballots accepted so far
   * @param position bytes read so far
   * @param length bytes of the whole archive
   */
  void reached(long ballots, long position, long length);

  /** Tells nobody. */
  static Progress silent() {
    return (_, _, _) -> {};
  }
}
