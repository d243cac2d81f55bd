package io.madang.voting.ballot;

import io.madang.voting.Tracker;
import io.madang.voting.proof.Ciphertext;
import java.util.List;

/**
 * A ballot whose every proof was checked. Only {@link BallotCheck} makes one. Whether it repeats an
 * earlier one is for the board to say.
 */
public final class CheckedBallot {
  private final Tracker tracker;
  private final int credentialIndex;
  private final long weight;
  private final List<List<Ciphertext>> answers;

  CheckedBallot(Tracker tracker, int credentialIndex, long weight, List<List<Ciphertext>> answers) {
    this.tracker = tracker;
    this.credentialIndex = credentialIndex;
    this.weight = weight;
    this.answers = List.copyOf(answers);
  }

  /** What the voter keeps. */
  public Tracker tracker() {
    return tracker;
  }

  /** The place of its credential in the election's list. */
  public int credentialIndex() {
    return credentialIndex;
  }

  /** How often it counts. */
  public long weight() {
    return weight;
  }

  /** For each question a ciphertext for each choice. */
  public List<List<Ciphertext>> answers() {
    return answers;
  }

  @Override
  public String toString() {
    return tracker.toString();
  }
}
