package io.madang.gateway.statement;

import io.madang.gateway.account.MerchantRegistry;
import io.madang.gateway.database.Sql;
import io.madang.gateway.engine.Engine;
import io.madang.gateway.http.Call;
import io.madang.gateway.http.Operations;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.ProblemType;
import io.madang.gateway.http.Reply;
import io.madang.gateway.settlement.SettledDays;
import io.madang.ledger.AssetCode;
import io.madang.ledger.Ledger;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** A merchant's own statements: for the page, and as files to keep. */
public final class StatementRoutes implements Operations.Feature {
  private static final String XLSX_TYPE =
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

  private final MerchantRegistry merchants;
  private final StatementDesk desk;
  private final StatementFiles files;
  private final Lines lines;
  private final Addresses addresses;

  /**
   * @param assetNames names of assets by their codes, as {@code ko} and {@code en}
   * @param publicOrigin where receipts are found
   */
  public StatementRoutes(
      Vertx vertx,
      Sql sql,
      Engine<Ledger> engine,
      SettledDays settled,
      MerchantRegistry merchants,
      Map<String, JsonObject> assetNames,
      String publicOrigin) {
    this.merchants = merchants;
    desk = new StatementDesk(engine, settled, assetNames);
    files = new StatementFiles(vertx);
    lines = new Lines(settled, new References(sql, engine));
    addresses = new Addresses(publicOrigin);
  }

  /** Whether this program was built with the fonts that PDF needs. */
  public static boolean writesPdf() {
    return PdfFonts.areThere();
  }

  @Override
  public void register(Operations operations) {
    operations.on("getStatement", this::statement);
    operations.on("getStatementFile", this::file);
  }

  private Future<Reply> statement(Call call) {
    return find(call)
        .compose(statement -> desk.chart(statement).map(chart -> Reply.ok(statement.view(chart))));
  }

  private Future<Statement> find(Call call) {
    var period = Period.parse(call.text("period"));
    if (period.isEmpty()) return Problem.of(ProblemType.NOT_FOUND).fail();
    var merchant = merchants.byId(call.merchant().merchant()).orElseThrow();
    return desk.find(merchant, new AssetCode(call.text("asset")), period.get())
        .map(found -> found.orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND).raised()));
  }

  private Future<Reply> file(Call call) {
    var language = Language.of(call);
    return find(call)
        .compose(
            statement ->
                switch (call.text("format")) {
                  case "pdf" -> pdf(statement, language);
                  case "xlsx" -> xlsx(statement, language);
                  default ->
                      files.send(
                          statement.fileName() + ".csv",
                          "text/csv; charset=utf-8",
                          out -> new CsvFile(lines, addresses).write(statement, language, out));
                });
  }

  private Future<Reply> pdf(Statement statement, Language language) {
    if (!writesPdf()) return Problem.of(ProblemType.BUILT_WITHOUT_FONTS).fail();
    return desk.chart(statement)
        .compose(
            chart ->
                files.send(
                    statement.fileName() + ".pdf",
                    "application/pdf",
                    out -> new PdfFile(lines, addresses).write(statement, chart, language, out)));
  }

  private Future<Reply> xlsx(Statement statement, Language language) {
    if (statement.figures().postings() > XlsxFile.MAX_LINES) {
      return Problem.of(ProblemType.STATEMENT_TOO_LONG).fail();
    }
    return files.send(
        statement.fileName() + ".xlsx",
        XLSX_TYPE,
        out -> new XlsxFile(lines, addresses).write(statement, language, out));
  }
}
