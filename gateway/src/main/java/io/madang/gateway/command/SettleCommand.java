package io.madang.gateway.command;

import io.madang.chain.SigningKey;
import io.madang.chain.StatementSigner;
import io.madang.gateway.client.GatewayClient;
import io.madang.gateway.settlement.Approvable;
import io.madang.gateway.setup.DataFolder;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Closes a day now, and shows how far it comes; or signs what waits for approvers. */
@Command(
    name = "settle",
    description = {
      "Close a day at a running gateway and show its progress; days close by themselves, too.",
      "With --approve: sign everything that waits for this approver's signature."
    },
    mixinStandardHelpOptions = true)
final class SettleCommand implements Callable<Integer> {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(500);
  private static final Duration VALIDITY = Duration.ofHours(12);
  private static final int SIGNED_AT_ONCE = 100;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--date", description = "The day, such as 2026-11-20; absent: only approve.")
  private Optional<LocalDate> date = Optional.empty();

  @Option(
      names = "--url",
      defaultValue = "${env:MADANG_URL:-http://127.0.0.1:8080}",
      description = "The gateway (MADANG_URL; ${DEFAULT-VALUE}).")
  private URI url = URI.create("http://127.0.0.1:8080");

  @Option(
      names = "--operator-key",
      paramLabel = "FILE",
      required = true,
      description = "A file with an operator's API key (ok_…).")
  private Path operatorKey = Path.of("");

  @Option(
      names = "--approve",
      paramLabel = "FILE",
      description = "The key of an approver, as keys/approver-1.key of the data folder.")
  private Optional<Path> approverKey = Optional.empty();

  @Override
  public Integer call() throws IOException {
    var operator = new GatewayClient(url).with(Files.readString(operatorKey).strip());
    if (approverKey.isPresent()) {
      approve(operator, DataFolder.approverKey(approverKey.get()));
    }
    return date.isPresent() ? settle(operator, date.get()) : 0;
  }

  private void approve(GatewayClient operator, SigningKey key) {
    var signer = new StatementSigner(key);
    var cursor = "";
    int accepted = 0;
    int refused = 0;
    do {
      var page = operator.get("/v1/settlement/approvals?limit=" + SIGNED_AT_ONCE + cursor);
      var statements = new JsonArray();
      for (var item : page.getJsonArray("items")) {
        statements.add(
            Approvable.of((JsonObject) item)
                .sign(signer, System.currentTimeMillis() + VALIDITY.toMillis())
                .text());
      }
      if (!statements.isEmpty()) {
        var answer =
            operator.post(
                "/v1/settlement/approvals", new JsonObject().put("statements", statements));
        accepted += answer.getInteger("accepted");
        refused += answer.getJsonArray("refused").size();
      }
      cursor = page.containsKey("next") ? "&cursor=" + page.getString("next") : "";
    } while (!cursor.isEmpty());
    spec.commandLine().getOut().printf("%d signed, %d not taken%n", accepted, refused);
  }

  /** Ends when every run of the day is closed, or waits for people or the bank. */
  private int settle(GatewayClient operator, LocalDate day) {
    var out = spec.commandLine().getOut();
    var shown = new HashMap<String, String>();
    while (true) {
      var runs =
          operator
              .post("/v1/settlement/runs", new JsonObject().put("day", day.toString()))
              .getJsonArray("runs");
      boolean goesOn = runs.isEmpty();
      for (var item : runs) {
        var run = (JsonObject) item;
        var line = line(run);
        if (!line.equals(shown.put(run.getString("id"), line))) out.println(line);
        goesOn |= !run.getString("stage").equals("closed") && !run.containsKey("waitingFor");
      }
      out.flush();
      if (!goesOn) return 0;
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
  }

  private static String line(JsonObject run) {
    var line = new StringBuilder(run.getString("id")).append("  ").append(run.getString("stage"));
    var totals = run.getJsonObject("totals");
    if (totals != null) {
      line.append(
          "  %,d won to %,d of %,d merchants"
              .formatted(
                  totals.getLong("payoutSum"),
                  totals.getLong("payouts"),
                  totals.getLong("merchants")));
    }
    var progress = run.getJsonObject("progress");
    if (progress != null) line.append("  ").append(progress.encode());
    if (run.containsKey("waitingFor")) {
      line.append("  waits for ").append(run.getString("waitingFor"));
    }
    return line.toString();
  }
}
