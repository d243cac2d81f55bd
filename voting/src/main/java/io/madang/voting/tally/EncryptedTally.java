package io.madang.voting.tally;

import io.madang.voting.Election;
import io.madang.voting.Question;
import io.madang.voting.group.Group;
import io.madang.voting.proof.Ciphertext;
import io.madang.voting.record.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;

/**
 * The sum of ballots, still encrypted: for each question a ciphertext of the count of each choice.
 * Immutable.
 */
public record EncryptedTally(List<List<Ciphertext>> answers) {
  public EncryptedTally {
    answers = answers.stream().map(List::copyOf).toList();
  }

  /** The tally of no ballot. */
  public static EncryptedTally none(Election election) {
    var neutral = Ciphertext.neutral(election.group());
    return new EncryptedTally(
        election.questions().stream()
            .map(Question::choices)
            .map(count -> Stream.generate(() -> neutral).limit(count).toList())
            .toList());
  }

  /** The tally with a ballot that counts {@code weight} times. */
  public EncryptedTally plus(Group group, List<List<Ciphertext>> ballot, long weight) {
    return with(ballot, (sum, choice) -> sum.times(weighted(group, choice, weight)));
  }

  /** The tally without a ballot that was in it. */
  public EncryptedTally minus(Group group, List<List<Ciphertext>> ballot, long weight) {
    return with(ballot, (sum, choice) -> sum.dividedBy(weighted(group, choice, weight)));
  }

  private static Ciphertext weighted(Group group, Ciphertext choice, long weight) {
    return weight == 1 ? choice : choice.power(group.scalars().of(weight));
  }

  private EncryptedTally with(List<List<Ciphertext>> ballot, BinaryOperator<Ciphertext> step) {
    var result = new ArrayList<List<Ciphertext>>();
    for (int question = 0; question < answers.size(); question++) {
      var row = new ArrayList<Ciphertext>();
      for (int choice = 0; choice < answers.get(question).size(); choice++) {
        row.add(step.apply(answers.get(question).get(choice), ballot.get(question).get(choice)));
      }
      result.add(row);
    }
    return new EncryptedTally(result);
  }

  /** The one record of this tally. */
  public byte[] toRecord() {
    return Json.array(answers, row -> Json.array(row, Ciphertext::json))
        .getBytes(StandardCharsets.UTF_8);
  }
}
