package io.madang.gateway.settlement;

import static io.madang.gateway.Town.await;
import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.madang.chain.ChainApplication.Position;
import io.madang.chain.MerkleTree;
import io.madang.chain.Receipt;
import io.madang.chain.ReceiptReading;
import io.madang.chain.ReceiptVerification;
import io.madang.chain.TrustedMembers;
import io.madang.gateway.Person;
import io.madang.gateway.account.MerchantRoutes.Registered;
import io.madang.gateway.account.Movement;
import io.madang.gateway.database.Columns;
import io.madang.ledger.Settlement;
import io.madang.payment.iso20022.BankAccount;
import io.madang.payment.settlement.Posting;
import io.madang.payment.settlement.StatementLine;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statements of days and months, in every form, against what was settled. */
class StatementsTest {
  private static final List<String> FORMATS = List.of("pdf", "xlsx", "csv");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir private static Path folder = Path.of("");
  private final SettlingTown town = new SettlingTown(folder.resolve("bank"));
  private final SettlementOffice office = town.office();
  private final Registered cafe = town.shop("CAFE", "40123456789012", "신촌커피");
  private final Person anna = town.town.newPerson("anna", 200_000);
  private String refunded = "";

  @BeforeEach
  void a_day() {
    refunded = pay(4_500, "=1+1");
    pay(12_000, "@SUM(A1:A9),;|x");
    pay(700, "table 7");
    town.town
        .shop(cafe)
        .post("/v1/intents/" + refunded + "/refunds", new JsonObject().put("amount", 500))
        .expect(201);
  }

  @AfterEach
  void end() {
    office.close();
    town.close();
  }

  /** A payment of an intent with a reference of the merchant's. */
  private String pay(long amount, String reference) {
    var asked =
        new JsonObject().put("asset", "S-COIN").put("amount", amount).put("reference", reference);
    var intent = town.town.shop(cafe).post("/v1/intents", asked).expect(201).json().getString("id");
    anna.pay(cafe.merchant().account(), amount, intent).expect(200);
    Person.eventually(
        () ->
            assertThat(town.town.shop(cafe).get("/v1/intents/" + intent).json().getString("status"))
                .isEqualTo("paid"));
    return intent;
  }

  private JsonObject statement(Registered shop, Object period) {
    return town.town.shop(shop).get("/v1/statements/S-COIN/" + period).expect(200).json();
  }

  private HttpResponse<byte[]> download(Registered shop, Object period, String query) {
    var path = "/v1/statements/S-COIN/" + period + "/file?" + query;
    try {
      return HTTP.send(
          town.town.shop(shop).request(path).GET().build(), BodyHandlers.ofByteArray());
    } catch (IOException failed) {
      throw new AssertionError(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new AssertionError(stopped);
    }
  }

  private byte[] file(Object period, String query) {
    var answer = download(cafe, period, query);
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  private static List<NamedCsvRecord> rows(byte[] csv) {
    var text = new String(csv, StandardCharsets.UTF_8);
    assertThat(text).startsWith("\uFEFF");
    return CsvReader.builder().ofNamedCsvRecord(text.substring(1)).stream().toList();
  }

  private static XSSFWorkbook workbook(byte[] xlsx) throws IOException {
    return new XSSFWorkbook(new ByteArrayInputStream(xlsx));
  }

  private static String text(byte[] pdf) throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      return new PDFTextStripper().getText(document);
    }
  }

  @Test
  void a_day_says_what_its_settlement_says() {
    var day = town.endDay();
    town.settle(office);
    var settled = town.settlement(cafe, day);
    var statement = statement(cafe, day);

    var figures = statement.getJsonObject("figures");
    for (var name : List.of("postings", "captures", "refunds", "fees", "payout", "carried")) {
      assertThat(figures.getLong(name)).as(name).isEqualTo(settled.getLong(name));
    }
    assertThat(figures.getLong("captures")).isEqualTo(17_200);
    assertThat(figures.getLong("paid")).isEqualTo(16_700);
    assertThat(statement.getBoolean("complete")).isTrue();
    var row = statement.getJsonArray("days").getJsonObject(0);
    assertThat(row.getString("root")).isEqualTo(settled.getString("root"));
    assertThat(row.getString("status")).isEqualTo("paid");
    assertThat(row.getString("transaction")).isEqualTo(settled.getString("transaction"));
    var chart = statement.getJsonArray("chart").stream().map(JsonObject.class::cast).toList();
    assertThat(chart).hasSize(24);
    assertThat(chart.get(12).getLong("captures") + chart.get(13).getLong("captures"))
        .as("paid at noon in Seoul")
        .isEqualTo(17_200);
    assertThat(chart.stream().mapToLong(bar -> bar.getLong("refunds")).sum()).isEqualTo(500);
  }

  @Test
  void a_month_is_the_sum_of_its_days_and_goes_on_until_its_last() throws IOException {
    var days = new ArrayList<LocalDate>();
    days.add(town.endDay());
    town.settle(office);
    pay(3_000, "second day");
    days.add(town.endDay());
    town.settle(office);

    // The days of the test may belong to two months.
    var month = YearMonth.from(days.getFirst());
    var ofMonth = days.stream().filter(day -> YearMonth.from(day).equals(month)).toList();
    long captures =
        ofMonth.stream().mapToLong(day -> town.settlement(cafe, day).getLong("captures")).sum();
    var statement = statement(cafe, month);
    assertThat(statement.getJsonArray("days")).hasSize(ofMonth.size());
    assertThat(statement.getJsonObject("figures").getLong("captures")).isEqualTo(captures);
    assertThat(statement.getJsonArray("chart")).hasSize(month.lengthOfMonth());
    boolean whole = !ofMonth.getLast().isBefore(month.atEndOfMonth());
    assertThat(statement.getBoolean("complete")).isEqualTo(whole);
    assertThat(statement.getString("through")).isEqualTo(ofMonth.getLast().toString());

    assertThat(sum(rows(file(month, "format=csv&lang=en")), "Amount")).isEqualTo(captures - 500);
    var text = text(file(month, "format=pdf&lang=ko"));
    assertThat(text.contains("아직 끝나지 않은 기간이에요")).isEqualTo(!whole);
    for (var day : ofMonth) {
      assertThat(text).contains(town.settlement(cafe, day).getString("root"));
    }
  }

  private static long sum(List<NamedCsvRecord> rows, String column) {
    return rows.stream().mapToLong(row -> Long.parseLong(row.getField(column))).sum();
  }

  @Test
  void the_lines_of_the_csv_file_prove_the_root_and_lead_to_their_receipts() {
    var day = town.endDay();
    town.settle(office);
    var settled = town.settlement(cafe, day);

    var rows = rows(file(day, "format=csv&lang=en"));
    var leaves = new ArrayList<byte[]>();
    for (var row : rows) {
      leaves.add(
          Settlement.leaf(
              Movement.position(row.getField("Position on the chain")),
              Long.parseLong(row.getField("Amount"))));
      assertThat(row.getField("Merkle root")).isEqualTo(settled.getString("root"));
      assertThat(row.getField("Settlement transaction"))
          .isEqualTo(settled.getString("transaction"));
      var address = row.getField("Address of the receipt");
      var receipt = town.town.anyone().get(address.substring(address.indexOf("/v1/receipts/")));
      assertThat(provenHash(receipt.expect(200).response().body()))
          .isEqualTo(address.substring(address.lastIndexOf('/') + 1));
    }
    assertThat(MerkleTree.rootOf(leaves)).hasToString(settled.getString("root"));
    assertThat(rows.getLast().getField("Refunded payment"))
        .isEqualTo(rows.getFirst().getField("Position on the chain"));
  }

  /** The hash of the transaction that a receipt proves, from the members' keys alone. */
  private String provenHash(String receipt) {
    var members = town.town.anyone().get("/v1/members").expect(200).response().body();
    if (Receipt.read(receipt.getBytes(StandardCharsets.UTF_8))
            instanceof ReceiptReading.Read(var read)
        && TrustedMembers.read(members.getBytes(StandardCharsets.UTF_8))
            instanceof TrustedMembers.Reading.Read(var trusted)
        && read.verify(trusted) instanceof ReceiptVerification.Valid(var details)) {
      return details.transactionHash().toString();
    }
    return "not proven";
  }

  @Test
  void formulas_separators_and_quotes_come_out_as_text() throws IOException {
    await(
        town.sql.run(
            "UPDATE ops.intent SET reference = $1 WHERE reference = 'table 7'",
            "가\"나';,\n다\u202E\u0007" + "라".repeat(300)));
    var harmless = "가\"나';, 다  " + "라".repeat(190) + "…";
    var day = town.endDay();
    town.settle(office);

    var rows = rows(file(day, "format=csv&lang=en"));
    assertThat(rows)
        .extracting(row -> row.getField("Reference"))
        .containsExactly("'=1+1", "'@SUM(A1:A9),;|x", harmless, "'=1+1");
    try (var workbook = workbook(file(day, "format=xlsx&lang=ko"))) {
      workbook
          .sheetIterator()
          .forEachRemaining(
              sheet ->
                  sheet.forEach(
                      row ->
                          row.forEach(
                              cell ->
                                  assertThat(cell.getCellType()).isNotEqualTo(CellType.FORMULA))));
      var lines = workbook.getSheet("정산 내역");
      assertThat(lines.getRow(1).getCell(6).getStringCellValue()).isEqualTo("=1+1");
      assertThat(lines.getRow(3).getCell(6).getStringCellValue()).isEqualTo(harmless);
    }
    assertThat(text(file(day, "format=pdf"))).contains("=1+1").contains("가\"나';, 다");
  }

  @Test
  void a_workbook_has_exact_numbers_real_times_and_the_same_sums() throws IOException {
    var day = town.endDay();
    town.settle(office);
    var settled = town.settlement(cafe, day);

    try (var workbook = workbook(file(day, "format=xlsx&lang=en"))) {
      var lines = workbook.getSheet("Transactions");
      assertThat(lines.getLastRowNum()).isEqualTo(4);
      long sum = 0;
      for (int row = 1; row <= 4; row++) {
        sum += (long) lines.getRow(row).getCell(4).getNumericCellValue();
        assertThat(lines.getRow(row).getCell(2).getLocalDateTimeCellValue().toLocalDate())
            .isEqualTo(day);
      }
      assertThat(sum).isEqualTo(settled.getLong("captures") - settled.getLong("refunds"));
      assertThat(lines.getRow(1).getCell(4).getCellStyle().getDataFormatString())
          .isEqualTo("#,##0");
      var summary = words(workbook.getSheet("Summary"));
      assertThat(summary)
          .contains(settled.getString("root"), settled.getString("transaction"))
          .anyMatch(text -> text.contains("RFC 6962"));
    }
  }

  private static List<String> words(Sheet sheet) {
    var words = new ArrayList<String>();
    sheet.forEach(
        row ->
            row.forEach(
                cell -> {
                  if (cell.getCellType() == CellType.STRING) words.add(cell.getStringCellValue());
                }));
    return words;
  }

  @Test
  void a_pdf_carries_its_korean_font_and_says_how_to_prove_it() throws IOException {
    var day = town.endDay();
    town.settle(office);
    var settled = town.settlement(cafe, day);
    var pdf = file(day, "format=pdf&lang=ko");

    assertThat(text(pdf))
        .contains("정산서", "신촌커피", "17,200", "16,700", settled.getString("root"), "RFC 6962");
    try (var document = Loader.loadPDF(pdf)) {
      assertThat(document.getDocumentCatalog().getLanguage()).isEqualTo("ko");
      int links = 0;
      for (var page : document.getPages()) {
        for (var name : page.getResources().getFontNames()) {
          var font = page.getResources().getFont(name);
          assertThat(font.isEmbedded()).isTrue();
          assertThat(font.getName()).matches("[A-Z]{6}\\+Pretendard.*");
        }
        links += page.getAnnotations().size();
      }
      assertThat(links).as("four receipts, the settlement's, its page").isEqualTo(6);
    }
    assertThat(pdf.length).as("a subset, not the font").isLessThan(200_000);
    assertThat(file(day, "format=pdf&lang=ko")).isEqualTo(pdf);
    assertThat(file(day, "format=csv")).isEqualTo(file(day, "format=csv"));
  }

  @Test
  void speaks_the_language_that_is_asked_for() throws IOException, InterruptedException {
    var day = town.endDay();
    town.settle(office);
    var path = "/v1/statements/S-COIN/" + day + "/file?format=csv";
    for (var preference :
        List.of("en-GB,en;q=0.9,ko;q=0.5", "ko-KR", "fr", "*", "not;a=list,,;;q=x")) {
      var request =
          town.town.shop(cafe).request(path).header("Accept-Language", preference).GET().build();
      var answer = HTTP.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
      assertThat(answer.body())
          .startsWith(preference.startsWith("en") ? "\uFEFFSettlement day," : "\uFEFF정산일,");
    }
    assertThat(new String(file(day, "format=csv&lang=en"), StandardCharsets.UTF_8))
        .contains("Payment,4500,");
  }

  @Test
  void files_are_attachments_of_their_type() {
    var day = town.endDay();
    town.settle(office);
    for (var format : FORMATS) {
      var headers = download(cafe, day, "format=" + format).headers();
      assertThat(headers.firstValue("content-disposition"))
          .contains("attachment; filename=\"statement-S-COIN-" + day + "." + format + "\"");
      assertThat(headers.firstValue("cache-control")).contains("no-store");
      assertThat(headers.firstValue("content-type").orElseThrow())
          .contains(format.equals("xlsx") ? "spreadsheetml" : format);
    }
  }

  @Test
  void a_payout_that_came_back_is_not_counted_twice() {
    await(
        office
            .accounts()
            .propose(
                cafe.merchant(),
                new BankAccount("004", "4012345678" + SamplePayoutBank.CLOSED_ACCOUNT, "닫힌 계좌"),
                "one"));
    await(office.accounts().confirm(cafe.merchant(), "two", town.clock.millis() - 1));
    var day = town.endDay();
    town.settle(office);
    var before = statement(cafe, day).getJsonObject("figures");
    assertThat(before.getLong("returned")).isEqualTo(16_700);

    await(
        office
            .accounts()
            .propose(cafe.merchant(), new BankAccount("020", "40123456789", "신촌커피"), "one"));
    await(office.accounts().confirm(cafe.merchant(), "two", town.clock.millis() - 1));
    assertThat(await(office.retry(town.run(day)))).isPresent();
    town.settle(office);

    var statement = statement(cafe, day);
    var row = statement.getJsonArray("days").getJsonObject(0);
    assertThat(row.getJsonArray("attempts")).hasSize(2);
    assertThat(row.getInteger("attempt")).isEqualTo(2);
    assertThat(row.getLong("captures")).isEqualTo(17_200);
    assertThat(row.getLong("payout")).isEqualTo(16_700);
    var figures = statement.getJsonObject("figures");
    assertThat(figures.getLong("paid")).isEqualTo(16_700);
    assertThat(figures.getLong("returned")).isEqualTo(16_700);
    assertThat(
            figures.getLong("carriedBefore")
                + figures.getLong("captures")
                - figures.getLong("refunds")
                + figures.getLong("others"))
        .isEqualTo(
            figures.getLong("charges") + figures.getLong("payout") + figures.getLong("carried"));
    assertThat(sum(rows(file(day, "format=csv&lang=en")), "Amount")).isEqualTo(16_700);
  }

  @Test
  void nobody_finds_a_statement_that_is_not_theirs_or_not_there() {
    var day = town.endDay();
    town.settle(office);
    var other = town.town.newShop("OTHER");
    var elsewhere =
        List.of(
            "/v1/statements/S-COIN/" + day,
            "/v1/statements/S-COIN/" + day + "/file?format=csv",
            "/v1/statements/S-COIN/" + YearMonth.from(day));
    for (var path : elsewhere) {
      town.town.shop(other).get(path).expect(404, "not-found");
    }
    for (var nothing :
        List.of(
            "S-COIN/" + day.plusDays(1),
            "S-COIN/" + day.minusDays(60),
            "S-COIN/" + YearMonth.from(day).minusMonths(3),
            "S-COIN/2026-13",
            "S-COIN/2026-02-30",
            "NONE/" + day)) {
      for (var end : List.of("", "/file?format=pdf", "/file?format=xlsx", "/file?format=csv")) {
        town.town.shop(cafe).get("/v1/statements/" + nothing + end).expect(404, "not-found");
      }
    }
    var path = elsewhere.getFirst();
    town.town.anyone().get(path).expect(401, "unauthorized");
    var cashier =
        town.town
            .shop(cafe)
            .post("/v1/merchant/keys", new JsonObject().put("name", "C").put("role", "cashier"))
            .expect(201)
            .json();
    town.town.holder(cashier.getString("apiKey")).get(path).expect(403, "forbidden");
    town.town.shop(cafe).get(path + "/file?format=doc").expect(400, "malformed-request");
    town.town.shop(cafe).get(path + "/file?lang=fr").expect(400, "malformed-request");
  }

  @Test
  void a_hundred_thousand_lines_are_all_in_the_tables_and_counted_on_paper() throws IOException {
    var day = town.endDay();
    town.settle(office);
    int lines = manyMore(day);

    var rows = rows(file(day, "format=csv&lang=en"));
    assertThat(rows).hasSize(lines);
    assertThat(sum(rows, "Amount"))
        .isEqualTo(statement(cafe, day).getJsonObject("figures").getLong("captures"));
    assertThat(rowsOf(file(day, "format=xlsx&lang=en"))).isEqualTo(lines + 1);
    var pdf = file(day, "format=pdf&lang=en");
    assertThat(text(pdf)).contains("These are the first 1,000 transactions; all 100,000 are");
    assertThat(pdf.length).isLessThan(1_000_000);
  }

  /** Rows of the second sheet, counted without the memory that a workbook of them takes. */
  private static int rowsOf(byte[] xlsx) throws IOException {
    var file = Files.write(folder.resolve("large.xlsx"), xlsx);
    try (var zip = new ZipFile(file.toFile());
        var sheet = zip.getInputStream(zip.getEntry("xl/worksheets/sheet2.xml"))) {
      var xml = new String(sheet.readAllBytes(), StandardCharsets.UTF_8);
      return xml.split("<row ", -1).length - 1;
    }
  }

  /** Makes of the settled day one of 100,000 captures of 1 each, in the tables alone. */
  private int manyMore(LocalDate day) {
    int lines = 100_000;
    var account = cafe.merchant().account();
    long begin = office.businessDays().beginMillis(day);
    var writing = office.lines().write(SettlingTown.COIN, day);
    for (int i = 0; i < lines; i++) {
      var position = new Position(1_000_000 + i / 1_000, i % 1_000);
      long time = begin + i / 1_000 * 800_000L;
      writing.add(
          new StatementLine(
              new Posting(
                  position, time, account, SettlingTown.COIN, Posting.Kind.CAPTURE, 1, position, 0),
              i,
              0));
    }
    writing.finish();
    await(
        town.sql.run(
            "INSERT INTO ops.movement SELECT 1000000 + i / 1000, i % 1000, $1::bigint + i / 1000 * 800000,"
                + " 'payment', NULL, $2, 'S-COIN', 1, 'order ' || i, decode(md5(i::text) ||"
                + " md5('x' || i), 'hex') FROM generate_series(0, 99999) AS i",
            begin, Columns.of(account)));
    await(
        town.sql.run(
            "UPDATE ops.settlement_day SET postings = 100000, capture_count = 100000,"
                + " captures = 100000, refund_count = 0, refunds = 0, charges = 0,"
                + " payout = 100000, carried = 0, carried_before = 0 WHERE account = $1",
            Columns.of(account)));
    return lines;
  }
}
