package io.madang.gateway.statement;

import java.text.Normalizer;

/**
 * Text that others wrote, as it may stand in a file: one line, without anything that a program
 * could take for more than text to be read.
 */
final class PlainText {
  /** Longer than any reference; nobody's cell shall fill a screen. */
  static final int MAX_CODE_POINTS = 200;

  /** What spreadsheets take for the beginning of a formula; full-width forms in some of them. */
  private static final String FORMULA_SIGNS = "=+-@＝＋－＠";

  private PlainText() {}

  /**
   * Precomposed (NFC), with a space for each control, line break, direction mark, unpaired
   * surrogate or unassigned code point, without spaces at its ends, and cut with an ellipsis.
   */
  static String of(String text) {
    var cut = new StringBuilder();
    int count = 0;
    var code = Normalizer.normalize(text, Normalizer.Form.NFC).codePoints().iterator();
    while (code.hasNext()) {
      if (++count > MAX_CODE_POINTS) {
        cut.append('…');
        break;
      }
      int next = code.nextInt();
      if (isHarmless(next)) cut.appendCodePoint(next);
      else cut.append(' ');
    }
    return cut.toString().strip();
  }

  private static boolean isHarmless(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  /**
   * The same for a cell of a table without types: what a spreadsheet would take for a formula gets
   * an apostrophe before it (OWASP, CSV injection).
   */
  static String ofCell(String text) {
    var plain = of(text);
    return !plain.isEmpty() && FORMULA_SIGNS.indexOf(plain.charAt(0)) >= 0 ? "'" + plain : plain;
  }
}
