package io.madang.gateway.payment;

import io.madang.chain.ChainApplication.Position;
import io.madang.chain.Hash;
import io.madang.gateway.engine.Answer;
import io.madang.gateway.engine.Engine;
import io.madang.gateway.http.Call;
import io.madang.gateway.http.Json;
import io.madang.gateway.http.LedgerProblems;
import io.madang.gateway.http.Operations;
import io.madang.gateway.http.Patience;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.ProblemType;
import io.madang.gateway.http.Reply;
import io.madang.gateway.metrics.PaymentMetrics;
import io.madang.ledger.Ledger;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
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
    var answer = engine.submit(bytes).map(TransactionRoutes::reply);
    answer.onComplete(ended -> metrics.submitted(ended, System.nanoTime() - start));
    if (answer.isComplete()) return answer;
    if (call.prefersAsync()) return pending(bytes);
    return Patience.with(vertx, answer, PATIENCE_MILLIS, () -> pending(bytes));
  }

  /** What is said when the answer does not come in time; the transaction goes on. */
  private static Future<Reply> pending(byte[] bytes) {
    return Future.succeededFuture(
        Reply.accepted(
            new JsonObject().put("status", "pending").put("hash", Hash.sha256(bytes).toString())));
  }

  private static Reply reply(Answer answer) {
    return switch (answer) {
      case Answer.Final(var position, var data, var timeMillis, var hash) ->
          done(position, data, timeMillis, hash);
      case Answer.DoneBefore(var position, var data, var timeMillis, var hash) ->
          done(position, data, timeMillis, hash);
      case Answer.Refused(var refusal) -> LedgerProblems.of(refusal);
      case Answer.Overloaded(var wait) -> Problem.of(ProblemType.OVERLOADED).retryAfter(wait);
      case Answer.Unavailable(var wait) -> Problem.of(ProblemType.UNAVAILABLE).retryAfter(wait);
    };
  }

  private static Reply done(Position position, byte[] data, long timeMillis, Hash hash) {
    return Reply.ok(
        new JsonObject()
            .put("status", "final")
            .put("hash", hash.toString())
            .put("position", position.toString())
            .put("height", position.height())
            .put("time", Json.time(timeMillis))
            .put("data", new JsonObject(new String(data, StandardCharsets.UTF_8))));
  }
}
