package io.madang.pos.display;

import io.madang.pos.printer.EscPosWriter;
import io.madang.pos.printer.PrintableText;
import io.madang.pos.printer.PrintableText.Cell;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * A customer's display on a serial line that understands the display commands of ESC/POS: two lines
 * of twenty columns, in Korean. A character that such a display lacks is shown as a box; graphic
 * ones draw QR codes as printers do.
 */
public final class EscPosDisplay implements CustomerDisplay {
  private static final int COLUMNS = 20;
  private static final int ESC = 0x1B;
  private static final int US = 0x1F;
  private static final int CLEAR = 0x0C;
  private static final int KOREA = 0x0D;

  private final Consumer<byte[]> line;
  private final boolean graphic;

  /**
   * @param line where the bytes go
   * @param graphic whether it shows QR codes
   */
  public EscPosDisplay(Consumer<byte[]> line, boolean graphic) {
    this.line = line;
    this.graphic = graphic;
  }

  @Override
  public void show(String upper, String lower) {
    var out = new ByteArrayOutputStream();
    lines(upper, lower, out);
    line.accept(out.toByteArray());
  }

  @Override
  public void showPayment(long amountWon, String payload) {
    var out = new ByteArrayOutputStream();
    lines(
        "결제하실 금액",
        String.format(
            Locale.ROOT, "%" + COLUMNS + "s", String.format(Locale.ROOT, "₩%,d", amountWon)),
        out);
    if (graphic) out.writeBytes(new EscPosWriter().qr(payload).toByteArray());
    line.accept(out.toByteArray());
  }

  @Override
  public void clear() {
    line.accept(new byte[] {ESC, '@', CLEAR});
  }

  private static void lines(String upper, String lower, ByteArrayOutputStream out) {
    out.writeBytes(new byte[] {ESC, '@', CLEAR, ESC, 'R', KOREA});
    row(1, upper, out);
    row(2, lower, out);
  }

  private static void row(int row, String text, ByteArrayOutputStream out) {
    out.writeBytes(new byte[] {US, '$', 1, (byte) row});
    for (var cell : fit(PrintableText.cells(text))) out.writeBytes(cell.code());
  }

  private static List<Cell> fit(List<Cell> cells) {
    var shown = new ArrayList<Cell>();
    int used = 0;
    for (var cell : cells) {
      // A display draws no dots between characters.
      var one = cell.code().length == 0 ? PrintableText.cells("□").getFirst() : cell;
      if (used + one.columns() > COLUMNS) break;
      shown.add(one);
      used += one.columns();
    }
    return shown;
  }
}
