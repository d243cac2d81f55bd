package io.madang.voting;

import io.madang.voting.group.Element;
import io.madang.voting.group.Group;
import io.madang.voting.record.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What is decided before the trustees' keys are known. {@link #toRecord} turns it into the record
 * that the fingerprint is of.
 *
 * @param administrator who runs the election; empty to leave it out
 * @param credentialAuthority who hands out credentials, never who runs the server; empty to leave
 *     it out
 */
public record ElectionDraft(
    ElectionId id,
    Group group,
    String name,
    String description,
    List<Question> questions,
    String administrator,
    String credentialAuthority) {
  public ElectionDraft {
    questions = List.copyOf(questions);
    if (questions.isEmpty()) {
      throw new IllegalArgumentException("an election without questions");
    }
  }

  /** The election record for a key, which must be that of its trustees. */
  public byte[] toRecord(Element publicKey) {
    var record =
        "{\"version\":1,\"description\":"
            + Json.string(description)
            + ",\"name\":"
            + Json.string(name)
            + ",\"group\":\""
            + group.name()
            + "\",\"public_key\":\""
            + publicKey.text()
            + "\",\"questions\":"
            + Json.array(questions, Question::json)
            + ",\"uuid\":\""
            + id
            + "\""
            + optional("administrator", administrator)
            + optional("credential_authority", credentialAuthority)
            + "}";
    return record.getBytes(StandardCharsets.UTF_8);
  }

  private static String optional(String name, String value) {
    return value.isEmpty() ? "" : ",\"" + name + "\":" + Json.string(value);
  }
}
