package io.madang.gateway.statement;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.madang.gateway.settlement.Correction;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * All lines as RFC 4180 wants them, in UTF-8 with a byte order mark, without which Excel takes
 * Korean for something else. One table with one head, so that any program can read it.
 */
final class CsvFile {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  static final List<Words> HEAD =
      Stream.concat(Line.COLUMNS.stream(), Stream.of(Words.ROOT, Words.SETTLEMENT)).toList();

  private final Lines lines;
  private final Addresses addresses;

  CsvFile(Lines lines, Addresses addresses) {
    this.lines = lines;
    this.addresses = addresses;
  }

  void write(Statement statement, Language language, OutputStream out) throws IOException {
    out.write(BYTE_ORDER_MARK);
    var amounts = new Amounts(statement.asset().scale());
    try (var csv = CsvWriter.builder().build(out, StandardCharsets.UTF_8)) {
      csv.writeRecord(HEAD.stream().map(word -> word.in(language)).toList());
      lines.read(
          statement,
          Long.MAX_VALUE,
          line ->
              csv.writeRecord(
                  line.day().date().toString(),
                  Long.toString(line.entry().index() + 1),
                  Times.text(line.posting().timeMillis()),
                  Words.of(line.posting().kind(), language),
                  amounts.plain(line.posting().change()),
                  amounts.plain(line.entry().fee()),
                  PlainText.ofCell(line.reference()),
                  line.posting().position().toString(),
                  line.refunded().map(Object::toString).orElse(""),
                  addresses.receipt(line.transaction()),
                  line.paidWith(amounts),
                  line.day().root().toString(),
                  line.day().covering().transaction().map(Object::toString).orElse("")));
      for (var day : statement.days()) {
        for (var correction : day.corrections()) {
          csv.writeRecord(correction(day, correction, amounts, language));
        }
      }
    }
  }

  /** No posting of the chain: without a number, a time, a position and a receipt. */
  private static List<String> correction(
      StatementDay day, Correction correction, Amounts amounts, Language language) {
    return List.of(
        day.date().toString(),
        "",
        "",
        Words.ADJUSTMENTS.in(language),
        amounts.plain(correction.change()),
        amounts.plain(0),
        PlainText.ofCell(correction.reason()),
        "",
        "",
        "",
        "",
        day.root().toString(),
        day.covering().transaction().map(Object::toString).orElse(""));
  }
}
