package io.madang.voting;

import io.madang.voting.group.Element;
import io.madang.voting.group.Group;
import io.madang.voting.group.Groups;
import io.madang.voting.record.Digest;
import io.madang.voting.record.Reading;
import io.madang.voting.record.RecordReader;
import io.madang.voting.record.RefusalReason;
import java.util.List;

/**
 * The definition of an election as it was published. Every proof and ballot names the {@link
 * #fingerprint} of its bytes, so changing one character makes all ballots invalid.
 *
 * <p>Reading it does not show that {@link #publicKey} is its trustees' key; opening a {@link
 * io.madang.voting.board.Board} does.
 */
public final class Election {
  /** Longest record, in bytes. */
  public static final int MAX_BYTES = 4 << 20;

  private static final int MAX_QUESTIONS = 100;
  private static final int MAX_TEXT = 200_000;
  private static final int MAX_NAME = 1_000;

  private final ElectionId id;
  private final String name;
  private final String description;
  private final Group group;
  private final Element publicKey;
  private final List<Question> questions;
  private final String fingerprint;

  private Election(RecordReader reader, String fingerprint, Groups groups) {
    this.fingerprint = fingerprint;
    reader.literal("{");
    if (reader.field("version", () -> reader.number(0, Integer.MAX_VALUE)) != 1) {
      throw reader.refused(RefusalReason.UNKNOWN_VERSION);
    }
    description = reader.next("description", () -> reader.string(MAX_TEXT));
    name = reader.next("name", () -> reader.string(MAX_TEXT));
    group = reader.next("group", () -> group(reader, groups));
    publicKey = reader.next("public_key", () -> reader.element(group));
    questions =
        reader.next("questions", () -> reader.array(MAX_QUESTIONS, _ -> Question.read(reader)));
    id = reader.next("uuid", () -> id(reader));
    for (var optional : List.of("administrator", "credential_authority")) {
      if (reader.hasNext(optional)) {
        reader.next(optional, () -> reader.string(MAX_NAME));
      }
    }
    if (reader.hasNext("language")) {
      reader.next("language", () -> reader.arrayOf(2, _ -> reader.string(MAX_NAME)));
    }
    reader.literal("}");
    if (questions.isEmpty()) {
      throw reader.refused(RefusalReason.WRONG_COUNT);
    }
  }

  /** Reads an election record. Never throws. */
  public static Reading<Election> read(byte[] bytes) {
    return read(bytes, Groups.plain());
  }

  /** Reads an election record; its elements are computed with by these groups. Never throws. */
  public static Reading<Election> read(byte[] bytes, Groups groups) {
    return Reading.of(
        () ->
            RecordReader.read(
                bytes, MAX_BYTES, reader -> new Election(reader, Digest.base64(bytes), groups)));
  }

  private static Group group(RecordReader reader, Groups groups) {
    return groups
        .named(reader.plain(MAX_NAME))
        .orElseThrow(() -> reader.refused(RefusalReason.UNKNOWN_GROUP));
  }

  private static ElectionId id(RecordReader reader) {
    return ElectionId.parse(reader.plain(MAX_NAME))
        .orElseThrow(() -> reader.refused(RefusalReason.WRONG_IDENTIFIER));
  }

  public ElectionId id() {
    return id;
  }

  public String name() {
    return name;
  }

  public String description() {
    return description;
  }

  /** The group in which its ballots are encrypted. */
  public Group group() {
    return group;
  }

  /** y, under which its ballots are encrypted. */
  public Element publicKey() {
    return publicKey;
  }

  public List<Question> questions() {
    return questions;
  }

  /** SHA-256 of the record's bytes: 43 characters of Base64. */
  public String fingerprint() {
    return fingerprint;
  }

  @Override
  public String toString() {
    return id + " (" + fingerprint + ")";
  }
}
