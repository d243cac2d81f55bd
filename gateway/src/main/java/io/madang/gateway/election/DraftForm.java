package io.madang.gateway.election;

import io.madang.gateway.http.Problem;
import io.madang.gateway.http.Problem.Fault;
import io.madang.voting.ElectionDraft;
import io.madang.voting.ElectionId;
import io.madang.voting.Question;
import io.madang.voting.group.Group;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An election as its administrator writes it, in the form that the contract has checked.
 *
 * @param threshold how many trustees are enough; empty when all are needed
 * @param reward what everybody gets who takes part
 */
record DraftForm(
    ElectionDraft election,
    int trustees,
    Optional<Integer> threshold,
    long opensMillis,
    long closesMillis,
    Optional<Reward> reward) {

  /** So much of an asset, in minor units. */
  record Reward(String asset, long amount) {}

  /**
   * Reads a draft.
   *
   * @throws Problem.Raised naming what cannot be
   */
  static DraftForm read(ElectionId id, JsonObject json) {
    var faults = new ArrayList<Fault>();
    var trustees = json.getJsonObject("trustees");
    int count = trustees.getInteger("count");
    var threshold = Optional.ofNullable(trustees.getInteger("threshold"));
    // All of a threshold group would be single trustees, who need no ceremony.
    if (threshold.filter(least -> least >= count).isPresent()) {
      faults.add(new Fault("#/trustees/threshold", "must be smaller than the count"));
    }
    long opens = time(json, "opensAt", faults);
    long closes = time(json, "closesAt", faults);
    if (closes <= opens) faults.add(new Fault("#/closesAt", "must be after the opening"));
    var questions = questions(json.getJsonArray("questions"), faults);
    if (!faults.isEmpty()) throw Problem.malformed(faults).raised();
    var reward =
        Optional.ofNullable(json.getJsonObject("reward"))
            .map(one -> new Reward(one.getString("asset"), one.getLong("amount")));
    return new DraftForm(
        new ElectionDraft(
            id,
            Group.named(json.getString("group")).orElseThrow(),
            text(json.getValue("name")),
            text(json.getValue("description", "")),
            questions,
            text(json.getValue("administrator", "")),
            text(json.getValue("credentialAuthority", ""))),
        count,
        threshold,
        opens,
        closes,
        reward);
  }

  private static long time(JsonObject json, String name, List<Fault> faults) {
    try {
      return Instant.parse(json.getString(name)).toEpochMilli();
    } catch (DateTimeParseException | ArithmeticException notATime) {
      faults.add(new Fault("#/" + name, "must be a time, such as 2026-11-22T09:00:00.000Z"));
      return 0;
    }
  }

  private static List<Question> questions(JsonArray array, List<Fault> faults) {
    var questions = new ArrayList<Question>();
    for (int i = 0; i < array.size(); i++) {
      var json = array.getJsonObject(i);
      var answers = json.getJsonArray("answers").stream().map(DraftForm::text).toList();
      int min = json.getInteger("min", 1);
      int max = json.getInteger("max", 1);
      if (min > max || max > answers.size()) {
        faults.add(new Fault("#/questions/" + i, "no ballot could fit: check min and max"));
        continue;
      }
      var question = text(json.getValue("question"));
      questions.add(new Question(answers, json.getBoolean("blank", false), min, max, question));
    }
    return questions;
  }

  /** A text, or a text in each language, of which voters see both. */
  private static String text(Object value) {
    if (!(value instanceof JsonObject languages)) return (String) value;
    var korean = languages.getString("ko");
    var english = languages.getString("en");
    return korean.equals(english) ? korean : korean + " / " + english;
  }
}
