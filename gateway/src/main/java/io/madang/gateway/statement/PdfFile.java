package io.madang.gateway.statement;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import io.madang.chain.Hash;
import io.madang.gateway.statement.PdfPage.Lettering;
import java.awt.Color;
import java.io.IOException;
import java.io.OutputStream;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.viewerpreferences.PDViewerPreferences;

/**
 * A statement to print and to file: figures, chart, days, and the first lines. The same statement
 * has the same bytes.
 */
final class PdfFile {
  /** What nobody reads on paper is left to the other files. */
  static final int MAX_LINES = 1_000;

  private final Lines lines;
  private final Addresses addresses;

  PdfFile(Lines lines, Addresses addresses) {
    this.lines = lines;
    this.addresses = addresses;
  }

  void write(Statement statement, List<Bar> chart, Language language, OutputStream out)
      throws IOException {
    try (var document = new PDDocument()) {
      describe(document, statement, language);
      try (var drawing = new Drawing(document, statement, language)) {
        drawing.begin(chart);
        drawing.days();
        drawing.corrections();
        drawing.proof();
        drawing.lines();
      }
      document.save(out);
    }
  }

  private static void describe(PDDocument document, Statement statement, Language language) {
    // Instead of the time, from which the library would make the identifier.
    document.setDocumentId(statement.through().toEpochDay());
    var information = document.getDocumentInformation();
    information.setTitle(
        Words.TITLE.in(language)
            + " "
            + statement.period()
            + " "
            + PlainText.of(language.of(statement.merchant().names())));
    information.setCreator("Madang");
    var catalog = document.getDocumentCatalog();
    catalog.setLanguage(language.tag());
    var preferences = new PDViewerPreferences(new COSDictionary());
    preferences.setDisplayDocTitle(true);
    catalog.setViewerPreferences(preferences);
  }

  /** The document while it grows. */
  private final class Drawing implements AutoCloseable {
    private static final float MARGIN = 44;
    private static final float INNER = PdfPage.WIDTH - 2 * MARGIN;
    private static final float RIGHT = PdfPage.WIDTH - MARGIN;
    private static final float BOTTOM = PdfPage.HEIGHT - 52;

    private final PDDocument document;
    private final Statement statement;
    private final Language language;
    private final Amounts amounts;
    private final PdfFonts fonts;
    private PdfPage page;
    private float y = MARGIN;

    Drawing(PDDocument document, Statement statement, Language language) throws IOException {
      this.document = document;
      this.statement = statement;
      this.language = language;
      amounts = new Amounts(statement.asset().scale());
      fonts = new PdfFonts(document);
      page = new PdfPage(document);
    }

    private Lettering regular(float size, Color colour) {
      return new Lettering(fonts.regular, size, colour);
    }

    private Lettering bold(float size, Color colour) {
      return new Lettering(fonts.bold, size, colour);
    }

    private String word(Words word) {
      return word.in(language);
    }

    private void text(float x, Lettering type, String text, float width) throws IOException {
      page.text(x, y, type, type.face().fit(text, type.size(), width));
    }

    private void nextPage() throws IOException {
      page.close();
      page = new PdfPage(document);
      y = MARGIN + 10;
    }

    void begin(List<Bar> chart) throws IOException {
      y += 18;
      text(MARGIN, bold(22, PdfPage.INK), word(Words.TITLE), INNER / 2);
      page.textUntil(RIGHT, y, bold(16, PdfPage.ACCENT), fonts.bold.shown(periodInWords()));
      y += 14;
      page.rule(MARGIN, y, INNER, 2, PdfPage.ACCENT);
      y += 24;
      var names = statement.merchant().names();
      text(MARGIN, bold(13, PdfPage.INK), PlainText.of(language.of(names)), INNER);
      y += 16;
      text(
          MARGIN,
          regular(8.5f, PdfPage.SOFT),
          "%s %s  ·  %s %s (%s)  ·  %s %s"
              .formatted(
                  word(Words.MERCHANT_ID),
                  statement.merchant().id(),
                  word(Words.ASSET),
                  PlainText.of(language.of(statement.assetNames())),
                  statement.asset().code(),
                  word(Words.TIMES),
                  word(Words.TIMES_OF)),
          INNER);
      y += 13;
      text(
          MARGIN,
          regular(8.5f, PdfPage.SOFT),
          "%s %s  ·  %s %s"
              .formatted(
                  word(Words.ACCOUNT),
                  statement.merchant().account(),
                  word(Words.SETTLED_THROUGH),
                  statement.through()),
          INNER);
      y += 14;
      if (!statement.isComplete()) incomplete();
      cards();
      chart(chart);
      totals();
    }

    private String periodInWords() {
      var period = statement.period();
      var pattern =
          switch (language) {
            case KO -> period.isMonth() ? "uuuu년 M월" : "uuuu년 M월 d일 (E)";
            case EN -> period.isMonth() ? "MMMM uuuu" : "EEE, d MMMM uuuu";
          };
      var format = DateTimeFormatter.ofPattern(pattern, Locale.forLanguageTag(language.tag()));
      return period.isMonth()
          ? YearMonth.from(period.first()).format(format)
          : period.first().format(format);
    }

    private void incomplete() throws IOException {
      page.box(MARGIN, y - 2, INNER, 20, PdfPage.WAITING_SOFT);
      y += 11;
      text(MARGIN + 8, bold(8.5f, PdfPage.WAITING), word(Words.INCOMPLETE), INNER - 16);
      y += 19;
    }

    private void cards() throws IOException {
      var figures = statement.figures();
      float gap = 10;
      float width = (INNER - 2 * gap) / 3;
      card(MARGIN, width, Words.CAPTURES, figures.captures(), figures.captureCount(), false);
      card(
          MARGIN + width + gap,
          width,
          Words.REFUNDS,
          -figures.refunds(),
          figures.refundCount(),
          false);
      card(MARGIN + 2 * (width + gap), width, Words.PAYOUT, figures.payout(), -1, true);
      y += 66 + 22;
    }

    /**
     * @param count how many, or -1 when that says nothing
     */
    private void card(float x, float width, Words name, long amount, long count, boolean accent)
        throws IOException {
      page.box(x, y, width, 66, accent ? PdfPage.ACCENT : PdfPage.ACCENT_SOFT);
      var soft = accent ? Color.WHITE : PdfPage.SOFT;
      page.text(x + 12, y + 18, regular(9, soft), fonts.regular.fit(word(name), 9, width - 24));
      if (count >= 0) {
        page.textUntil(
            x + width - 12,
            y + 18,
            regular(9, soft),
            fonts.regular.shown(
                word(Words.COUNT) + " " + String.format(Locale.ROOT, "%,d", count)));
      }
      var number = amounts.grouped(amount);
      float size = 21;
      while (size > 8 && fonts.bold.width(number, size) > width - 28) size--;
      page.textUntil(
          x + width - 12, y + 50, bold(size, accent ? Color.WHITE : PdfPage.INK), number);
    }

    private void chart(List<Bar> chart) throws IOException {
      heading(statement.period().isMonth() ? Words.DAYS : Words.BY_HOUR);
      legend();
      float height = 136;
      new PdfChart(page, regular(7, PdfPage.SOFT), amounts).draw(MARGIN, y, INNER, height, chart);
      y += height + 24;
    }

    /** Beside the heading that was just drawn. */
    private void legend() throws IOException {
      float x = RIGHT;
      var type = regular(8, PdfPage.SOFT);
      for (var one : List.of(Words.REFUNDS, Words.CAPTURES)) {
        var name = fonts.regular.shown(word(one));
        page.textUntil(x, y - 14, type, name);
        x -= fonts.regular.width(name, 8) + 10;
        page.box(x, y - 20, 6, 6, one == Words.REFUNDS ? PdfPage.CINNABAR : PdfPage.ACCENT);
        x -= 12;
      }
    }

    private void heading(Words name) throws IOException {
      text(MARGIN, bold(11, PdfPage.INK), word(name), INNER / 2);
      y += 14;
    }

    private record Total(Words name, long amount, boolean strong) {}

    private void totals() throws IOException {
      var figures = statement.figures();
      heading(Words.FIGURES);
      var left =
          List.of(
              new Total(Words.CARRIED_BEFORE, figures.carriedBefore(), false),
              new Total(Words.CAPTURES, figures.captures(), false),
              new Total(Words.REFUNDS, -figures.refunds(), false),
              new Total(Words.OTHERS, figures.others(), false),
              new Total(Words.CHARGES, -figures.charges(), false),
              new Total(Words.PAYOUT, -figures.payout(), true),
              new Total(Words.CARRIED, figures.carried(), true));
      var right =
          List.of(
              new Total(Words.FEES, figures.fees(), false),
              new Total(Words.ADJUSTMENTS, figures.adjustments(), false),
              new Total(Words.OWED, figures.owed(), false),
              new Total(Words.PAID, figures.paid(), false),
              new Total(Words.UNDER_WAY, figures.underWay(), false),
              new Total(Words.RETURNED, figures.returned(), false));
      float width = (INNER - 28) / 2;
      float top = y;
      totals(MARGIN, width, left);
      y = top;
      totals(MARGIN + width + 28, width, right);
      y = top + left.size() * 17 + 18;
    }

    private void totals(float x, float width, List<Total> totals) throws IOException {
      for (var total : totals) {
        var type = total.strong() ? bold(9, PdfPage.INK) : regular(9, PdfPage.INK);
        page.rule(x, y - 2, width, 0.5f, PdfPage.LINE);
        y += 10;
        text(x, type, word(total.name()), width / 2);
        page.textUntil(x + width, y, type, amounts.grouped(total.amount()));
        y += 7;
      }
    }

    void days() throws IOException {
      if (y > BOTTOM - 150) nextPage();
      heading(Words.DAYS);
      dayHead();
      for (var day : statement.days()) {
        if (y > BOTTOM - 26) {
          nextPage();
          dayHead();
        }
        day(day);
      }
      y += 16;
    }

    private static final float[] DAY_ENDS = {150, 240, 320, 410};

    private void dayHead() throws IOException {
      var type = bold(8, PdfPage.SOFT);
      y += 4;
      page.box(MARGIN, y - 10, INNER, 15, PdfPage.SUNKEN);
      text(MARGIN + 4, type, word(Words.DAY), 90);
      var columns = List.of(Words.COUNT, Words.CAPTURES, Words.REFUNDS, Words.PAYOUT);
      for (int i = 0; i < columns.size(); i++) {
        page.textUntil(MARGIN + DAY_ENDS[i], y, type, fonts.bold.fit(word(columns.get(i)), 8, 82));
      }
      page.textUntil(RIGHT - 4, y, type, fonts.bold.shown(word(Words.STATUS)));
      y += 16;
    }

    private void day(StatementDay day) throws IOException {
      var type = regular(8.5f, PdfPage.INK);
      text(MARGIN + 4, type, day.date().toString(), 90);
      var figures = day.figures();
      page.textUntil(
          MARGIN + DAY_ENDS[0], y, type, String.format(Locale.ROOT, "%,d", figures.postings()));
      page.textUntil(MARGIN + DAY_ENDS[1], y, type, amounts.grouped(figures.captures()));
      page.textUntil(MARGIN + DAY_ENDS[2], y, type, amounts.grouped(-figures.refunds()));
      page.textUntil(
          MARGIN + DAY_ENDS[3], y, bold(8.5f, PdfPage.INK), amounts.grouped(figures.payout()));
      page.textUntil(
          RIGHT - 4, y, type, fonts.regular.shown(Words.of(day.last().status(), language)));
      y += 9;
      var covering = day.covering();
      var small = regular(6, PdfPage.SOFT);
      text(
          MARGIN + 4,
          small,
          word(Words.ROOT)
              + " "
              + day.root()
              + covering
                  .position()
                  .map(at -> "  ·  " + word(Words.SETTLEMENT) + " " + at)
                  .orElse(""),
          INNER - 8);
      y += 7.5f;
      if (covering.transaction().isPresent()) {
        address(MARGIN + 4, small, addresses.receipt(covering.transaction().get()));
      }
      y += 4;
      page.rule(MARGIN, y, INNER, 0.4f, PdfPage.LINE);
      y += 11;
    }

    /** Agreed on outside of the chain, each with its reason; nothing where there are none. */
    void corrections() throws IOException {
      if (statement.days().stream().allMatch(day -> day.corrections().isEmpty())) return;
      if (y > BOTTOM - 60) nextPage();
      heading(Words.ADJUSTMENTS);
      var type = regular(8.5f, PdfPage.INK);
      for (var day : statement.days()) {
        for (var correction : day.corrections()) {
          if (y > BOTTOM - 14) nextPage();
          text(MARGIN + 4, type, day.date().toString(), 90);
          text(MARGIN + 84, type, PlainText.of(correction.reason()), INNER - 190);
          page.textUntil(RIGHT - 4, y, type, amounts.grouped(correction.change()));
          y += 15;
        }
      }
      y += 10;
    }

    private void address(float x, Lettering type, String address) throws IOException {
      var shown = type.face().fit(address, type.size(), RIGHT - x);
      page.text(x, y, type, shown);
      page.link(
          x, y - type.size(), type.face().width(shown, type.size()), type.size() + 2, address);
    }

    void proof() throws IOException {
      // A month has many settlements; each stands in its row.
      Optional<Hash> transaction =
          statement.period().isMonth()
              ? Optional.empty()
              : statement.days().getFirst().covering().transaction();
      float code = transaction.isPresent() ? 76 : 0;
      var type = regular(8, PdfPage.INK);
      var text =
          fonts.regular.wrap(word(Words.HOW_TO_PROVE), 8, INNER - 24 - (code == 0 ? 0 : code + 14));
      float height = Math.max(30 + text.size() * 11.5f, code + 20);
      if (y + height > BOTTOM) nextPage();
      page.box(MARGIN, y, INNER, height, PdfPage.SUNKEN);
      if (transaction.isPresent()) {
        code(RIGHT - 10 - code, y + 10, code, addresses.page(transaction.get()));
      }
      y += 18;
      text(MARGIN + 12, bold(9.5f, PdfPage.INK), word(Words.PROOF), INNER / 2);
      float line = y + 14;
      for (var one : text) {
        page.text(MARGIN + 12, line, type, one);
        line += 11.5f;
      }
      y += height - 18 + 20;
    }

    /** A QR code (ISO/IEC 18004) that leads to an address, on white. */
    private void code(float x, float top, float size, String address) throws IOException {
      var matrix = matrix(address);
      float module = size / matrix.getWidth();
      page.box(x, top, size, size, Color.WHITE);
      for (int row = 0; row < matrix.getHeight(); row++) {
        for (int column = 0; column < matrix.getWidth(); column++) {
          int end = column;
          while (end < matrix.getWidth() && matrix.get(end, row)) end++;
          if (end > column) {
            page.box(
                x + column * module,
                top + row * module,
                (end - column) * module,
                module,
                PdfPage.INK);
            column = end;
          }
        }
      }
      page.link(x, top, size, size, address);
    }

    private static BitMatrix matrix(String address) {
      try {
        return new QRCodeWriter()
            .encode(address, BarcodeFormat.QR_CODE, 0, 0, Map.of(EncodeHintType.MARGIN, 2));
      } catch (WriterException tooLong) {
        throw new IllegalStateException(tooLong);
      }
    }

    void lines() throws IOException {
      long all = statement.figures().postings();
      if (all == 0) {
        text(MARGIN, regular(9, PdfPage.SOFT), word(Words.NO_LINES), INNER);
        return;
      }
      nextPage();
      heading(Words.LINES);
      if (all > MAX_LINES) {
        text(
            MARGIN,
            regular(8.5f, PdfPage.WAITING),
            String.format(Locale.ROOT, word(Words.FIRST_LINES_ONLY), MAX_LINES, all),
            INNER);
        y += 14;
      }
      lineHead();
      lines.read(
          statement,
          MAX_LINES,
          line -> {
            if (y > BOTTOM - 12) {
              nextPage();
              lineHead();
            }
            line(line);
          });
    }

    private static final float TIME_AT = 34;
    private static final float KIND_AT = 132;
    private static final float REFERENCE_AT = 214;
    private static final float AMOUNT_UNTIL = 446;

    private void lineHead() throws IOException {
      var type = bold(8, PdfPage.SOFT);
      y += 4;
      page.box(MARGIN, y - 10, INNER, 15, PdfPage.SUNKEN);
      text(MARGIN + 4, type, word(Words.INDEX), 28);
      text(MARGIN + TIME_AT, type, word(Words.TIME), 90);
      text(MARGIN + KIND_AT, type, word(Words.KIND), 78);
      text(MARGIN + REFERENCE_AT, type, word(Words.REFERENCE), 130);
      page.textUntil(MARGIN + AMOUNT_UNTIL, y, type, fonts.bold.shown(word(Words.AMOUNT)));
      page.textUntil(RIGHT - 4, y, type, fonts.bold.shown(word(Words.FEE)));
      y += 15;
    }

    private void line(Line line) throws IOException {
      var type = regular(8.5f, PdfPage.INK);
      var posting = line.posting();
      text(MARGIN + 4, type, Long.toString(line.entry().index() + 1), TIME_AT - 6);
      text(MARGIN + TIME_AT, type, Times.text(posting.timeMillis()), KIND_AT - TIME_AT - 4);
      text(MARGIN + KIND_AT, type, Words.of(posting.kind(), language), REFERENCE_AT - KIND_AT - 4);
      var amount = amounts.grouped(posting.change());
      float left = MARGIN + AMOUNT_UNTIL - fonts.bold.width(amount, 8.5f) - 8;
      text(MARGIN + REFERENCE_AT, type, line.reference(), left - MARGIN - REFERENCE_AT);
      page.textUntil(
          MARGIN + AMOUNT_UNTIL,
          y,
          bold(8.5f, posting.change() < 0 ? PdfPage.CINNABAR : PdfPage.INK),
          amount);
      page.textUntil(RIGHT - 4, y, type, amounts.grouped(line.entry().fee()));
      y += 8.5f;
      var small = regular(6, PdfPage.SOFT);
      text(MARGIN + TIME_AT, small, posting.position().toString(), 60);
      float end = MARGIN + TIME_AT + fonts.regular.width(posting.position().toString(), 6) + 8;
      address(end, small, addresses.receipt(line.transaction()));
      y += 4;
      page.rule(MARGIN, y, INNER, 0.4f, PdfPage.LINE);
      y += 10.5f;
    }

    /** Puts the feet on all pages, whose number is known by now. */
    @Override
    public void close() throws IOException {
      page.close();
      int count = document.getNumberOfPages();
      var type = regular(7.5f, PdfPage.SOFT);
      for (int i = 0; i < count; i++) {
        try (var foot = new PdfPage(document, document.getPage(i))) {
          float at = PdfPage.HEIGHT - 30;
          var name =
              PlainText.of(language.of(statement.merchant().names()))
                  + "  ·  "
                  + word(Words.TITLE)
                  + "  ·  "
                  + periodInWords();
          foot.text(MARGIN, at, type, fonts.regular.fit(name, 7.5f, INNER - 90));
          foot.textUntil(
              RIGHT,
              at,
              type,
              fonts.regular.shown(String.format(Locale.ROOT, word(Words.PAGE), i + 1, count)));
        }
      }
    }
  }
}
