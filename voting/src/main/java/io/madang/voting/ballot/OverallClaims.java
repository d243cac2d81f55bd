package io.madang.voting.ballot;

import io.madang.voting.Question;
import io.madang.voting.proof.Ciphertext;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the proofs about a whole answer claim. Two ciphertexts matter: that of "blank" (c0) and the
 * product of all others (cs), which encrypts how many answers were chosen.
 */
final class OverallClaims {
  private OverallClaims() {}

  /** Which ciphertext a claim is about. */
  enum About {
    BLANK,
    CHOSEN
  }

  /** A claim that one of the two ciphertexts encrypts a number. */
  record Claim(About about, int message) {}

  /**
   * Of the overall proof: the number chosen is one of min to max, or, where blank is offered, the
   * vote is blank.
   */
  static List<Claim> overall(Question question) {
    var range =
        IntStream.rangeClosed(question.min(), question.max())
            .mapToObj(number -> new Claim(About.CHOSEN, number));
    return question.blank()
        ? Stream.concat(Stream.of(new Claim(About.BLANK, 1)), range).toList()
        : range.toList();
  }

  /** Of the blank proof: the vote is not blank, or nothing is chosen. */
  static List<Claim> blank() {
    return List.of(new Claim(About.BLANK, 0), new Claim(About.CHOSEN, 0));
  }

  /** c0 and cs of an answer's ciphertexts. Without blank, c0 is never asked for. */
  record Sums(Ciphertext blank, Ciphertext chosen) {
    static Sums of(Question question, List<Ciphertext> choices) {
      var counted = question.blank() ? choices.subList(1, choices.size()) : choices;
      BinaryOperator<Ciphertext> product = Ciphertext::times;
      return new Sums(choices.getFirst(), counted.stream().reduce(product).orElseThrow());
    }

    Ciphertext about(Claim claim) {
      return switch (claim.about()) {
        case BLANK -> blank;
        case CHOSEN -> chosen;
      };
    }
  }
}
