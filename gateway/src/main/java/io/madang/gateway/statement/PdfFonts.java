package io.madang.gateway.statement;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.jspecify.annotations.Nullable;

/**
 * Pretendard (SIL Open Font License 1.1) from the pages' own package, of which a document gets the
 * glyphs that it needs. Where the pages were not built there is none.
 */
final class PdfFonts {
  private static final String REGULAR = "/fonts/Pretendard-Regular.ttf";
  private static final String BOLD = "/fonts/Pretendard-SemiBold.ttf";

  /** Stands for a character that the font does not have. */
  private static final char MISSING = '□';

  /** In thousandths of the size, as glyphs are measured. */
  private static final float THOUSAND = 1_000;

  final Face regular;
  final Face bold;

  PdfFonts(PDDocument document) throws IOException {
    regular = load(document, REGULAR);
    bold = load(document, BOLD);
  }

  /** Whether this program was built with the fonts. */
  static boolean areThere() {
    return PdfFonts.class.getResource(REGULAR) != null && PdfFonts.class.getResource(BOLD) != null;
  }

  private static Face load(PDDocument document, String name) throws IOException {
    try (InputStream in = PdfFonts.class.getResourceAsStream(name)) {
      if (in == null) throw new IllegalStateException("the font " + name + " is not there");
      var font = new TTFParser().parse(new RandomAccessReadBuffer(in.readAllBytes()));
      // No ligatures: what is copied out of the document is what was written.
      font.setEnableGsub(false);
      document.registerTrueTypeFontForClosing(font);
      return new Face(
          PDType0Font.load(document, font, /* embedSubset= */ true), font.getUnicodeCmapLookup());
    }
  }

  /** One weight of the font. */
  static final class Face {
    final PDType0Font font;
    private final CmapLookup glyphs;

    Face(PDType0Font font, @Nullable CmapLookup glyphs) {
      this.font = font;
      if (glyphs == null) throw new IllegalStateException("the font has no table of characters");
      this.glyphs = glyphs;
    }

    /** The text with what this face can show. */
    String shown(String text) {
      var shown = new StringBuilder(text.length());
      text.codePoints()
          .forEach(code -> shown.appendCodePoint(glyphs.getGlyphId(code) == 0 ? MISSING : code));
      return shown.toString();
    }

    /** How wide a shown text is, in points. */
    float width(String shown, float size) throws IOException {
      return font.getStringWidth(shown) * size / THOUSAND;
    }

    /** The text, or its beginning with an ellipsis where it is wider than this. */
    String fit(String text, float size, float width) throws IOException {
      var shown = shown(text);
      if (width(shown, size) <= width) return shown;
      int end = shown.length();
      while (end > 0 && width(shown.substring(0, end) + "…", size) > width) {
        end = shown.offsetByCodePoints(end, -1);
      }
      return shown.substring(0, end).stripTrailing() + "…";
    }

    /** The text in lines that are no wider than this, broken at spaces. */
    List<String> wrap(String text, float size, float width) throws IOException {
      var lines = new ArrayList<String>();
      var line = new StringBuilder();
      for (var word : shown(text).split(" ", -1)) {
        var longer = line.isEmpty() ? word : line + " " + word;
        if (width(longer, size) > width && !line.isEmpty()) {
          lines.add(line.toString());
          line.setLength(0);
          line.append(word);
        } else {
          line.setLength(0);
          line.append(longer);
        }
      }
      lines.add(line.toString());
      return lines;
    }
  }
}
