package io.madang.voting.tally;

import io.madang.voting.Election;
import io.madang.voting.group.Element;
import io.madang.voting.record.Json;
import io.madang.voting.record.Reading;
import io.madang.voting.record.RecordReader;
import io.madang.voting.record.Refusal;
import io.madang.voting.record.RefusalReason;
import io.madang.voting.record.RefusedException;
import io.madang.voting.record.Weights;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The counts of every choice, blank first where it is offered.
 *
 * @param counts for each question, weights included
 */
public record ElectionResult(List<List<Long>> counts) {
  private static final int MAX_BYTES = 1 << 20;

  public ElectionResult {
    counts = counts.stream().map(List::copyOf).toList();
  }

  /**
   * Finds the counts.
   *
   * @param factors of all needed trustees, combined
   * @param totalWeight of the ballots, which no count exceeds
   * @throws IllegalStateException when a count is none of 0 to totalWeight: checked ballots and
   *     checked decryptions never give that
   */
  public static ElectionResult compute(
      Election election, EncryptedTally tally, List<List<Element>> factors, long totalWeight) {
    var logarithm = new DiscreteLogarithm(election.group(), totalWeight);
    var counts = new ArrayList<List<Long>>();
    for (int question = 0; question < factors.size(); question++) {
      var row = new ArrayList<Long>();
      for (int choice = 0; choice < factors.get(question).size(); choice++) {
        row.add(
            logarithm
                .of(plain(tally, factors, question, choice))
                .orElseThrow(() -> new IllegalStateException("a count above all weights")));
      }
      counts.add(row);
    }
    return new ElectionResult(counts);
  }

  /** Reads a result record and compares each count with the decrypted tally. Never throws. */
  public static Reading<ElectionResult> read(
      byte[] bytes,
      Election election,
      EncryptedTally tally,
      List<List<Element>> factors,
      long totalWeight) {
    return Reading.of(
        () ->
            RecordReader.read(bytes, MAX_BYTES, reader -> read(reader, election))
                .checked(election, tally, factors, totalWeight));
  }

  private static ElectionResult read(RecordReader reader, Election election) {
    var questions = election.questions();
    reader.literal("{");
    var counts =
        reader.field(
            "result",
            () ->
                reader.arrayOf(
                    questions.size(),
                    index ->
                        reader.arrayOf(
                            questions.get(index).choices(), _ -> reader.weight(0, Weights.MAX))));
    reader.literal("}");
    return new ElectionResult(counts);
  }

  private ElectionResult checked(
      Election election, EncryptedTally tally, List<List<Element>> factors, long totalWeight) {
    var group = election.group();
    for (int question = 0; question < counts.size(); question++) {
      for (int choice = 0; choice < counts.get(question).size(); choice++) {
        long count = counts.get(question).get(choice);
        var expected = plain(tally, factors, question, choice);
        if (count > totalWeight
            || !group.generatorPowers().power(group.scalars().of(count)).equals(expected)) {
          throw new RefusedException(
              new Refusal(RefusalReason.WRONG_RESULT, "result[" + question + "][" + choice + "]"));
        }
      }
    }
    return this;
  }

  /** g to the power of a count: beta / factor. */
  private static Element plain(
      EncryptedTally tally, List<List<Element>> factors, int question, int choice) {
    var sum = tally.answers().get(question).get(choice);
    return sum.beta().dividedBy(factors.get(question).get(choice));
  }

  /** The one record of this result. */
  public byte[] toRecord() {
    var record = "{\"result\":" + Json.array(counts, row -> Json.array(row, Weights::json)) + "}";
    return record.getBytes(StandardCharsets.UTF_8);
  }
}
