package io.madang.gateway.engine;

import io.madang.chain.TrustedMembers;
import io.madang.chain.json.CanonicalJson;
import io.madang.chain.json.JsonNumber;
import io.madang.chain.json.JsonObject;

/**
 * What a chain begins with; its canonical JSON is stored and exported (formats, section 5).
 *
 * @param members the chain's identifier and who signs its blocks
 * @param timeMillis the time before its first block
 * @param applicationState what the application begins with
 */
public record Genesis(TrustedMembers members, long timeMillis, JsonObject applicationState) {
  private static final int MEMBERS = 4;
  private static final long VERSION = 1;

  /** The chain's identifier. */
  public String chain() {
    return members.chain();
  }

  /** The canonical JSON document. */
  public JsonObject document() {
    return JsonObject.builder()
        .put("app_state", applicationState)
        .put("members", membersFile())
        .put("timeMillis", timeMillis)
        .put("version", VERSION)
        .build();
  }

  /** The members file (formats, section 6). */
  public JsonObject membersFile() {
    return object(members.encode());
  }

  /**
   * Reads a document.
   *
   * @throws IllegalArgumentException when it is not exactly one
   */
  public static Genesis read(byte[] document) {
    var all = object(document).members();
    if (!(all.get("app_state") instanceof JsonObject state)
        || !(all.get("members") instanceof JsonObject file)
        || !(all.get("timeMillis") instanceof JsonNumber(var timeMillis))
        || !(all.get("version") instanceof JsonNumber(var version))
        || all.size() != MEMBERS
        || version != VERSION) {
      throw new IllegalArgumentException("not a genesis document of version " + VERSION);
    }
    return switch (TrustedMembers.read(CanonicalJson.bytes(file))) {
      case TrustedMembers.Reading.Read(var members) -> new Genesis(members, timeMillis, state);
      case TrustedMembers.Reading.Refused(var detail) -> throw new IllegalArgumentException(detail);
    };
  }

  private static JsonObject object(byte[] json) {
    if (CanonicalJson.read(json) instanceof CanonicalJson.Result.Read(JsonObject object)) {
      return object;
    }
    throw new IllegalArgumentException("not a canonical JSON object");
  }
}
