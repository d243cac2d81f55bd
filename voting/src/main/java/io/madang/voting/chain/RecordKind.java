package io.madang.voting.chain;

import java.util.Arrays;
import java.util.Optional;

/** The three records that define an election. */
public enum RecordKind {
  ELECTION("election"),
  TRUSTEES("trustees"),
  CREDENTIALS("credentials");

  private final String text;

  RecordKind(String text) {
    this.text = text;
  }

  static Optional<RecordKind> parse(String text) {
    return Arrays.stream(values()).filter(kind -> kind.text.equals(text)).findFirst();
  }

  @Override
  public String toString() {
    return text;
  }
}
