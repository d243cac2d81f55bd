package io.madang.chain.json;

/** {@code true} or {@code false}. */
public record JsonFlag(boolean value) implements JsonValue {}
