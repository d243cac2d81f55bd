package io.madang.gateway.http;

import io.madang.chain.ChainApplication.Position;
import io.madang.chain.ChainApplication.Refusal;
import io.madang.chain.Hash;
import io.madang.gateway.engine.Answer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** What is answered to whoever submitted a transaction, on any channel. */
public final class TransactionReply {
  private TransactionReply() {}

  /**
   * The engine's answer.
   *
   * @param problem what a refusal of this channel becomes
   */
  public static Reply of(Answer answer, Function<Refusal, Problem> problem) {
    return switch (answer) {
      case Answer.Final(var position, var data, var timeMillis, var hash) ->
          done(position, data, timeMillis, hash);
      case Answer.DoneBefore(var position, var data, var timeMillis, var hash) ->
          done(position, data, timeMillis, hash);
      case Answer.Refused(var refusal) -> problem.apply(refusal);
      case Answer.Overloaded(var wait) -> Problem.of(ProblemType.OVERLOADED).retryAfter(wait);
      case Answer.Unavailable(var wait) -> Problem.of(ProblemType.UNAVAILABLE).retryAfter(wait);
    };
  }

  /** What is said when the answer does not come in time; the transaction goes on. */
  public static Reply pending(byte[] transaction) {
    return Reply.accepted(
        new JsonObject().put("status", "pending").put("hash", Hash.sha256(transaction).toString()));
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
