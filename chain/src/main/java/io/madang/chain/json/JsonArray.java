package io.madang.chain.json;

import java.util.List;

/** An ordered list of values. */
public record JsonArray(List<JsonValue> values) implements JsonValue {
  public JsonArray {
    values = List.copyOf(values);
  }
}
