package io.madang.gateway.demo;

import io.madang.chain.ChainApplication.Position;
import io.madang.chain.MerkleTree;
import io.madang.chain.SigningKey;
import io.madang.chain.StatementSigner;
import io.madang.gateway.client.GatewayClient;
import io.madang.gateway.settlement.Approvable;
import io.madang.gateway.statement.StatementRoutes;
import io.madang.ledger.Settlement;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Drives the close of a day: settles it, approves it as both operators, waits until the bank's
 * statement shows the payouts, and proves the shop's statement from its lines.
 */
final class SettlementSmoke {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
  private static final Duration VALIDITY = Duration.ofHours(1);

  private final GatewayClient operator;
  private final GatewayClient shop;
  private final List<SigningKey> approvers;
  private final LocalDate day;
  private final Consumer<String> done;
  private final Keeper keeper;

  /** Keeps a file, when files are kept. */
  interface Keeper {
    void keep(String name, byte[] content);
  }

  SettlementSmoke(
      GatewayClient operator,
      GatewayClient shop,
      List<SigningKey> approvers,
      LocalDate day,
      Consumer<String> done,
      Keeper keeper) {
    this.operator = operator;
    this.shop = shop;
    this.approvers = List.copyOf(approvers);
    this.day = day;
    this.done = done;
    this.keeper = keeper;
  }

  void run() {
    operator.post("/v1/settlement/runs", new JsonObject().put("day", day.toString()));
    var id = "S-COIN-" + DateTimeFormatter.BASIC_ISO_DATE.format(day) + "-1";
    var run = awaitClosed(id);
    var totals = run.getJsonObject("totals");
    keeper.keep(id + ".xml", operator.bytes("/v1/settlement/runs/" + id + "/file"));
    done.accept(
        "%s was settled: %,d won to %d merchants in one file for the bank"
            .formatted(day, totals.getLong("payoutSum"), totals.getInteger("payouts")));

    var path = "/v1/settlements/S-COIN/" + day;
    var settled = shop.get(path);
    Smoke.expect(settled.getString("status").equals("paid"), "the bank's statement shows it");
    done.accept(
        "reconciled: the bank booked the shop's %,d won".formatted(settled.getLong("payout")));

    proveStatement(path, settled);
    done.accept(
        "the %d lines of the shop's statement prove the root on the chain"
            .formatted(settled.getInteger("postings")));
    keepStatements(settled.getInteger("postings"));
  }

  private void keepStatements(int lines) {
    var path = "/v1/statements/S-COIN/" + day;
    var statement = shop.get(path);
    Smoke.expect(
        statement.getJsonObject("figures").getInteger("postings") == lines,
        "the statement has every line");
    for (var begin : Map.of("pdf", "%PDF-", "xlsx", "PK", "csv", "\uFEFF").entrySet()) {
      if (begin.getKey().equals("pdf") && !StatementRoutes.writesPdf()) continue;
      var file = shop.bytes(path + "/file?format=" + begin.getKey());
      Smoke.expect(
          new String(file, StandardCharsets.UTF_8).startsWith(begin.getValue()),
          "it comes as " + begin.getKey());
      keeper.keep("statement-S-COIN-" + day + "." + begin.getKey(), file);
    }
    done.accept(
        StatementRoutes.writesPdf()
            ? "the shop keeps its statement as PDF, XLSX and CSV"
            : "the shop keeps its statement as XLSX and CSV; PDF needs Node in the build");
  }

  /** Signs all that waits for this approver: settlements, and then what the bank sent back. */
  private void approve(SigningKey key) {
    var signer = new StatementSigner(key);
    long validUntil = System.currentTimeMillis() + VALIDITY.toMillis();
    var statements = new JsonArray();
    for (var one : operator.get("/v1/settlement/approvals?limit=100").getJsonArray("items")) {
      var wanted = Approvable.of((JsonObject) one);
      if (wanted.approvals().stream().noneMatch(by -> by.signer().equals(key.publicKey()))) {
        statements.add(wanted.sign(signer, validUntil).text());
      }
    }
    if (statements.isEmpty()) return;
    var answer =
        operator.post("/v1/settlement/approvals", new JsonObject().put("statements", statements));
    Smoke.expect(answer.getJsonArray("refused").isEmpty(), "every approval is taken");
    done.accept(
        "an approver signed %d settlements or voidings".formatted(answer.getInteger("accepted")));
  }

  private JsonObject awaitClosed(String id) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      for (var one : operator.get("/v1/settlement/runs").getJsonArray("items")) {
        var run = (JsonObject) one;
        if (run.getString("id").equals(id) && run.getString("stage").equals("closed")) return run;
      }
      Smoke.expect(System.nanoTime() < deadline, "the run " + id + " is closed");
      approvers.forEach(this::approve);
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
  }

  private void proveStatement(String path, JsonObject settled) {
    var leaves = new ArrayList<byte[]>();
    long sum = 0;
    var next = "";
    do {
      var page = shop.get(path + "/lines?limit=100" + next);
      for (var one : page.getJsonArray("items")) {
        var line = (JsonObject) one;
        leaves.add(Settlement.leaf(position(line.getString("position")), line.getLong("change")));
        sum += line.getLong("change");
      }
      next = page.containsKey("next") ? "&cursor=" + page.getString("next") : "";
    } while (!next.isEmpty());
    Smoke.expect(
        MerkleTree.rootOf(leaves).toString().equals(settled.getString("root")),
        "the lines give the root");
    Smoke.expect(
        settled.getLong("carriedBefore") + sum
            == settled.getLong("charges") + settled.getLong("payout") + settled.getLong("carried"),
        "the statement adds up");
  }

  private static Position position(String text) {
    int dot = text.indexOf('.');
    return new Position(
        Long.parseLong(text.substring(0, dot)), Integer.parseInt(text.substring(dot + 1)));
  }
}
