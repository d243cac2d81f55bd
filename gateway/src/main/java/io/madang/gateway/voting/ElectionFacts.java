package io.madang.gateway.voting;

import io.madang.voting.record.Digest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;

/**
 * What the records of an announced election say, for the API. The channel has checked the records;
 * here they are only shown.
 */
final class ElectionFacts {
  private static final String SINGLE = "Single";

  private ElectionFacts() {}

  /** The members of {@code Election} that never change. */
  static JsonObject of(byte[] election, byte[] trustees, byte[] credentials) {
    var record = json(election);
    var facts =
        new JsonObject()
            .put("id", record.getString("uuid"))
            .put("name", record.getString("name"))
            .put("description", record.getString("description"))
            .put("group", record.getString("group"))
            .put("fingerprint", Digest.base64(election))
            .put("trustees", trustees(new JsonArray(utf8(trustees))))
            .put("questions", questions(record.getJsonArray("questions")));
    if (record.containsKey("administrator")) {
      facts.put("administrator", record.getString("administrator"));
    }
    if (record.containsKey("credential_authority")) {
      facts.put("credentialAuthority", record.getString("credential_authority"));
    }
    return voters(credentials, facts);
  }

  private static JsonObject json(byte[] record) {
    return new JsonObject(utf8(record));
  }

  private static String utf8(byte[] record) {
    return new String(record, StandardCharsets.UTF_8);
  }

  private static JsonArray questions(JsonArray questions) {
    var shown = new JsonArray();
    for (var each : questions) {
      var question = (JsonObject) each;
      shown.add(question.copy().put("blank", question.getBoolean("blank", false)));
    }
    return shown;
  }

  /** All single trustees are needed, and of a threshold group as many as its threshold. */
  private static JsonObject trustees(JsonArray parties) {
    int count = 0;
    int threshold = 0;
    for (var each : parties) {
      var party = (JsonArray) each;
      if (party.getString(0).equals(SINGLE)) {
        count++;
        threshold++;
      } else {
        count += party.getJsonObject(1).getJsonArray("verification_keys").size();
        threshold += party.getJsonObject(1).getInteger("threshold");
      }
    }
    return new JsonObject().put("count", count).put("threshold", threshold);
  }

  /**
   * Counts without reading the credentials: {@code ["E","E,WEIGHT",…]} may have a hundred thousand
   * entries of hundreds of digits.
   */
  private static JsonObject voters(byte[] credentials, JsonObject facts) {
    int count = 0;
    long weight = 0;
    boolean inside = false;
    long own = 0;
    for (byte character : credentials) {
      if (character == '"') {
        if (inside) {
          count++;
          weight += own < 0 ? 1 : own;
        }
        inside = !inside;
        own = -1;
      } else if (inside && character == ',') {
        own = 0;
      } else if (inside && own >= 0) {
        own = own * 10 + (character - '0');
      }
    }
    return facts.put("credentials", count).put("weight", weight);
  }
}
