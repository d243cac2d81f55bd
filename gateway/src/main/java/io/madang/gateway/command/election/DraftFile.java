package io.madang.gateway.command.election;

import io.madang.voting.ElectionDraft;
import io.madang.voting.ElectionId;
import io.madang.voting.Question;
import io.madang.voting.group.Group;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A draft as people write it. Every text is a string, or {@code {"ko": …, "en": …}}, of which
 * voters see both.
 */
final class DraftFile {
  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_TEXT = 20_000;
  private static final int MAX_NAME = 1_000;
  private static final int MAX_QUESTIONS = 100;
  private static final Set<String> FIELDS =
      Set.of(
          "id",
          "group",
          "name",
          "description",
          "questions",
          "administrator",
          "credentialAuthority");
  private static final Set<String> QUESTION_FIELDS =
      Set.of("question", "answers", "min", "max", "blank");
  private static final Set<String> LANGUAGES = Set.of("ko", "en");

  private final Path file;

  private DraftFile(Path file) {
    this.file = file;
  }

  /** Reads a draft that has no identifier yet. */
  static ElectionDraft readNew(Path file, ElectionId id) throws IOException {
    var draft = new DraftFile(file);
    var json = draft.parse();
    if (json.containsKey("id")) {
      throw draft.wrong("id", "is given by this command; leave it out");
    }
    return draft.election(json, id);
  }

  /** Reads a draft that has one. */
  static ElectionDraft read(Path file) throws IOException {
    var draft = new DraftFile(file);
    var json = draft.parse();
    var id =
        ElectionId.parse(draft.text(json, "id", "", MAX_NAME))
            .orElseThrow(() -> draft.wrong("id", "is missing; 'election new' gives it"));
    return draft.election(json, id);
  }

  /** The draft as JSON, for the other roles to read. */
  static String json(ElectionDraft draft) {
    var questions = new JsonArray();
    for (var question : draft.questions()) {
      questions.add(
          new JsonObject()
              .put("question", question.text())
              .put("answers", new JsonArray(question.answers()))
              .put("min", question.min())
              .put("max", question.max())
              .put("blank", question.blank()));
    }
    return new JsonObject()
        .put("id", draft.id().text())
        .put("group", draft.group().name())
        .put("name", draft.name())
        .put("description", draft.description())
        .put("questions", questions)
        .put("administrator", draft.administrator())
        .put("credentialAuthority", draft.credentialAuthority())
        .encodePrettily();
  }

  private JsonObject parse() throws IOException {
    try {
      return new JsonObject(InputFile.text(file, MAX_BYTES));
    } catch (DecodeException notJson) {
      throw new IOException(file + " is not a JSON object.", notJson);
    }
  }

  private ElectionDraft election(JsonObject json, ElectionId id) throws IOException {
    requireFields(json, FIELDS, "");
    var name = text(json, "name", "", MAX_TEXT);
    if (name.isBlank()) {
      throw wrong("name", "is missing");
    }
    var group = text(json, "group", "", MAX_NAME);
    return new ElectionDraft(
        id,
        group.isEmpty() ? Group.belenios2048() : GroupOption.named(group),
        name,
        text(json, "description", "", MAX_TEXT),
        questions(json),
        text(json, "administrator", "", MAX_NAME),
        text(json, "credentialAuthority", "", MAX_NAME));
  }

  private List<Question> questions(JsonObject json) throws IOException {
    if (!(json.getValue("questions") instanceof JsonArray array)
        || array.isEmpty()
        || array.size() > MAX_QUESTIONS) {
      throw wrong("questions", "must be a list of 1 to " + MAX_QUESTIONS);
    }
    var questions = new ArrayList<Question>();
    for (int i = 0; i < array.size(); i++) {
      var place = "questions[" + i + "]";
      if (!(array.getValue(i) instanceof JsonObject question)) {
        throw wrong(place, "must be an object");
      }
      questions.add(question(question, place + "."));
    }
    return questions;
  }

  private Question question(JsonObject json, String place) throws IOException {
    requireFields(json, QUESTION_FIELDS, place);
    var text = text(json, "question", place, MAX_TEXT);
    if (text.isBlank()) {
      throw wrong(place + "question", "is missing");
    }
    if (!(json.getValue("answers") instanceof JsonArray array)
        || array.isEmpty()
        || array.size() > Question.MAX_ANSWERS) {
      throw wrong(place + "answers", "must be a list of 1 to " + Question.MAX_ANSWERS);
    }
    var answers = new ArrayList<String>();
    for (int i = 0; i < array.size(); i++) {
      var at = place + "answers[" + i + "]";
      var answer = text(array.getValue(i), at, MAX_TEXT);
      if (answer.isBlank()) {
        throw wrong(at, "is empty");
      }
      answers.add(answer);
    }
    int max = number(json, "max", place, 1, answers.size());
    int min = number(json, "min", place, max, max);
    return new Question(answers, flag(json, place), min, max, text);
  }

  private boolean flag(JsonObject json, String place) throws IOException {
    Object value = json.getValue("blank", false);
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw wrong(place + "blank", "must be true or false");
  }

  private int number(JsonObject json, String field, String place, int usual, int max)
      throws IOException {
    Object value = json.getValue(field, usual);
    if (value instanceof Integer number && number >= 0 && number <= max) {
      return number;
    }
    throw wrong(place + field, "must be a whole number from 0 to " + max);
  }

  private String text(JsonObject json, String field, String place, int maxLength)
      throws IOException {
    Object value = json.getValue(field);
    return value == null ? "" : text(value, place + field, maxLength);
  }

  private String text(Object value, String place, int maxLength) throws IOException {
    String text;
    if (value instanceof JsonObject languages) {
      requireFields(languages, LANGUAGES, place + ".");
      if (!(languages.getValue("ko") instanceof String korean)
          || !(languages.getValue("en") instanceof String english)) {
        throw wrong(place, "must have the texts \"ko\" and \"en\"");
      }
      text = korean.equals(english) ? korean : korean + " / " + english;
    } else if (value instanceof String string) {
      text = string;
    } else {
      throw wrong(place, "must be a text, or {\"ko\": …, \"en\": …}");
    }
    if (text.length() > maxLength) {
      throw wrong(place, "is longer than " + maxLength + " characters");
    }
    if (text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n')) {
      throw wrong(place, "has control characters");
    }
    return text;
  }

  private void requireFields(JsonObject json, Set<String> known, String place) throws IOException {
    for (var field : json.fieldNames()) {
      if (!known.contains(field)) {
        throw wrong(place + Shown.text(field), "is no field of a draft");
      }
    }
  }

  private IOException wrong(String place, String what) {
    return new IOException(file + ": " + place + " " + what + ".");
  }
}
