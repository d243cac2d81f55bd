package io.madang.pos.simulator;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import io.madang.pos.printer.Paper;
import io.madang.pos.printer.ReceiptFont;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A receipt printer that draws its paper: reads ESC/POS as a Korean printer does, and keeps what it
 * would have printed as dots and as text. Total: any bytes print something, and every length in
 * them is bounded. Not safe for several threads.
 *
 * <p>Characters that only a real printer's memory has (Chinese ones) are drawn as boxes.
 */
public final class PaperPrinter {
  private static final int ESC = 0x1B;
  private static final int FS = 0x1C;
  private static final int GS = 0x1D;
  private static final int DLE = 0x10;
  private static final int LF = 0x0A;
  private static final int LINE_HEIGHT = 30;
  private static final int CUT_HEIGHT = 16;

  /** About ten metres of paper: older paper is thrown away. */
  private static final int MAX_ROWS = 80_000;

  private static final int MAX_COMMAND = 4 + 65_535;
  private static final int WON = 0x20A9;
  private static final int BOX = '□';
  private static final Charset EUC_KR = Charset.forName("EUC-KR");

  private record Placed(int codePoint, int columns) {}

  private final int width;
  private final List<byte[]> rows = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();
  private final List<Placed> line = new ArrayList<>();

  private final ByteArrayOutputStream command = new ByteArrayOutputStream();
  private final ByteArrayOutputStream answers = new ByteArrayOutputStream();
  private int align;
  private int scale = 1;
  private boolean bold;
  private boolean korea;
  private boolean doubleByte = true;
  private int qrDots = 3;
  private byte[] qrData = new byte[0];
  private int drawerOpenings;
  private int cuts;
  private boolean paperOut;
  private boolean coverOpen;

  public PaperPrinter(Paper paper) {
    width = paper.dots();
  }

  /** Prints bytes, and gives what the printer answers to them. */
  public byte[] print(byte[] bytes) {
    answers.reset();
    for (byte one : bytes) take(one & 0xFF);
    return answers.toByteArray();
  }

  /** How often the drawer opened. */
  public int drawerOpenings() {
    return drawerOpenings;
  }

  /** How often the paper was cut. */
  public int cuts() {
    return cuts;
  }

  /** What a person reads on the paper, a line each; a drawn line reads as {@code (drawn)}. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  /** The paper is used up, or there is some again. What is printed without paper is lost. */
  public void paperOut(boolean out) {
    paperOut = out;
  }

  public void coverOpen(boolean open) {
    coverOpen = open;
  }

  /** Tears off the paper: an image of it, black on white, with a margin. */
  public BufferedImage tearOff() {
    int margin = 2 * ReceiptFont.COLUMN;
    var image =
        new BufferedImage(
            width + 2 * margin,
            Math.max(1, rows.size()) + 2 * margin,
            BufferedImage.TYPE_BYTE_BINARY);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) image.setRGB(x, y, 0xFFFFFF);
    }
    for (int y = 0; y < rows.size(); y++) {
      for (int x = 0; x < width; x++) {
        if (rows.get(y)[x] != 0) image.setRGB(margin + x, margin + y, 0);
      }
    }
    rows.clear();
    lines.clear();
    return image;
  }

  // Bytes

  private void take(int one) {
    if (command.size() > 0) {
      command.write(one);
      byte[] soFar = command.toByteArray();
      int length = lengthOf(soFar);
      if (soFar.length < length) return;
      command.reset();
      obey(soFar);
    } else if (one == ESC || one == FS || one == GS || one == DLE) {
      command.write(one);
    } else if (one == LF) {
      endLine();
    } else if (doubleByte && one >= 0x80) {
      command.write(one);
    } else if (one >= ' ' && one < 0x7F) {
      place(new Placed(one == '\\' && korea ? WON : one, 1));
    }
    // Other control characters do nothing here.
  }

  /**
   * How long the command is that begins like this; one more than is there while it is not known.
   */
  private static int lengthOf(byte[] start) {
    int first = start[0] & 0xFF;
    if (first >= 0x80) return 2;
    if (start.length < 2) return 2;
    int second = start[1] & 0xFF;
    return switch (first) {
      case ESC ->
          switch (second) {
            case '@', '2', '<' -> 2;
            case 'p' -> 5;
            case '$', '\\' -> 4;
            case '*' -> start.length < 5 ? 5 : 5 + (start[2] < 32 ? 1 : 3) * little(start, 3);
            default -> 3;
          };
      case FS ->
          switch (second) {
            case '&', '.' -> 2;
            case 'S' -> 4;
            case '(' -> start.length < 5 ? 5 : 5 + little(start, 3);
            default -> 3;
          };
      case DLE -> second == 0x14 ? 5 : 3;
      case GS ->
          switch (second) {
            case 'V' -> start.length < 3 ? 3 : (start[2] == 0x41 || start[2] == 0x42) ? 4 : 3;
            case 'L', 'W', 'P', '$', '\\' -> 4;
            case '8' -> start.length < 7 ? 7 : 7 + Math.min(MAX_COMMAND, little(start, 3));
            case '(' -> start.length < 5 ? 5 : 5 + little(start, 3);
            case 'v' ->
                start.length < 8
                    ? 8
                    : 8 + Math.min(MAX_COMMAND, little(start, 4) * little(start, 6));
            default -> 3;
          };
      default -> throw new AssertionError("not a command: " + first);
    };
  }

  private static int little(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) | (bytes[at + 1] & 0xFF) << 8;
  }

  private void obey(byte[] bytes) {
    int first = bytes[0] & 0xFF;
    if (first >= 0x80) {
      var text = new String(bytes, EUC_KR);
      place(new Placed(text.length() == 1 && text.charAt(0) != '\uFFFD' ? text.charAt(0) : BOX, 2));
      return;
    }
    int second = bytes[1] & 0xFF;
    int third = bytes.length > 2 ? bytes[2] & 0xFF : 0;
    switch (first) {
      case ESC -> escape(second, third);
      case FS -> {
        if (second == '&') doubleByte = true;
        if (second == '.') doubleByte = false;
      }
      case GS -> group(second, third, bytes);
      case DLE -> realTime(second, third);
      default -> throw new AssertionError("not a command: " + first);
    }
  }

  private void escape(int second, int third) {
    switch (second) {
      case '@' -> {
        line.clear();
        align = 0;
        scale = 1;
        bold = false;
        korea = false;
        doubleByte = true;
      }
      case 'a' -> align = third % 3;
      case 'E' -> bold = (third & 1) != 0;
      case 'R' -> korea = third == 0x0D;
      case 'd' -> {
        endLine();
        blank(third * LINE_HEIGHT);
      }
      case 'J' -> {
        endLine();
        blank(third);
      }
      case 'p' -> drawerOpenings++;
      default -> {}
    }
  }

  private void group(int second, int third, byte[] bytes) {
    switch (second) {
      case '!' -> scale = third == 0 ? 1 : 2;
      case 'V' -> {
        endLine();
        cuts++;
        for (int i = 0; i < CUT_HEIGHT; i++) row(dashed(i == CUT_HEIGHT / 2));
      }
      case 'r' -> answers.write(paperOut ? 0x0C : 0x00);
      case '(' -> code(bytes);
      case 'v' -> raster(bytes);
      default -> {}
    }
  }

  private void realTime(int second, int third) {
    if (second == 0x14 && third == 1) drawerOpenings++;
    if (second != 0x04) return;
    int status =
        switch (third) {
          case 1 -> coverOpen || paperOut ? 0x08 : 0;
          case 2 -> (coverOpen ? 0x04 : 0) | (paperOut ? 0x20 : 0);
          case 4 -> paperOut ? 0x6C : 0;
          default -> 0;
        };
    answers.write(0x12 | status);
  }

  private byte[] dashed(boolean draw) {
    var row = new byte[width];
    for (int x = 0; draw && x < width; x++) row[x] = (byte) (x / 8 % 2);
    return row;
  }

  // Dots

  private void place(Placed placed) {
    int used = line.stream().mapToInt(Placed::columns).sum();
    if ((used + placed.columns()) * ReceiptFont.COLUMN * scale > width) endLine();
    line.add(placed);
  }

  private void endLine() {
    var text = new StringBuilder();
    line.forEach(placed -> text.appendCodePoint(placed.codePoint()));
    if (!paperOut) lines.add(text.toString().stripTrailing());
    int columns = line.stream().mapToInt(Placed::columns).sum();
    var dots = new byte[LINE_HEIGHT * scale][width];
    int left = start(columns * ReceiptFont.COLUMN * scale);
    int above = (LINE_HEIGHT - ReceiptFont.HEIGHT) / 2;
    for (var placed : line) {
      var glyph =
          ReceiptFont.get()
              .glyph(placed.codePoint())
              .or(() -> ReceiptFont.get().glyph(BOX))
              .orElseThrow();
      int wide = Math.min(glyph.columns(), placed.columns()) * ReceiptFont.COLUMN;
      for (int y = 0; y < ReceiptFont.HEIGHT * scale; y++) {
        for (int x = 0; x < wide * scale; x++) {
          if (!glyph.dot(x / scale, y / scale)) continue;
          set(dots, left + x, above * scale + y);
          if (bold) set(dots, left + x + 1, above * scale + y);
        }
      }
      left += placed.columns() * ReceiptFont.COLUMN * scale;
    }
    for (var row : dots) row(row);
    line.clear();
  }

  private int start(int dots) {
    int space = Math.max(0, width - dots);
    return align == 1 ? space / 2 : align == 2 ? space : 0;
  }

  private void set(byte[][] dots, int x, int y) {
    if (x < width && y < dots.length) dots[y][x] = 1;
  }

  private void raster(byte[] bytes) {
    int rowBytes = little(bytes, 4);
    int height = little(bytes, 6);
    int wide = (bytes[3] & 1) != 0 ? 2 : 1;
    int high = (bytes[3] & 2) != 0 ? 2 : 1;
    if (!line.isEmpty()) endLine();
    // A drawn line comes in several strips.
    boolean isNew = lines.isEmpty() || !lines.getLast().equals("(drawn)");
    if (!paperOut && isNew) lines.add("(drawn)");
    int left = start(rowBytes * 8 * wide);
    for (int y = 0; y < height; y++) {
      var row = new byte[width];
      for (int x = 0; x < rowBytes * 8; x++) {
        int at = 8 + y * rowBytes + x / 8;
        if (at >= bytes.length || (bytes[at] & 0x80 >> x % 8) == 0) continue;
        for (int i = 0; i < wide && left + x * wide + i < width; i++) row[left + x * wide + i] = 1;
      }
      for (int i = 0; i < high; i++) row(row);
    }
  }

  private void code(byte[] bytes) {
    if (bytes.length < 8 || bytes[2] != 'k' || bytes[5] != 0x31) return;
    switch (bytes[6]) {
      case 'C' -> qrDots = Math.clamp(bytes[7], 1, 16);
      case 'P' -> qrData = Arrays.copyOfRange(bytes, 8, bytes.length);
      case 'Q' -> drawQr();
      default -> {}
    }
  }

  private void drawQr() {
    if (qrData.length == 0) return;
    BitMatrix matrix;
    try {
      matrix =
          new QRCodeWriter()
              .encode(
                  new String(qrData, StandardCharsets.UTF_8),
                  BarcodeFormat.QR_CODE,
                  0,
                  0,
                  Map.of(
                      EncodeHintType.CHARACTER_SET,
                      StandardCharsets.UTF_8,
                      EncodeHintType.ERROR_CORRECTION,
                      ErrorCorrectionLevel.M,
                      EncodeHintType.MARGIN,
                      4));
    } catch (WriterException | IllegalArgumentException _) {
      // Too much for a code: a printer prints none.
      return;
    }
    if (!line.isEmpty()) endLine();
    if (!paperOut) lines.add("(QR)");
    int left = start(matrix.getWidth() * qrDots);
    for (int y = 0; y < matrix.getHeight() * qrDots; y++) {
      var row = new byte[width];
      for (int x = 0; x < matrix.getWidth() * qrDots && left + x < width; x++) {
        if (matrix.get(x / qrDots, y / qrDots)) row[left + x] = 1;
      }
      row(row);
    }
  }

  private void blank(int height) {
    for (int i = 0; i < height; i++) row(new byte[width]);
  }

  private void row(byte[] row) {
    if (paperOut) return;
    if (rows.size() == MAX_ROWS) rows.subList(0, MAX_ROWS / 2).clear();
    rows.add(row);
  }
}
