package io.madang.gateway.explorer;

import io.madang.chain.Bytes;
import io.madang.chain.Commit;
import io.madang.chain.Hash;
import io.madang.chain.Header;
import io.madang.gateway.engine.BlockResults;
import io.madang.gateway.engine.BlockSummary;
import io.madang.gateway.engine.Engine;
import io.madang.gateway.engine.RecordedBlock;
import io.madang.gateway.engine.RecordedTransaction;
import io.madang.gateway.http.Call;
import io.madang.gateway.http.Json;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.ProblemType;
import io.madang.gateway.http.Reply;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** Shows what is on a chain, whatever it is about. */
public final class ChainRoutes {
  private final Engine<?> engine;

  /** Shows this engine's chain. */
  public ChainRoutes(Engine<?> engine) {
    this.engine = engine;
  }

  /** Who signs blocks. */
  public JsonArray memberList() {
    var members = new JsonArray();
    for (var named : engine.members().named()) {
      members.add(
          new JsonObject()
              .put("key", named.member().key().toString())
              .put("name", named.name())
              .put("power", named.member().power()));
    }
    return members;
  }

  /** The members file. */
  public Reply members() {
    return canonical(engine.members().encode());
  }

  /** What others sign and hash goes out byte for byte. */
  private static Reply canonical(byte[] json) {
    return new Reply.Content("application/json", Buffer.buffer(json), Map.of());
  }

  /** A page of blocks, newest first. */
  public Future<Reply> blocks(Call call) {
    return engine
        .blocks(Json.cursorNumber(call.optional("cursor"), Long.MAX_VALUE), call.limit() + 1)
        .map(
            found ->
                Reply.ok(
                    Json.page(
                        found,
                        call.limit(),
                        ChainRoutes::view,
                        block -> Long.toString(block.height()))));
  }

  private static JsonObject view(BlockSummary block) {
    return new JsonObject()
        .put("height", block.height())
        .put("time", Json.time(block.timeMillis()))
        .put("hash", block.hash().toString())
        .put("stateHash", block.stateHash().toString())
        .put("transactions", block.transactions());
  }

  /** One block. */
  public Future<Reply> block(Call call) {
    long height = call.integer("height", 0);
    return engine
        .block(height)
        .compose(
            found -> {
              var block = found.orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND).raised());
              return engine
                  .blocks(height + 1, 1)
                  .map(summaries -> Reply.ok(view(block, view(summaries.getFirst()))));
            });
  }

  /**
   * Many blocks at once, for whoever checks a whole day: headers, and of each transaction what came
   * of it, as the very text that the next header commits to.
   */
  public Future<Reply> results(Call call) {
    return engine
        .results(call.integer("below", 1), call.limit())
        .map(
            blocks ->
                Reply.ok(
                    new JsonObject()
                        .put(
                            "items",
                            new JsonArray(blocks.stream().map(ChainRoutes::view).toList()))));
  }

  private static JsonObject view(BlockResults block) {
    var results = new JsonArray();
    for (var result : block.results()) {
      results.add(new String(result.data(), StandardCharsets.UTF_8));
    }
    return new JsonObject().put("header", view(block.header())).put("results", results);
  }

  private static JsonObject view(RecordedBlock block, JsonObject summary) {
    var contents = new JsonArray();
    for (var transaction : block.transactions()) {
      contents.add(
          new JsonObject()
              .put("hash", transaction.hash().toString())
              .put("purpose", transaction.statement().payload().purpose())
              .put("position", transaction.position().toString()));
    }
    return summary
        .put("header", view(Header.decode(block.header()).orElseThrow()))
        .put("commit", view(Commit.decode(block.commit()).orElseThrow()))
        .put("contents", contents);
  }

  /** The fourteen fields by the names that CometBFT gives them in JSON. */
  private static JsonObject view(Header header) {
    return new JsonObject()
        .put(
            "version",
            new JsonObject().put("block", header.blockVersion()).put("app", header.appVersion()))
        .put("chain_id", header.chain())
        .put("height", header.height())
        .put("time", header.time().toString())
        .put(
            "last_block_id",
            new JsonObject()
                .put("hash", hex(header.lastBlockId().hash()))
                .put(
                    "parts",
                    new JsonObject()
                        .put("total", header.lastBlockId().parts().total())
                        .put("hash", hex(header.lastBlockId().parts().hash()))))
        .put("last_commit_hash", hex(header.lastCommitHash()))
        .put("data_hash", hex(header.dataHash()))
        .put("validators_hash", hex(header.validatorsHash()))
        .put("next_validators_hash", hex(header.nextValidatorsHash()))
        .put("consensus_hash", hex(header.consensusHash()))
        .put("app_hash", hex(header.appHash()))
        .put("last_results_hash", hex(header.lastResultsHash()))
        .put("evidence_hash", hex(header.evidenceHash()))
        .put("proposer_address", hex(header.proposerAddress()));
  }

  private static JsonObject view(Commit commit) {
    var signatures = new JsonArray();
    for (var signature : commit.signatures()) {
      signatures.add(
          new JsonObject()
              .put("validator_address", hex(signature.address()))
              .put("timestamp", signature.time().toString())
              .put(
                  "signature",
                  Base64.getUrlEncoder()
                      .withoutPadding()
                      .encodeToString(signature.signature().toByteArray())));
    }
    return new JsonObject()
        .put("height", commit.height())
        .put("round", commit.round())
        .put("block_id", hex(commit.blockId().hash()))
        .put("signatures", signatures);
  }

  private static String hex(Bytes bytes) {
    return java.util.HexFormat.of().withUpperCase().formatHex(bytes.toByteArray());
  }

  /** What became of a transaction. */
  public Future<Reply> transaction(Call call) {
    var hash = Hash.parse(call.text("hash"));
    return engine
        .transaction(hash)
        .map(
            found ->
                Reply.ok(
                    found
                        .map(ChainRoutes::view)
                        .orElseGet(
                            () ->
                                new JsonObject()
                                    .put("status", "unknown")
                                    .put("hash", hash.toString()))));
  }

  private static JsonObject view(RecordedTransaction recorded) {
    return new JsonObject()
        .put("status", "final")
        .put("hash", recorded.hash().toString())
        .put("position", recorded.position().toString())
        .put("height", recorded.position().height())
        .put("time", Json.time(recorded.timeMillis()))
        .put("data", new JsonObject(new String(recorded.result().data(), StandardCharsets.UTF_8)))
        .put("transaction", recorded.statement().text());
  }

  /** The receipt of a transaction. */
  public Future<Reply> receipt(Call call) {
    return engine
        .receipt(Hash.parse(call.text("hash")))
        .map(
            found ->
                canonical(
                    found.orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND).raised()).encode()));
  }
}
