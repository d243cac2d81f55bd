package io.madang.gateway.command.election;

/** Text from files as a terminal may show it. */
final class Shown {
  private static final int MAX_LENGTH = 2_000;

  private Shown() {}

  /** The text without control characters, which could make a terminal say something else. */
  static String text(String text) {
    var shown = new StringBuilder();
    text.codePoints()
        .limit(MAX_LENGTH)
        .map(c -> Character.isISOControl(c) ? 0xFFFD : c)
        .forEach(shown::appendCodePoint);
    return shown.toString();
  }
}
