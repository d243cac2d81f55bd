package io.madang.pos.printer;

import io.madang.chain.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes ESC/POS commands for a printer with Korean characters (KS X 1001). Text comes in as {@link
 * PrintableText.Cell}s only, so that a control character is always one that was written here.
 */
public final class EscPosWriter {
  /** Where a line stands. */
  public enum Align {
    LEFT(0),
    CENTRE(1),
    RIGHT(2);

    private final int code;

    Align(int code) {
      this.code = code;
    }
  }

  private static final int ESC = 0x1B;
  private static final int FS = 0x1C;
  private static final int GS = 0x1D;
  private static final int LF = 0x0A;
  private static final int KOREA = 0x0D;
  private static final int DOUBLE = 0x11;
  private static final int LINE_HEIGHT = 30;
  private static final int MAX_QR_BYTES = 512;
  private static final int[][] QR_DOTS = {{60, 7}, {130, 5}, {300, 4}, {MAX_QR_BYTES, 3}};

  /** Rows of a drawn line that one command carries: none is longer than a QR code's. */
  private static final int STRIP = 6;

  /** The bytes of a piece, unless one command alone has more. */
  private static final int PIECE_BYTES = 256;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final List<byte[]> pieces = new ArrayList<>();
  private boolean isDouble;

  /**
   * As after switching on, with Korean characters and the won sign in the place of the backslash.
   */
  public EscPosWriter reset() {
    isDouble = false;
    return command(ESC, '@').command(ESC, 't', 0).command(FS, '&').command(ESC, 'R', KOREA);
  }

  public EscPosWriter align(Align align) {
    return command(ESC, 'a', align.code);
  }

  public EscPosWriter bold(boolean on) {
    return command(ESC, 'E', on ? 1 : 0);
  }

  /** Twice as wide and high, so that a line has half the columns; or as usual. */
  public EscPosWriter twice(boolean on) {
    isDouble = on;
    return command(GS, '!', on ? DOUBLE : 0);
  }

  /** One line; it is drawn as dots when it has a character that the printer lacks. */
  public EscPosWriter line(List<PrintableText.Cell> cells) {
    if (cells.stream().anyMatch(PrintableText.Cell::isDrawn)) return drawn(cells);
    for (var cell : cells) out.writeBytes(cell.code());
    out.write(LF);
    return ended();
  }

  public EscPosWriter line(String text) {
    return line(PrintableText.cells(text));
  }

  /** Blank lines, at most 255. */
  public EscPosWriter feed(int lines) {
    return command(ESC, 'd', lines);
  }

  /** Cuts the paper, but for a bit in the middle. */
  public EscPosWriter cut() {
    return command(GS, 'V', 0x31);
  }

  /** Opens the drawer: a pulse of 200 ms. */
  public EscPosWriter drawer() {
    return command(ESC, 'p', 0x30, 100, 200);
  }

  /**
   * A QR code of a text, as large as fits the narrow paper.
   *
   * @param text at most 512 bytes in UTF-8, without control characters: a printer that knows no QR
   *     codes would obey them
   */
  public EscPosWriter qr(String text) {
    byte[] data = text.getBytes(StandardCharsets.UTF_8);
    if (data.length == 0
        || data.length > MAX_QR_BYTES
        || text.codePoints().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("not the text of a QR code: " + data.length + " bytes");
    }
    int dots = 0;
    for (var step : QR_DOTS) {
      if (dots == 0 && data.length <= step[0]) dots = step[1];
    }
    qrCommand('A', 0x32, 0);
    qrCommand('C', dots);
    qrCommand('E', 0x31);
    command(GS, '(', 'k', (data.length + 3) & 0xFF, (data.length + 3) >> 8, 0x31, 'P', 0x30);
    out.writeBytes(data);
    qrCommand('Q', 0x30);
    return ended();
  }

  /** Asks how the printer is, beside what it prints: 1 to 4 (DLE EOT). */
  static Bytes askStatus(int which) {
    return Bytes.of(new byte[] {0x10, 0x04, (byte) which});
  }

  /** Asks for the paper once everything before was printed (GS r). */
  static Bytes askPrinted() {
    return Bytes.of(new byte[] {GS, 'r', 1});
  }

  /** NULs to fill whatever command was cut off; a printer that waits for none ignores them. */
  static Bytes fillBrokenCommand() {
    return Bytes.of(new byte[MAX_QR_BYTES + PIECE_BYTES]);
  }

  /** Everything that was written. */
  public byte[] toByteArray() {
    var all = new ByteArrayOutputStream();
    pieces.forEach(all::writeBytes);
    all.writeBytes(out.toByteArray());
    return all.toByteArray();
  }

  /** The same in pieces, between which the printer may be asked something: none cuts a command. */
  List<byte[]> toPieces() {
    var all = new ArrayList<>(pieces);
    if (out.size() > 0) all.add(out.toByteArray());
    return all;
  }

  private EscPosWriter ended() {
    if (out.size() >= PIECE_BYTES) {
      pieces.add(out.toByteArray());
      out.reset();
    }
    return this;
  }

  private void qrCommand(int function, int... parameters) {
    command(GS, '(', 'k', parameters.length + 2, 0, 0x31, function);
    command(parameters);
  }

  private EscPosWriter drawn(List<PrintableText.Cell> cells) {
    int width = PrintableText.columns(cells) * ReceiptFont.COLUMN;
    int rowBytes = (width + 7) / 8;
    var dots = new byte[rowBytes * LINE_HEIGHT];
    int above = (LINE_HEIGHT - ReceiptFont.HEIGHT) / 2;
    int left = 0;
    for (var cell : cells) {
      var glyph = ReceiptFont.get().glyph(cell.codePoint());
      for (int y = 0; glyph.isPresent() && y < ReceiptFont.HEIGHT; y++) {
        for (int x = 0; x < glyph.get().columns() * ReceiptFont.COLUMN; x++) {
          if (!glyph.get().dot(x, y)) continue;
          dots[(above + y) * rowBytes + (left + x) / 8] |= (byte) (0x80 >> (left + x) % 8);
        }
      }
      left += cell.columns() * ReceiptFont.COLUMN;
    }
    for (int row = 0; row < LINE_HEIGHT; row += STRIP) {
      command(GS, 'v', '0', isDouble ? 3 : 0, rowBytes & 0xFF, rowBytes >> 8, STRIP, 0);
      out.write(dots, row * rowBytes, STRIP * rowBytes);
      ended();
    }
    return this;
  }

  private EscPosWriter command(int... bytes) {
    for (int one : bytes) out.write(one);
    return this;
  }
}
