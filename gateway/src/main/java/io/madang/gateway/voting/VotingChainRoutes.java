package io.madang.gateway.voting;

import io.madang.chain.Base64Url;
import io.madang.chain.StatementReader;
import io.madang.chain.StatementReading;
import io.madang.gateway.engine.Engine;
import io.madang.gateway.engine.RecordedBlock;
import io.madang.gateway.explorer.ChainRoutes;
import io.madang.gateway.http.Call;
import io.madang.gateway.http.Json;
import io.madang.gateway.http.Operations;
import io.madang.gateway.http.Patience;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.ProblemType;
import io.madang.gateway.http.Reply;
import io.madang.gateway.http.TransactionReply;
import io.madang.voting.chain.BallotBox;
import io.madang.voting.chain.Purpose;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The voting channel as a chain: its members, blocks and headers, and who writes to it. */
final class VotingChainRoutes implements Operations.Feature {
  private static final Duration LONGEST_VALIDITY = Duration.ofHours(24);

  /** Setting up an election checks its credentials, which may be many. */
  private static final long PATIENCE_MILLIS = 5_000;

  private final Vertx vertx;
  private final Engine<BallotBox> engine;
  private final ChainRoutes chain;

  VotingChainRoutes(Vertx vertx, Engine<BallotBox> engine) {
    this.vertx = vertx;
    this.engine = engine;
    this.chain = new ChainRoutes(engine);
  }

  @Override
  public void register(Operations operations) {
    operations.on("getVotes", _ -> Future.succeededFuture(chain()));
    operations.on("getVotesMembers", _ -> Future.succeededFuture(chain.members()));
    operations.on("listVotesBlocks", chain::blocks);
    operations.on("getVotesBlock", chain::block);
    operations.on("getVotesTransaction", chain::transaction);
    operations.on("getVotesReceipt", chain::receipt);
    operations.on("listVotesHeaders", this::headers);
    operations.on("submitVotesTransaction", this::submit);
  }

  private Reply chain() {
    var standing = engine.standing();
    return Reply.ok(
        new JsonObject()
            .put("chain", standing.chain())
            .put("height", standing.height())
            .put("time", Json.time(standing.timeMillis()))
            .put("members", chain.memberList())
            .put("transactionValidityMillis", LONGEST_VALIDITY.toMillis()));
  }

  private Future<Reply> headers(Call call) {
    long after = call.integer("after", 0);
    return engine
        .recorded(after + 1, after + call.limit() + 1)
        .map(
            blocks ->
                Reply.ok(
                    Json.page(
                        blocks,
                        call.limit(),
                        VotingChainRoutes::header,
                        block -> Long.toString(block.height()))));
  }

  private static JsonObject header(RecordedBlock block) {
    return new JsonObject()
        .put("height", block.height())
        .put("header", Base64Url.encode(block.header()))
        .put("commit", Base64Url.encode(block.commit()));
  }

  private Future<Reply> submit(Call call) {
    byte[] bytes = call.body().getString("transaction").getBytes(StandardCharsets.US_ASCII);
    if (StatementReader.read(bytes) instanceof StatementReading.Read(var statement)) {
      var payload = statement.payload();
      if (payload.purpose().equals(Purpose.BALLOT.toString())) {
        return Problem.of(ProblemType.BALLOT_NEEDS_VOTER).fail();
      }
    }
    var answer = engine.submit(bytes).map(known -> TransactionReply.of(known, VotingProblems::of));
    if (call.prefersAsync()) return pending(bytes);
    return Patience.with(vertx, answer, PATIENCE_MILLIS, () -> pending(bytes));
  }

  private static Future<Reply> pending(byte[] bytes) {
    return Future.succeededFuture(TransactionReply.pending(bytes));
  }
}
