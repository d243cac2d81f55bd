package io.madang.gateway.engine;

import io.madang.chain.ChainId;
import io.madang.chain.Member;
import io.madang.chain.MemberSet;
import io.madang.chain.PublicKey;
import io.madang.chain.json.CanonicalJson;
import io.madang.chain.json.JsonArray;
import io.madang.chain.json.JsonNumber;
import io.madang.chain.json.JsonObject;
import io.madang.chain.json.JsonText;
import io.madang.chain.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/**
 * What a chain begins with; its canonical JSON is stored and exported (formats, section 5).
 *
 * @param chain its identifier
 * @param timeMillis the time before its first block
 * @param members who signs its blocks
 * @param applicationState what the application begins with
 */
public record Genesis(
    String chain, long timeMillis, List<NamedMember> members, JsonObject applicationState) {
  private static final long VERSION = 1;

  public Genesis {
    if (!ChainId.isValid(chain)) {
      throw new IllegalArgumentException("not a chain id: " + chain);
    }
    members = List.copyOf(members);
  }

  /** The members whose signatures count. */
  public MemberSet memberSet() {
    return MemberSet.of(members.stream().map(NamedMember::member).toList());
  }

  /** The canonical JSON document. */
  public JsonObject document() {
    return JsonObject.builder()
        .put("app_state", applicationState)
        .put("chain", chain)
        .put("members", memberList())
        .put("timeMillis", timeMillis)
        .put("version", VERSION)
        .build();
  }

  /** The members as the members file lists them (formats, section 6). */
  public JsonArray memberList() {
    return new JsonArray(
        members.stream()
            .<JsonValue>map(
                named ->
                    JsonObject.builder()
                        .put("key", named.member().key().toString())
                        .put("name", named.name())
                        .put("power", named.member().power())
                        .build())
            .toList());
  }

  /**
   * Reads a document.
   *
   * @throws IllegalArgumentException when it is not exactly one
   */
  public static Genesis read(byte[] document) {
    if (!(CanonicalJson.read(document) instanceof CanonicalJson.Result.Read(JsonObject object))
        || !(object.members().get("app_state") instanceof JsonObject state)
        || !(object.members().get("chain") instanceof JsonText(var chain))
        || !(object.members().get("members") instanceof JsonArray list)
        || !(object.members().get("timeMillis") instanceof JsonNumber(var timeMillis))
        || !(object.members().get("version") instanceof JsonNumber(var version))
        || object.members().size() != 5
        || version != VERSION) {
      throw new IllegalArgumentException("not a genesis document of version " + VERSION);
    }
    var members = new ArrayList<NamedMember>();
    for (var value : list.values()) {
      if (!(value instanceof JsonObject member)
          || !(member.members().get("key") instanceof JsonText(var key))
          || !(member.members().get("name") instanceof JsonText(var name))
          || !(member.members().get("power") instanceof JsonNumber(var power))
          || member.members().size() != 3) {
        throw new IllegalArgumentException("not a member of a genesis document: " + value);
      }
      members.add(new NamedMember(name, new Member(PublicKey.parse(key), power)));
    }
    return new Genesis(chain, timeMillis, members, state);
  }
}
