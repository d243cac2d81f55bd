package io.madang.chain;

import io.madang.chain.json.CanonicalJson;
import io.madang.chain.json.JsonArray;
import io.madang.chain.json.JsonNumber;
import io.madang.chain.json.JsonObject;
import io.madang.chain.json.JsonText;
import io.madang.chain.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/**
 * What someone who verifies receipts trusts: a chain and its members. As a file: the members file
 * of {@code docs/formats.md}, section 6.
 *
 * @param chain the chain's id
 * @param named the members with their names, at least one
 */
public record TrustedMembers(String chain, List<Named> named) {
  private static final String FORMAT = "madang-members";
  private static final long VERSION = 1;
  private static final int MEMBERS = 4;
  private static final int MEMBER_MEMBERS = 3;
  private static final int MAX_NAME_LENGTH = 80;

  /**
   * A member with the name that people know it by.
   *
   * @param name 1 to 80 characters without control characters
   */
  public record Named(String name, Member member) {
    public Named {
      if (name.isEmpty()
          || name.length() > MAX_NAME_LENGTH
          || name.chars().anyMatch(Character::isISOControl)) {
        throw new IllegalArgumentException("a member's name has 1 to 80 characters");
      }
    }
  }

  /** What reading a members file gives. */
  public sealed interface Reading {
    /** The file is right. */
    record Read(TrustedMembers trusted) implements Reading {}

    /**
     * The file is no members file.
     *
     * @param detail one plain sentence
     */
    record Refused(String detail) implements Reading {}
  }

  /**
   * Checks that the members make a set.
   *
   * @throws IllegalArgumentException when they do not, or there is none, or the chain id has not
   *     the form of one
   */
  public TrustedMembers {
    named = List.copyOf(named);
    if (!ChainId.isValid(chain)) {
      throw new IllegalArgumentException("not a chain id: " + chain);
    }
    if (named.isEmpty()) {
      throw new IllegalArgumentException("a chain has at least one member");
    }
    setOf(named);
  }

  /** The members, without their names, in the order that counts. */
  public MemberSet members() {
    return setOf(named);
  }

  private static MemberSet setOf(List<Named> named) {
    return MemberSet.of(named.stream().map(Named::member).toList());
  }

  /** The members file. */
  public byte[] encode() {
    return CanonicalJson.bytes(
        JsonObject.builder()
            .put("chain", chain)
            .put("format", FORMAT)
            .put("members", new JsonArray(named.stream().map(TrustedMembers::json).toList()))
            .put("version", VERSION)
            .build());
  }

  private static JsonValue json(Named named) {
    return JsonObject.builder()
        .put("key", named.member.key().toString())
        .put("name", named.name)
        .put("power", named.member.power())
        .build();
  }

  /** Reads a members file, which must be canonical JSON; never throws. */
  public static Reading read(byte[] file) {
    return switch (CanonicalJson.read(file)) {
      case CanonicalJson.Result.Refused refused -> new Reading.Refused(refused.sentence());
      case CanonicalJson.Result.Read(var value) -> read(value);
    };
  }

  private static Reading read(JsonValue value) {
    if (!(value instanceof JsonObject json)
        || json.members().size() != MEMBERS
        || !(json.members().get("chain") instanceof JsonText(var chain))
        || !(json.members().get("format") instanceof JsonText(var format))
        || !(json.members().get("members") instanceof JsonArray(var items))
        || !(json.members().get("version") instanceof JsonNumber(var version))
        || !format.equals(FORMAT)
        || version != VERSION) {
      return new Reading.Refused("Not a members file of version 1.");
    }
    List<Named> named = new ArrayList<>();
    try {
      for (var item : items) {
        if (!(item instanceof JsonObject member)
            || member.members().size() != MEMBER_MEMBERS
            || !(member.members().get("key") instanceof JsonText(var key))
            || !(member.members().get("name") instanceof JsonText(var name))
            || !(member.members().get("power") instanceof JsonNumber(var power))) {
          return new Reading.Refused("A member has exactly a key, a name and a power.");
        }
        named.add(new Named(name, new Member(PublicKey.parse(key), power)));
      }
      return new Reading.Read(new TrustedMembers(chain, named));
    } catch (IllegalArgumentException impossible) {
      return new Reading.Refused("The members are not possible: " + impossible.getMessage() + ".");
    }
  }
}
