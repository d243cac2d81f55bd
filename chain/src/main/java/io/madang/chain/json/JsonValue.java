package io.madang.chain.json;

/**
 * A value of canonical JSON. There is no null and no fraction: amounts and times are integers, and
 * what is absent is left out.
 */
public sealed interface JsonValue permits JsonObject, JsonArray, JsonText, JsonNumber, JsonFlag {

  /** The canonical text of this value. */
  default String canonical() {
    var out = new StringBuilder();
    CanonicalJson.write(this, out);
    return out.toString();
  }
}
