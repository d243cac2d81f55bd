package io.madang.chain.json;

/** An integer that every JSON reader represents exactly, browsers included. */
public record JsonNumber(long value) implements JsonValue {
  /** 2^53 - 1, the largest integer that JavaScript holds exactly (RFC 8259 section 6). */
  public static final long MAX = (1L << 53) - 1;

  public JsonNumber {
    if (value < -MAX || value > MAX) {
      throw new IllegalArgumentException("not exact in every JSON reader: " + value);
    }
  }
}
