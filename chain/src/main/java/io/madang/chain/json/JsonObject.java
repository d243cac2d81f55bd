package io.madang.chain.json;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Named values in ascending order of their names, each name once. */
public final class JsonObject implements JsonValue {
  private final SortedMap<String, JsonValue> members;

  JsonObject(SortedMap<String, JsonValue> members) {
    this.members = Collections.unmodifiableSortedMap(members);
  }

  /** An object to be filled with {@link Builder#put}. */
  public static Builder builder() {
    return new Builder();
  }

  /** The members, in ascending order of their names. */
  public SortedMap<String, JsonValue> members() {
    return members;
  }

  /** The member of this name, if there is one. */
  public Optional<JsonValue> get(String name) {
    return Optional.ofNullable(members.get(name));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JsonObject object && members.equals(object.members);
  }

  @Override
  public int hashCode() {
    return members.hashCode();
  }

  @Override
  public String toString() {
    return canonical();
  }

  /** Collects members in any order. */
  public static final class Builder {
    private final TreeMap<String, JsonValue> members = new TreeMap<>();

    private Builder() {}

    /**
     * Adds a member.
     *
     * @throws IllegalArgumentException when the name is there already
     */
    public Builder put(String name, JsonValue value) {
      if (members.putIfAbsent(name, value) != null) {
        throw new IllegalArgumentException("twice: " + name);
      }
      return this;
    }

    /** Adds a string. */
    public Builder put(String name, String value) {
      return put(name, new JsonText(value));
    }

    /** Adds an integer. */
    public Builder put(String name, long value) {
      return put(name, new JsonNumber(value));
    }

    /** Adds a flag. */
    public Builder put(String name, boolean value) {
      return put(name, new JsonFlag(value));
    }

    /** Adds a list of strings. */
    public Builder put(String name, List<String> values) {
      return put(name, new JsonArray(values.stream().<JsonValue>map(JsonText::new).toList()));
    }

    /** The finished object; the builder is not used again. */
    public JsonObject build() {
      return new JsonObject(new TreeMap<>(members));
    }
  }
}
