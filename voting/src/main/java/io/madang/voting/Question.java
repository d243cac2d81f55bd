package io.madang.voting;

import io.madang.voting.record.Json;
import io.madang.voting.record.RecordReader;
import io.madang.voting.record.RefusalReason;
import java.util.List;

/**
 * A question whose answers are counted under encryption: a voter picks from {@code min} to {@code
 * max} of the answers, or votes blank where that is allowed. One of three is min = max = 1;
 * approval is min = 0, max = all.
 *
 * @param blank whether a blank vote is offered; it is allowed even when min is above 0
 * @param text the question itself
 */
public record Question(List<String> answers, boolean blank, int min, int max, String text) {
  /** Most answers of a question. */
  public static final int MAX_ANSWERS = 200;

  private static final int MAX_TEXT = 20_000;

  public Question {
    answers = List.copyOf(answers);
    if (answers.isEmpty()
        || answers.size() > MAX_ANSWERS
        || min < 0
        || max < min
        || max > answers.size()) {
      throw new IllegalArgumentException("no possible choice");
    }
  }

  /** How many ciphertexts an answer has: one for each answer, and one before them for blank. */
  public int choices() {
    return answers.size() + (blank ? 1 : 0);
  }

  /**
   * Whether a voter may choose so: a 0 or 1 for each of {@link #choices()}, blank first where it is
   * offered.
   */
  public boolean allows(List<Integer> choice) {
    if (choice.size() != choices() || !choice.stream().allMatch(c -> c == 0 || c == 1)) {
      return false;
    }
    int sum = choice.stream().mapToInt(Integer::intValue).sum();
    if (blank && choice.getFirst() == 1) {
      return sum == 1;
    }
    return sum >= min && sum <= max;
  }

  static Question read(RecordReader reader) {
    if (reader.skip("{\"type\":")) {
      throw reader.refused(RefusalReason.UNKNOWN_KIND_OF_QUESTION);
    }
    reader.literal("{");
    var answers =
        reader.field("answers", () -> reader.array(MAX_ANSWERS, _ -> reader.string(MAX_TEXT)));
    boolean blank = reader.skip(",\"blank\":true");
    int min = reader.next("min", () -> (int) reader.number(0, answers.size()));
    int max = reader.next("max", () -> (int) reader.number(min, answers.size()));
    var text = reader.next("question", () -> reader.string(MAX_TEXT));
    reader.literal("}");
    if (answers.isEmpty()) {
      throw reader.refused(RefusalReason.WRONG_COUNT);
    }
    return new Question(answers, blank, min, max, text);
  }

  String json() {
    return "{\"answers\":"
        + Json.array(answers, Json::string)
        + (blank ? ",\"blank\":true" : "")
        + ",\"min\":"
        + min
        + ",\"max\":"
        + max
        + ",\"question\":"
        + Json.string(text)
        + "}";
  }
}
