package io.madang.voting.chain;

import io.madang.chain.Base64Url;
import io.madang.chain.Bytes;
import io.madang.chain.Hash;
import io.madang.chain.PublicKey;
import io.madang.chain.json.JsonArray;
import io.madang.chain.json.JsonNumber;
import io.madang.chain.json.JsonObject;
import io.madang.chain.json.JsonText;
import io.madang.chain.json.JsonValue;
import io.madang.voting.ElectionId;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the members of a JSON object strictly: each one is taken once with its type and range, and
 * {@link #end} refuses what nobody took.
 */
final class Members {
  private final JsonObject object;
  private final Set<String> taken = new HashSet<>();

  Members(JsonObject object) {
    this.object = object;
  }

  private JsonValue value(String name) {
    taken.add(name);
    return object.get(name).orElseThrow(() -> new Malformed(name, "is missing"));
  }

  void end() {
    for (var name : object.members().keySet()) {
      if (!taken.contains(name)) {
        throw new Malformed(name, "is unknown");
      }
    }
  }

  String text(String name) {
    if (value(name) instanceof JsonText(var text)) {
      return text;
    }
    throw new Malformed(name, "must be a string");
  }

  /** A text of 1 to {@code most} characters for people to read; lines may end in it. */
  String text(String name, int most) {
    var text = text(name);
    if (text.isBlank() || text.codePointCount(0, text.length()) > most) {
      throw new Malformed(name, "must have 1 to " + most + " characters");
    }
    if (text.chars().anyMatch(one -> Character.isISOControl(one) && one != '\n')) {
      throw new Malformed(name, "must not contain control characters");
    }
    return text;
  }

  Members object(String name) {
    if (value(name) instanceof JsonObject inner) {
      return new Members(inner);
    }
    throw new Malformed(name, "must be an object");
  }

  PublicKey key(String name) {
    try {
      return PublicKey.parse(text(name));
    } catch (IllegalArgumentException notKey) {
      throw new Malformed(name, "must be a public key");
    }
  }

  /** A record that stands in the object as a text. */
  Bytes record(String name) {
    return Bytes.of(text(name).getBytes(StandardCharsets.UTF_8));
  }

  Bytes base64(String name, int maxBytes) {
    return Base64Url.decode(text(name))
        .filter(bytes -> bytes.length > 0 && bytes.length <= maxBytes)
        .map(Bytes::of)
        .orElseThrow(() -> new Malformed(name, "must be base64url of 1 to " + maxBytes + " bytes"));
  }

  Hash hash(String name) {
    return hash(name, value(name));
  }

  private static Hash hash(String name, JsonValue value) {
    return Optional.of(value)
        .filter(JsonText.class::isInstance)
        .flatMap(text -> Base64Url.decode(((JsonText) text).value()))
        .filter(bytes -> bytes.length == Hash.LENGTH)
        .map(Hash::of)
        .orElseThrow(() -> new Malformed(name, "must be base64url of 32 bytes"));
  }

  /** At least one hash. */
  List<Hash> hashes(String name, int most) {
    var values = list(name, most);
    if (values.isEmpty()) {
      throw new Malformed(name, "must not be empty");
    }
    return values.stream().map(value -> hash(name, value)).toList();
  }

  long number(String name, long least, long most) {
    if (value(name) instanceof JsonNumber(long number) && number >= least && number <= most) {
      return number;
    }
    throw new Malformed(name, "must be an integer from " + least + " to " + most);
  }

  ElectionId election() {
    return ElectionId.parse(text("election"))
        .orElseThrow(() -> new Malformed("election", "must be 14 to 64 characters of Base58"));
  }

  RecordKind recordKind(String name) {
    return RecordKind.parse(text(name))
        .orElseThrow(() -> new Malformed(name, "is no kind of record"));
  }

  List<JsonValue> list(String name, int most) {
    if (value(name) instanceof JsonArray(var values) && values.size() <= most) {
      return values;
    }
    throw new Malformed(name, "must be a list of at most " + most);
  }
}
