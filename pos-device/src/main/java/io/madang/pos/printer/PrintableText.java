package io.madang.pos.printer;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/**
 * Text reduced to characters that a Korean receipt printer shows, each with its width and the bytes
 * that print it. No byte of it is a control character, whatever the text: a memo cannot open the
 * drawer, cut the paper or ask for the status.
 *
 * <p>A printer has the characters of KS X 1001 in its memory, which are 2,350 of the 11,172 Hangul
 * syllables; those that it has not are drawn. Nothing ever becomes a question mark.
 */
public final class PrintableText {
  private static final int WON = 0x20A9;
  private static final byte WON_BYTE = 0x5C;
  private static final int BACKSLASH = '\\';
  private static final int WIDE_BACKSLASH = 0xFF3C;
  private static final int BOX = '□';
  private static final Charset EUC_KR = Charset.forName("EUC-KR");

  /**
   * One character as it is printed.
   *
   * @param columns 1, or 2 for a wide one
   * @param code the bytes that print it after {@link EscPosWriter#reset}; empty when the printer
   *     has no such character, so that it has to be drawn
   */
  public record Cell(int codePoint, int columns, byte[] code) {
    boolean isDrawn() {
      return code.length == 0;
    }
  }

  private PrintableText() {}

  /** The characters of a text. Never fails. */
  public static List<Cell> cells(String text) {
    var encoder = EUC_KR.newEncoder();
    var cells = new ArrayList<Cell>(text.length());
    // Syllables may come as their letters (as macOS names files); composed they are what is meant.
    Normalizer.normalize(text, Normalizer.Form.NFC)
        .codePoints()
        .forEach(codePoint -> add(codePoint, encoder, cells));
    return cells;
  }

  /** The width of a text in columns. */
  public static int columns(List<Cell> cells) {
    return cells.stream().mapToInt(Cell::columns).sum();
  }

  /**
   * Breaks a text into lines of at most this many columns, between characters; a wide character is
   * never split. An empty text is one empty line.
   *
   * @param columns at least 2
   */
  public static List<List<Cell>> wrap(List<Cell> cells, int columns) {
    if (columns < 2) throw new IllegalArgumentException("too narrow: " + columns);
    var lines = new ArrayList<List<Cell>>();
    var line = new ArrayList<Cell>();
    int used = 0;
    for (var cell : cells) {
      if (used + cell.columns() > columns) {
        lines.add(List.copyOf(line));
        line.clear();
        used = 0;
        // The end of the line separates already.
        if (cell.codePoint() == ' ') continue;
      }
      line.add(cell);
      used += cell.columns();
    }
    lines.add(List.copyOf(line));
    return lines;
  }

  private static void add(int codePoint, CharsetEncoder encoder, List<Cell> cells) {
    switch (Character.getType(codePoint)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> {
        // What separated words still does.
        if (Character.isWhitespace(codePoint)) cells.add(ascii(' '));
      }
      case Character.FORMAT,
          Character.SURROGATE,
          Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK -> {}
      case Character.SPACE_SEPARATOR -> cells.add(ascii(' '));
      default -> cells.add(cell(codePoint, encoder));
    }
  }

  private static Cell cell(int codePoint, CharsetEncoder encoder) {
    if (codePoint == WON) return new Cell(WON, 1, new byte[] {WON_BYTE});
    // The byte of a backslash prints the won sign.
    if (codePoint == BACKSLASH) return cell(WIDE_BACKSLASH, encoder);
    if (codePoint > ' ' && codePoint <= '~') return ascii(codePoint);
    byte[] pair = encode(codePoint, encoder);
    if (pair.length == 2) return new Cell(codePoint, 2, pair);
    return ReceiptFont.get()
        .glyph(codePoint)
        .map(glyph -> new Cell(codePoint, glyph.columns(), new byte[0]))
        .orElseGet(() -> new Cell(BOX, 2, encode(BOX, encoder)));
  }

  private static Cell ascii(int codePoint) {
    return new Cell(codePoint, 1, new byte[] {(byte) codePoint});
  }

  private static byte[] encode(int codePoint, CharsetEncoder encoder) {
    try {
      ByteBuffer bytes = encoder.encode(CharBuffer.wrap(Character.toChars(codePoint)));
      var code = new byte[bytes.remaining()];
      bytes.get(code);
      return code;
    } catch (CharacterCodingException _) {
      return new byte[0];
    }
  }
}
