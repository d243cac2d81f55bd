package io.madang.pos.printer;

import io.madang.pos.printer.EscPosWriter.Align;
import io.madang.pos.printer.PrintableText.Cell;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lays a receipt out and writes it for a printer, in pieces as {@link EscPosWriter#toPieces}. */
final class ReceiptForm {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
  private static final int QUANTITY_COLUMNS = 5;
  private static final int AMOUNT_COLUMNS = 12;

  private final Paper paper;
  private final EscPosWriter out = new EscPosWriter().reset();

  private ReceiptForm(Paper paper) {
    this.paper = paper;
  }

  /** The pieces of the receipt itself; they open the drawer first if that is wanted. */
  static List<byte[]> first(Receipt receipt, Paper paper, boolean opensDrawer) {
    return write(receipt, paper, opensDrawer, false);
  }

  /** The pieces of a copy, which says that it is one and never opens the drawer. */
  static List<byte[]> copy(Receipt receipt, Paper paper) {
    return write(receipt, paper, false, true);
  }

  private static List<byte[]> write(
      Receipt receipt, Paper paper, boolean opensDrawer, boolean isCopy) {
    var form = new ReceiptForm(paper);
    if (opensDrawer) form.out.drawer();
    form.head(receipt, isCopy);
    form.items(receipt);
    form.sums(receipt);
    form.foot(receipt, isCopy);
    return form.out.toPieces();
  }

  private void head(Receipt receipt, boolean isCopy) {
    var shop = receipt.shop();
    out.align(Align.CENTRE).twice(true);
    for (var line : PrintableText.wrap(PrintableText.cells(shop.name()), paper.columns() / 2)) {
      out.line(line);
    }
    out.twice(false);
    if (isCopy) out.bold(true).line("*** 사본 (재발행) ***").bold(false);
    out.align(Align.LEFT);
    pair("사업자번호 " + shop.businessNumber(), "대표 " + shop.owner());
    paragraph(shop.address());
    paragraph("전화 " + shop.phone());
    pair(TIME.format(receipt.time()), String.format(Locale.ROOT, "No.%06d", receipt.number()));
    rule('=');
  }

  private void items(Receipt receipt) {
    columns("상품", "수량", "금액");
    rule('-');
    for (var item : receipt.items()) {
      columns(item.name(), won(item.quantity()), won(item.amountWon()));
    }
    rule('-');
  }

  private void sums(Receipt receipt) {
    if (receipt.tax().supplyWon() != 0) pair("공급가액", won(receipt.tax().supplyWon()));
    if (receipt.tax().vatWon() != 0) pair("부가세", won(receipt.tax().vatWon()));
    if (receipt.tax().freeWon() != 0) pair("면세금액", won(receipt.tax().freeWon()));
    out.bold(true);
    pair("합계", "₩" + won(receipt.totalWon()));
    out.bold(false);
    rule('-');
    for (var tender : receipt.tenders()) pair(tender.label(), won(tender.amountWon()));
    pair("승인번호", receipt.approval());
    pair("거래번호", receipt.transaction());
    for (var note : receipt.notes()) pair(note.label(), note.value());
    rule('=');
  }

  private void foot(Receipt receipt, boolean isCopy) {
    out.align(Align.CENTRE);
    if (!receipt.proof().isEmpty()) {
      out.qr(receipt.proof());
      out.line("QR로 결제 증명 확인");
    }
    if (isCopy) out.bold(true).line("*** 사본 (재발행) ***").bold(false);
    out.line("감사합니다").align(Align.LEFT).feed(4).cut();
  }

  /** Something at the left and something at the right; on lines of their own if they do not fit. */
  private void pair(String left, String right) {
    var end = PrintableText.cells(right);
    var start = PrintableText.cells(left);
    int space = paper.columns() - PrintableText.columns(start) - PrintableText.columns(end);
    if (space >= 1) {
      out.line(join(start, blank(space), end));
      return;
    }
    for (var line : PrintableText.wrap(start, paper.columns())) out.line(line);
    for (var line : PrintableText.wrap(end, paper.columns())) {
      out.line(join(blank(paper.columns() - PrintableText.columns(line)), line));
    }
  }

  /** A name that may take several lines; number and amount stand on its last. */
  private void columns(String name, String quantity, String amount) {
    int room = paper.columns() - QUANTITY_COLUMNS - AMOUNT_COLUMNS;
    var lines = PrintableText.wrap(PrintableText.cells(name), room);
    for (var line : lines.subList(0, lines.size() - 1)) out.line(line);
    var last = lines.getLast();
    out.line(
        join(
            last,
            blank(room - PrintableText.columns(last)),
            right(quantity, QUANTITY_COLUMNS),
            right(amount, AMOUNT_COLUMNS)));
  }

  private void paragraph(String text) {
    for (var line : PrintableText.wrap(PrintableText.cells(text), paper.columns())) out.line(line);
  }

  private void rule(char character) {
    out.line(String.valueOf(character).repeat(paper.columns()));
  }

  private static List<Cell> right(String text, int columns) {
    var cells = PrintableText.cells(text);
    return join(blank(Math.max(0, columns - PrintableText.columns(cells))), cells);
  }

  private static List<Cell> blank(int columns) {
    return PrintableText.cells(" ".repeat(columns));
  }

  @SafeVarargs
  private static List<Cell> join(List<Cell>... parts) {
    var joined = new ArrayList<Cell>();
    for (var part : parts) joined.addAll(part);
    return joined;
  }

  private static String won(long amount) {
    return String.format(Locale.ROOT, "%,d", amount);
  }
}
