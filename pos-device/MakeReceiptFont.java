import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.GlyphVector;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Draws the receipt printer's font once: every Hangul syllable, ASCII, Latin-1 and the symbols of KS
 * X 1001 as dots, out of Pretendard (SIL Open Font License 1.1). What it writes is committed, so
 * that a till needs no fonts, no freetype and no window system. To be run in this folder after the
 * pages were built: {@code java MakeReceiptFont.java}.
 *
 * <p>The file, deflated: a number of glyphs (4 bytes), then for each, in order: code point (4), columns
 * (1: a column has 12 dots), and 24 rows from the top, each of 2 or 3 bytes from the left.
 */
public class MakeReceiptFont {
  private static final Path SOURCE =
      Path.of(
          "../web-ui/node_modules/pretendard/dist/public/static/alternative/Pretendard-Medium.ttf");
  private static final Path TARGET =
      Path.of("src/main/resources/io/madang/pos/printer/receipt-24.font");
  private static final int HEIGHT = 24;
  private static final int COLUMN = 12;
  private static final int BASELINE = 20;
  private static final float SIZE = 23;

  public static void main(String[] arguments) throws Exception {
    var source = arguments.length > 0 ? Path.of(arguments[0]) : SOURCE;
    var font = Font.createFont(Font.TRUETYPE_FONT, source.toFile()).deriveFont(SIZE);
    var glyphs = new TreeMap<Integer, Integer>();
    for (int code = 0x20; code < 0x7F; code++) glyphs.put(code, 1);
    for (int code = 0xA1; code <= 0xFF; code++) glyphs.put(code, 1);
    glyphs.put(0x20A9, 1); // the won sign
    for (int code = '가'; code <= '힣'; code++) glyphs.put(code, 2);
    var wansung = Charset.forName("EUC-KR");
    for (int row = 0xA1; row <= 0xAC; row++) {
      for (int cell = 0xA1; cell <= 0xFE; cell++) {
        var text = new String(new byte[] {(byte) row, (byte) cell}, wansung);
        if (text.length() == 1 && text.charAt(0) != '\uFFFD') glyphs.put((int) text.charAt(0), 2);
      }
    }
    glyphs.keySet().removeIf(code -> !font.canDisplay(code));
    var bytes = new ByteArrayOutputStream();
    var deflater = new Deflater(Deflater.BEST_COMPRESSION);
    try (var out = new DataOutputStream(new DeflaterOutputStream(bytes, deflater))) {
      out.writeInt(glyphs.size());
      for (var glyph : glyphs.entrySet()) {
        out.writeInt(glyph.getKey());
        out.writeByte(glyph.getValue());
        out.write(draw(font, glyph.getKey(), glyph.getValue() * COLUMN));
      }
    }
    Files.write(TARGET, bytes.toByteArray());
    System.out.println(glyphs.size() + " glyphs, " + bytes.size() + " bytes");
  }

  private static byte[] draw(Font font, int code, int width) throws IOException {
    var image = new BufferedImage(width, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D pen = image.createGraphics();
    pen.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_OFF);
    pen.setColor(Color.WHITE);
    GlyphVector glyph = font.createGlyphVector(pen.getFontRenderContext(), Character.toString(code));
    double advance = glyph.getGlyphMetrics(0).getAdvance();
    if (advance > width) {
      glyph =
          font.deriveFont(AffineTransform.getScaleInstance((width - 0.5) / advance, 1))
              .createGlyphVector(pen.getFontRenderContext(), Character.toString(code));
      advance = width - 0.5;
    }
    pen.drawGlyphVector(glyph, Math.round((width - advance) / 2), BASELINE);
    var rows = new byte[HEIGHT * ((width + 7) / 8)];
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < width; x++) {
        if ((image.getRaster().getSample(x, y, 0) & 0x80) != 0) {
          rows[y * ((width + 7) / 8) + x / 8] |= (byte) (0x80 >> x % 8);
        }
      }
    }
    return rows;
  }
}
