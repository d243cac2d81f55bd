package io.madang.voting.chain;

import io.madang.chain.Statement;
import io.madang.voting.Election;
import io.madang.voting.Question;

/** How large a ballot can become, so that no election opens whose ballots fit no transaction. */
final class BallotSize {
  /** What the statement around a ballot needs for itself, generously. */
  private static final int ENVELOPE = 1_024;

  private static final int QUOTES_OF_CIPHERTEXT = 8;
  private static final int QUOTES_OF_PROOF = 8;

  /**
   * Names, braces and commas around a proof or ciphertext: {@code {"challenge":"","response":""},}.
   */
  private static final int FRAME = 40;

  private static final int FRAME_OF_ANSWER = 200;

  private BallotSize() {}

  /** Whether every ballot of the election fits into a statement. */
  static boolean fits(Election election) {
    int element = election.group().generator().text().length();
    // No number is longer than the group's order; elements of our groups have at most one digit
    // more than the generator.
    long ciphertext = 2L * (element + 1) + FRAME + QUOTES_OF_CIPHERTEXT;
    int scalar = election.group().scalars().order().toString().length();
    long proof = 2L * scalar + FRAME + QUOTES_OF_PROOF;
    long bytes = ENVELOPE + element + proof;
    for (var question : election.questions()) {
      bytes += FRAME_OF_ANSWER + question.choices() * ciphertext + proofs(question) * proof;
    }
    // Base64 makes four characters of three bytes.
    return bytes * 4 / 3 <= Statement.MAX_LENGTH;
  }

  private static long proofs(Question question) {
    int overall = question.max() - question.min() + 1;
    return 2L * question.choices() + overall + (question.blank() ? 3 : 0);
  }
}
