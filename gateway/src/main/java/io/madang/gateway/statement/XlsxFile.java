package io.madang.gateway.statement;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.dhatim.fastexcel.PaperSize;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * A workbook (ECMA-376) with a sheet of figures and a sheet of all lines. Text is never a formula
 * in it, amounts are exact decimals, times are times. Its bytes differ only by the time of making,
 * which the library writes into it.
 */
final class XlsxFile {
  /** What a sheet holds beside its head. */
  static final long MAX_LINES = 1_000_000;

  /** How many rows wait in memory. */
  private static final int FLUSH_EVERY = 1_000;

  private static final String VERSION = "1.0";
  private static final String TIME = "yyyy-mm-dd hh:mm:ss";
  private static final String DATE = "yyyy-mm-dd";
  private static final String HEAD_COLOUR = "E0EFE7";

  private static final int[] WIDTHS = {12, 8, 20, 14, 16, 12, 32, 14, 14, 100, 44};

  private static final List<Words> DAY_HEAD =
      List.of(
          Words.DAY,
          Words.STATUS,
          Words.COUNT,
          Words.CARRIED_BEFORE,
          Words.CAPTURES,
          Words.REFUNDS,
          Words.OTHERS,
          Words.CHARGES,
          Words.PAYOUT,
          Words.CARRIED,
          Words.ROOT,
          Words.POSITION,
          Words.SETTLEMENT,
          Words.RECEIPT);
  private static final int[] DAY_WIDTHS = {22, 28, 10, 16, 16, 14, 14, 14, 16, 14, 46, 14, 68, 100};

  private final Lines lines;
  private final Addresses addresses;

  XlsxFile(Lines lines, Addresses addresses) {
    this.lines = lines;
    this.addresses = addresses;
  }

  void write(Statement statement, Language language, OutputStream out) throws IOException {
    var amounts = new Amounts(statement.asset().scale());
    // Closing a workbook finishes it, which a statement that broke off must not be.
    var workbook = new Workbook(out, "Madang", VERSION);
    try (var sheet = workbook.newWorksheet(Words.SUMMARY.in(language))) {
      summarise(new Summary(sheet, statement, language, amounts));
    }
    try (var sheet = workbook.newWorksheet(Words.LINES.in(language))) {
      list(sheet, statement, language, amounts);
    }
    workbook.finish();
  }

  private record Summary(Worksheet sheet, Statement statement, Language language, Amounts amounts) {
    void pair(int row, Words name, String value) {
      sheet.inlineString(row, 0, name.in(language));
      sheet.inlineString(row, 1, PlainText.of(value));
    }

    void pair(int row, Words name, long amount) {
      sheet.inlineString(row, 0, name.in(language));
      amount(row, 1, amount);
    }

    void amount(int row, int column, long amount) {
      sheet.value(row, column, amounts.decimal(amount));
      sheet.style(row, column).format(amounts.pattern()).set();
    }
  }

  private void summarise(Summary summary) {
    var sheet = summary.sheet();
    var statement = summary.statement();
    var language = summary.language();
    layOut(sheet, DAY_WIDTHS);
    sheet.inlineString(0, 0, Words.TITLE.in(language));
    sheet.style(0, 0).bold().fontSize(16).set();
    int row = 2;
    summary.pair(row++, Words.MERCHANT, language.of(statement.merchant().names()));
    summary.pair(row++, Words.MERCHANT_ID, statement.merchant().id().value());
    summary.pair(row++, Words.ACCOUNT, statement.merchant().account().toString());
    summary.pair(row++, Words.ASSET, assetName(statement, language));
    summary.pair(row++, Words.PERIOD, statement.period().toString());
    summary.pair(row++, Words.SETTLED_THROUGH, statement.through().toString());
    summary.pair(row++, Words.TIMES, Words.TIMES_OF.in(language));
    if (!statement.isComplete()) {
      sheet.inlineString(row, 0, Words.INCOMPLETE.in(language));
      sheet.style(row++, 0).bold().set();
    }
    row = figures(summary, row + 1);
    row = days(summary, row + 1);
    row = corrections(summary, row);
    sheet.inlineString(row + 1, 0, Words.PROOF.in(language));
    sheet.style(row + 1, 0).bold().set();
    sheet.inlineString(row + 2, 0, Words.HOW_TO_PROVE.in(language));
  }

  private static String assetName(Statement statement, Language language) {
    return language.of(statement.assetNames()) + " (" + statement.asset().code() + ")";
  }

  private static int figures(Summary summary, int firstRow) {
    var figures = summary.statement().figures();
    int row = firstRow;
    head(summary.sheet(), row++, List.of(Words.FIGURES, Words.AMOUNT), summary.language());
    summary.pair(row++, Words.CARRIED_BEFORE, figures.carriedBefore());
    summary.pair(row++, Words.CAPTURES, figures.captures());
    summary.pair(row++, Words.REFUNDS, -figures.refunds());
    summary.pair(row++, Words.OTHERS, figures.others());
    summary.pair(row++, Words.CHARGES, -figures.charges());
    summary.pair(row++, Words.PAYOUT, -figures.payout());
    summary.pair(row++, Words.CARRIED, figures.carried());
    row++;
    summary.pair(row++, Words.FEES, figures.fees());
    summary.pair(row++, Words.ADJUSTMENTS, figures.adjustments());
    summary.pair(row++, Words.OWED, figures.owed());
    row++;
    summary.pair(row++, Words.PAID, figures.paid());
    summary.pair(row++, Words.UNDER_WAY, figures.underWay());
    summary.pair(row++, Words.RETURNED, figures.returned());
    return row;
  }

  private int days(Summary summary, int firstRow) {
    var sheet = summary.sheet();
    var language = summary.language();
    int row = firstRow;
    head(sheet, row++, DAY_HEAD, language);
    for (var day : summary.statement().days()) {
      var figures = day.figures();
      sheet.value(row, 0, day.date());
      sheet.style(row, 0).format(DATE).horizontalAlignment("left").set();
      sheet.inlineString(row, 1, Words.of(day.last().status(), language));
      sheet.value(row, 2, figures.postings());
      summary.amount(row, 3, figures.carriedBefore());
      summary.amount(row, 4, figures.captures());
      summary.amount(row, 5, -figures.refunds());
      summary.amount(row, 6, figures.others());
      summary.amount(row, 7, -figures.charges());
      summary.amount(row, 8, -figures.payout());
      summary.amount(row, 9, figures.carried());
      sheet.inlineString(row, 10, day.root().toString());
      var covering = day.covering();
      sheet.inlineString(row, 11, covering.position().map(Object::toString).orElse(""));
      sheet.inlineString(row, 12, covering.transaction().map(Object::toString).orElse(""));
      sheet.inlineString(row, 13, covering.transaction().map(addresses::receipt).orElse(""));
      row++;
    }
    return row;
  }

  /** Agreed on outside of the chain, each with its reason. */
  private static int corrections(Summary summary, int firstRow) {
    var sheet = summary.sheet();
    int row = firstRow;
    for (var day : summary.statement().days()) {
      for (var correction : day.corrections()) {
        if (row == firstRow) {
          row++;
          head(
              sheet,
              row++,
              List.of(Words.ADJUSTMENTS, Words.REFERENCE, Words.AMOUNT),
              summary.language());
        }
        sheet.value(row, 0, day.date());
        sheet.style(row, 0).format(DATE).horizontalAlignment("left").set();
        sheet.inlineString(row, 1, PlainText.of(correction.reason()));
        summary.amount(row++, 2, correction.change());
      }
    }
    return row;
  }

  private void list(Worksheet sheet, Statement statement, Language language, Amounts amounts)
      throws IOException {
    layOut(sheet, WIDTHS);
    head(sheet, 0, Line.COLUMNS, language);
    sheet.freezePane(0, 1);
    sheet.repeatRows(0);
    sheet.setAutoFilter(
        0, 0, Math.toIntExact(statement.figures().postings()), Line.COLUMNS.size() - 1);
    var row = new int[] {1};
    lines.read(
        statement,
        MAX_LINES,
        line -> {
          write(sheet, row[0], line, language, amounts);
          if (++row[0] % FLUSH_EVERY == 0) sheet.flush();
        });
  }

  private void write(Worksheet sheet, int row, Line line, Language language, Amounts amounts) {
    sheet.value(row, 0, line.day().date());
    sheet.style(row, 0).format(DATE).set();
    sheet.value(row, 1, line.entry().index() + 1);
    sheet.value(row, 2, Times.local(line.posting().timeMillis()));
    sheet.style(row, 2).format(TIME).set();
    sheet.inlineString(row, 3, Words.of(line.posting().kind(), language));
    sheet.value(row, 4, amounts.decimal(line.posting().change()));
    sheet.style(row, 4).format(amounts.pattern()).set();
    sheet.value(row, 5, amounts.decimal(line.entry().fee()));
    sheet.style(row, 5).format(amounts.pattern()).set();
    sheet.inlineString(row, 6, line.reference());
    sheet.inlineString(row, 7, line.posting().position().toString());
    sheet.inlineString(row, 8, line.refunded().map(Object::toString).orElse(""));
    sheet.inlineString(row, 9, addresses.receipt(line.transaction()));
    sheet.inlineString(row, 10, line.paidWith(amounts));
  }

  private static void layOut(Worksheet sheet, int[] widths) {
    for (int column = 0; column < widths.length; column++) {
      sheet.width(column, widths[column]);
    }
    sheet.paperSize(PaperSize.A4_PAPER);
    sheet.pageOrientation("landscape");
    sheet.fitToWidth((short) 1);
    sheet.fitToHeight((short) 0);
  }

  private static void head(Worksheet sheet, int row, List<Words> words, Language language) {
    for (int column = 0; column < words.size(); column++) {
      sheet.inlineString(row, column, words.get(column).in(language));
      sheet.style(row, column).bold().fillColor(HEAD_COLOUR).set();
    }
  }
}
