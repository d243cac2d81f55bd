package io.madang.gateway.payment;

import io.madang.gateway.engine.Engine;
import io.madang.gateway.http.Call;
import io.madang.gateway.http.LedgerProblems;
import io.madang.gateway.http.Operations;
import io.madang.gateway.http.Patience;
import io.madang.gateway.http.Reply;
import io.madang.gateway.http.TransactionReply;
import io.madang.gateway.metrics.PaymentMetrics;
import io.madang.ledger.Ledger;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;

/**
 * Takes signed transactions. This is the hot path: it asks no database and makes few objects; the
 * engine does the rest.
 */
final class TransactionRoutes implements Operations.Feature {
  private static final long PATIENCE_MILLIS = 5_000;

  private final Vertx vertx;
  private final Engine<Ledger> engine;
  private final PaymentMetrics metrics;

  TransactionRoutes(Vertx vertx, Engine<Ledger> engine, PaymentMetrics metrics) {
    this.vertx = vertx;
    this.engine = engine;
    this.metrics = metrics;
  }

  @Override
  public void register(Operations operations) {
    operations.on("submitTransaction", this::submit);
  }

  private Future<Reply> submit(Call call) {
    byte[] bytes = call.body().getString("transaction").getBytes(StandardCharsets.US_ASCII);
    long start = System.nanoTime();
    var answer = engine.submit(bytes).map(known -> TransactionReply.of(known, LedgerProblems::of));
    answer.onComplete(ended -> metrics.submitted(ended, System.nanoTime() - start));
    if (answer.isComplete()) return answer;
    if (call.prefersAsync()) return pending(bytes);
    return Patience.with(vertx, answer, PATIENCE_MILLIS, () -> pending(bytes));
  }

  private static Future<Reply> pending(byte[] bytes) {
    return Future.succeededFuture(TransactionReply.pending(bytes));
  }
}
