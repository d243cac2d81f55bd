package io.madang.ledger;

import io.madang.chain.ChainApplication.Position;
import io.madang.chain.Hash;
import io.madang.chain.PublicKey;
import io.madang.chain.json.JsonArray;
import io.madang.chain.json.JsonFlag;
import io.madang.chain.json.JsonNumber;
import io.madang.chain.json.JsonObject;
import io.madang.chain.json.JsonText;
import io.madang.chain.json.JsonValue;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the members of a JSON object strictly: each one is taken once with its type and range, and
 * {@link #end} refuses what nobody took. Faults name the member by its path.
 */
final class Members {
  private static final int MAX_INDEX = (1 << 20) - 1;

  private final String path;
  private final JsonObject object;
  private final ArrayList<String> taken = new ArrayList<>();

  Members(String path, JsonObject object) {
    this.path = path;
    this.object = object;
  }

  String pathOf(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  boolean has(String name) {
    return object.get(name).isPresent();
  }

  /** Refuses every member that was not taken. */
  void end() {
    for (var name : object.members().keySet()) {
      if (!taken.contains(name)) {
        throw new Malformed(pathOf(name), "is unknown");
      }
    }
  }

  private @Nullable JsonValue optional(String name) {
    taken.add(name);
    return object.get(name).orElse(null);
  }

  private JsonValue value(String name) {
    var value = optional(name);
    if (value == null) {
      throw new Malformed(pathOf(name), "is missing");
    }
    return value;
  }

  String text(String name) {
    return text(name, value(name));
  }

  private String text(String name, JsonValue value) {
    if (value instanceof JsonText text) {
      return text.value();
    }
    throw new Malformed(pathOf(name), "must be a string");
  }

  long number(String name, long least, long most) {
    if (!(value(name) instanceof JsonNumber number)) {
      throw new Malformed(pathOf(name), "must be an integer");
    }
    if (number.value() < least || number.value() > most) {
      throw new Malformed(pathOf(name), "must be from " + least + " to " + most);
    }
    return number.value();
  }

  int smallNumber(String name, int least, int most) {
    return Math.toIntExact(number(name, least, most));
  }

  /** An amount of money: at least one minor unit. */
  long amount(String name) {
    return number(name, 1, Amount.MAX_MINOR_UNITS);
  }

  /** A sum that may be owed in either direction. */
  long signedAmount(String name) {
    return number(name, -Amount.MAX_MINOR_UNITS, Amount.MAX_MINOR_UNITS);
  }

  long timeMillis(String name) {
    return number(name, 0, JsonNumber.MAX);
  }

  boolean flag(String name) {
    if (value(name) instanceof JsonFlag flag) {
      return flag.value();
    }
    throw new Malformed(pathOf(name), "must be true or false");
  }

  Members object(String name) {
    if (value(name) instanceof JsonObject inner) {
      return new Members(pathOf(name), inner);
    }
    throw new Malformed(pathOf(name), "must be an object");
  }

  /** The object itself. */
  JsonObject json() {
    return object;
  }

  AccountId account(String name) {
    return parsed(name, text(name), AccountId::parse);
  }

  AssetCode asset(String name) {
    return parsed(name, text(name), AssetCode::new);
  }

  ProgrammeCode programme(String name) {
    return parsed(name, text(name), ProgrammeCode::new);
  }

  ProgrammeKind programmeKind(String name) {
    return ProgrammeKind.parse(text(name))
        .orElseThrow(() -> new Malformed(pathOf(name), "is no kind of programme"));
  }

  PayoutId payoutId(String name) {
    return parsed(name, text(name), PayoutId::parse);
  }

  Hash hash(String name) {
    return parsed(name, text(name), Members::parseHash);
  }

  /** A hash in base64url. */
  static Hash parseHash(String text) {
    var bytes = Base64.getUrlDecoder().decode(text);
    var hash = Hash.of(bytes);
    if (!Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(text)) {
      throw new IllegalArgumentException("not the one base64url form");
    }
    return hash;
  }

  PublicKey key(String name) {
    return parsed(name, text(name), PublicKey::parse);
  }

  AccountKind accountKind(String name) {
    return AccountKind.parse(text(name))
        .orElseThrow(() -> new Malformed(pathOf(name), "is no kind of account"));
  }

  AssetKind assetKind(String name) {
    return AssetKind.parse(text(name))
        .orElseThrow(() -> new Malformed(pathOf(name), "is no kind of asset"));
  }

  String label(String name) {
    var label = text(name);
    if (!TextForms.isLabel(label)) {
      throw new Malformed(pathOf(name), "must be 1 to 20 of a-z, 0-9, space and hyphen");
    }
    return label;
  }

  String reference(String name) {
    var reference = text(name);
    if (!TextForms.isReference(reference)) {
      throw new Malformed(
          pathOf(name), "must be 1 to 35 printable ASCII characters, no quotes, no backslash");
    }
    return reference;
  }

  /** A reference, or the empty string when there is none. */
  String optionalReference(String name) {
    return has(name) ? reference(name) : "";
  }

  /** A position in the form {@code height.index}. */
  Position position(String name) {
    return parsed(name, text(name), Members::parsePosition);
  }

  static Position parsePosition(String text) {
    int dot = text.indexOf('.');
    if (dot < 0) {
      throw new IllegalArgumentException("a position is height.index");
    }
    var position =
        new Position(
            plainNumber(text.substring(0, dot), JsonNumber.MAX),
            Math.toIntExact(plainNumber(text.substring(dot + 1), MAX_INDEX)));
    if (position.height() < 1) {
      throw new IllegalArgumentException("heights begin at 1");
    }
    return position;
  }

  /** ASCII digits only: {@link Long#parseLong} would take signs and other scripts' digits. */
  private static long plainNumber(String digits, long most) {
    if (digits.isEmpty()
        || digits.length() > 16
        || (digits.length() > 1 && digits.startsWith("0"))) {
      throw new IllegalArgumentException("not a plain number");
    }
    long value = 0;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      if (c < '0' || c > '9') {
        throw new IllegalArgumentException("not a plain number");
      }
      value = value * 10 + (c - '0');
    }
    if (value > most) {
      throw new IllegalArgumentException("the number is too large");
    }
    return value;
  }

  /** A list of strings, each read by {@code reader}. */
  <T> List<T> texts(String name, int most, Function<String, T> reader) {
    var items = array(name, most);
    var read = new ArrayList<T>(items.size());
    for (int i = 0; i < items.size(); i++) {
      var place = name + "." + i;
      read.add(parsed(place, text(place, items.get(i)), reader));
    }
    return read;
  }

  /** A list of objects. */
  List<Members> objects(String name, int most) {
    var items = array(name, most);
    var read = new ArrayList<Members>(items.size());
    for (int i = 0; i < items.size(); i++) {
      var place = pathOf(name + "." + i);
      if (!(items.get(i) instanceof JsonObject inner)) {
        throw new Malformed(place, "must be an object");
      }
      read.add(new Members(place, inner));
    }
    return read;
  }

  private List<JsonValue> array(String name, int most) {
    if (!(value(name) instanceof JsonArray array)) {
      throw new Malformed(pathOf(name), "must be a list");
    }
    if (array.values().size() > most) {
      throw new Malformed(pathOf(name), "has more than " + most + " items");
    }
    return array.values();
  }

  /** The limits of an account; a limit that is absent is none. */
  Limits limits(String name) {
    var limits = object(name);
    var read =
        new Limits(limits.limit("perPayment"), limits.limit("perDay"), limits.limit("heldAtOnce"));
    limits.end();
    return read;
  }

  /** A cap, {@link Limits#UNLIMITED} when it is absent. */
  long limit(String name) {
    return has(name) ? number(name, 0, Amount.MAX_MINOR_UNITS) : Limits.UNLIMITED;
  }

  private <T> T parsed(String name, String text, Function<String, T> reader) {
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException fault) {
      throw new Malformed(pathOf(name), "is not well-formed: " + fault.getMessage());
    }
  }
}
