package io.madang.gateway.statement;

import io.madang.gateway.statement.PdfFonts.Face;
import java.awt.Color;
import java.io.IOException;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionURI;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationLink;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDBorderStyleDictionary;

/** A page of A4 to draw on. Points; y grows downwards from the top, and text stands on it. */
final class PdfPage implements AutoCloseable {
  static final float WIDTH = PDRectangle.A4.getWidth();
  static final float HEIGHT = PDRectangle.A4.getHeight();

  /** The look of the pages (web-ui, tokens.css) on white paper. */
  static final Color INK = new Color(0x1c2321);

  static final Color SOFT = new Color(0x59605b);
  static final Color LINE = new Color(0xe3dccd);
  static final Color SUNKEN = new Color(0xf1ece1);
  static final Color ACCENT = new Color(0x0f6b54);
  static final Color ACCENT_SOFT = new Color(0xe0efe7);
  static final Color CINNABAR = new Color(0xbf4a34);
  static final Color WAITING = new Color(0x7d4d00);
  static final Color WAITING_SOFT = new Color(0xfcefd6);

  private final PDPage page;
  private final PDPageContentStream content;

  /** A new page at the end of a document. */
  PdfPage(PDDocument document) throws IOException {
    page = new PDPage(PDRectangle.A4);
    document.addPage(page);
    content = new PDPageContentStream(document, page);
  }

  /** A page that is drawn on once more. */
  PdfPage(PDDocument document, PDPage page) throws IOException {
    this.page = page;
    content =
        new PDPageContentStream(document, page, PDPageContentStream.AppendMode.APPEND, true, true);
  }

  /** Letters of one weight, size and colour. */
  record Lettering(Face face, float size, Color colour) {}

  /** Text from x to the right; it has to be {@link Face#shown shown}. */
  void text(float x, float y, Lettering type, String shown) throws IOException {
    begin(x, y, type);
    content.showText(shown);
    content.endText();
  }

  /** A text that ends at x. */
  void textUntil(float x, float y, Lettering type, String shown) throws IOException {
    text(x - type.face().width(shown, type.size()), y, type, shown);
  }

  private void begin(float x, float y, Lettering type) throws IOException {
    content.beginText();
    content.setFont(type.face().font, type.size());
    content.setNonStrokingColor(type.colour());
    content.newLineAtOffset(x, HEIGHT - y);
  }

  /** A filled rectangle, by its upper left corner. */
  void box(float x, float y, float width, float height, Color colour) throws IOException {
    content.setNonStrokingColor(colour);
    content.addRect(x, HEIGHT - y - height, width, height);
    content.fill();
  }

  /** A horizontal line. */
  void rule(float x, float y, float width, float thickness, Color colour) throws IOException {
    box(x, y, width, thickness, colour);
  }

  /** Makes a rectangle lead to an address. */
  void link(float x, float y, float width, float height, String address) throws IOException {
    var link = new PDAnnotationLink();
    var border = new PDBorderStyleDictionary();
    border.setWidth(0);
    link.setBorderStyle(border);
    link.setRectangle(new PDRectangle(x, HEIGHT - y - height, width, height));
    var action = new PDActionURI();
    action.setURI(address);
    link.setAction(action);
    page.getAnnotations().add(link);
  }

  @Override
  public void close() throws IOException {
    content.close();
  }
}
