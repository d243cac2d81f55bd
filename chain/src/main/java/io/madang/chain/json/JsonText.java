package io.madang.chain.json;

/** A string of Unicode characters, without lone surrogates. */
public record JsonText(String value) implements JsonValue {}
