package io.madang.pos.printer;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.InflaterInputStream;

/**
 * The dots of characters, 24 rows high: every Hangul syllable, ASCII, Latin-1 and most symbols of
 * KS X 1001. Drawn once out of Pretendard (SIL Open Font License 1.1) by {@code
 * MakeReceiptFont.java}, so that a till needs no font and no window system.
 */
public final class ReceiptFont {
  /** Rows of a glyph. */
  public static final int HEIGHT = 24;

  /** Dots of a column; a Hangul syllable is two columns wide. */
  public static final int COLUMN = 12;

  private static final int MAX_GLYPHS = 65_536;

  /**
   * The dots of one character.
   *
   * @param columns 1 or 2
   * @param rows {@link #HEIGHT} rows of whole bytes, the leftmost dot in the highest bit
   */
  public record Glyph(int columns, byte[] rows) {
    /** Whether there is a dot. */
    public boolean dot(int x, int y) {
      int bytes = (columns * COLUMN + 7) / 8;
      return (rows[y * bytes + x / 8] & 0x80 >> x % 8) != 0;
    }
  }

  private static final class Holder {
    static final ReceiptFont FONT = load();
  }

  private final Map<Integer, Glyph> glyphs;

  private ReceiptFont(Map<Integer, Glyph> glyphs) {
    this.glyphs = glyphs;
  }

  /** The font, read when it is first asked for. */
  public static ReceiptFont get() {
    return Holder.FONT;
  }

  public Optional<Glyph> glyph(int codePoint) {
    return Optional.ofNullable(glyphs.get(codePoint));
  }

  private static ReceiptFont load() {
    try (InputStream in = ReceiptFont.class.getResourceAsStream("receipt-24.font")) {
      if (in == null) throw new IllegalStateException("the receipt font is not there");
      var data = new DataInputStream(new InflaterInputStream(in));
      int count = data.readInt();
      if (count < 1 || count > MAX_GLYPHS) throw new IllegalStateException("no font");
      var glyphs = new HashMap<Integer, Glyph>(count * 2);
      for (int i = 0; i < count; i++) {
        int codePoint = data.readInt();
        int columns = data.readByte();
        var rows = new byte[HEIGHT * ((columns * COLUMN + 7) / 8)];
        data.readFully(rows);
        glyphs.put(codePoint, new Glyph(columns, rows));
      }
      return new ReceiptFont(glyphs);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
