package io.madang.gateway.voting;

import io.madang.chain.Base64Url;
import io.madang.chain.Hash;
import io.madang.gateway.database.Sql;
import io.madang.gateway.engine.Engine;
import io.madang.gateway.http.Call;
import io.madang.gateway.http.Json;
import io.madang.gateway.http.Operations;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.ProblemType;
import io.madang.gateway.http.Reply;
import io.madang.voting.ElectionId;
import io.madang.voting.chain.BallotBox;
import io.madang.voting.chain.BallotBoxView.AttachedStanding;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;

/** Elections that other systems hold: their boards, for everybody. */
final class AttachedRoutes implements Operations.Feature {
  private final Engine<BallotBox> engine;
  private final Sql sql;
  private final BoardReader reader;

  AttachedRoutes(Engine<BallotBox> engine, Sql sql, BoardReader reader) {
    this.engine = engine;
    this.sql = sql;
    this.reader = reader;
  }

  @Override
  public void register(Operations operations) {
    operations.on("listAttached", _ -> all());
    operations.on("getAttached", this::one);
    operations.on("listAttachedBallots", this::ballots);
    operations.on("getAttachedBallot", this::ballot);
  }

  private Future<Reply> all() {
    return engine
        .ask(box -> box.view().attached())
        .map(
            standings ->
                Reply.ok(
                    new JsonObject()
                        .put(
                            "items",
                            new JsonArray(
                                standings.reversed().stream()
                                    .map(AttachedRoutes::view)
                                    .toList()))));
  }

  private Future<Reply> one(Call call) {
    return standing(ElectionRoutes.id(call)).map(AttachedRoutes::view).map(Reply::ok);
  }

  private Future<AttachedStanding> standing(ElectionId id) {
    return engine
        .ask(box -> box.view().attached(id))
        .map(found -> found.orElseThrow(ElectionCatalogue::unknown));
  }

  private static JsonObject view(AttachedStanding standing) {
    var terms = standing.terms();
    var view =
        new JsonObject()
            .put("id", standing.id().text())
            .put(
                "title",
                new JsonObject().put("en", terms.titleEnglish()).put("ko", terms.titleKorean()))
            .put("key", terms.key().toString())
            .put("administratorKey", standing.administrator().toString())
            .put("closesAt", Json.time(terms.closesMillis()))
            .put("stage", standing.stage().name().toLowerCase(Locale.ROOT))
            .put("ballots", standing.hashes())
            .put("head", text(standing.head().hash()));
    return Json.putIfPresent(
        view,
        "result",
        standing
            .result()
            .map(
                result ->
                    new JsonObject().put("text", result.text()).put("hash", text(result.hash()))));
  }

  private static String text(Hash hash) {
    return Base64Url.encode(hash.bytes());
  }

  private Future<Reply> ballots(Call call) {
    var id = ElectionRoutes.id(call);
    long from = call.integer("from", 0);
    return standing(id)
        .compose(_ -> engine.ask(box -> box.view().attachedBallots(id, from, call.limit() + 1)))
        .map(hashes -> Reply.ok(page(hashes, from, call.limit())));
  }

  private static JsonObject page(List<Hash> hashes, long from, int limit) {
    var items = new JsonArray();
    hashes.stream()
        .limit(limit)
        .forEach(
            hash ->
                items.add(
                    new JsonObject().put("position", from + items.size()).put("hash", text(hash))));
    var page = new JsonObject().put("items", items);
    return hashes.size() > limit ? page.put("next", from + limit) : page;
  }

  private Future<Reply> ballot(Call call) {
    var id = ElectionRoutes.id(call);
    var hash =
        Base64Url.decode(call.text("hash"))
            .map(Hash::of)
            .orElseThrow(() -> Problem.of(ProblemType.HASH_NOT_ON_BOARD).raised());
    return standing(id)
        .compose(_ -> engine.ask(box -> box.view().attachedPosition(id, hash)))
        .compose(
            position -> {
              if (position.isEmpty()) return Problem.of(ProblemType.HASH_NOT_ON_BOARD).fail();
              // The index may be a moment behind the board.
              return reader
                  .reached(engine.standing().height())
                  .compose(_ -> AttachedPosting.that(sql, id, position.getAsInt()))
                  .map(posting -> Reply.ok(view(hash, position.getAsInt(), posting.orElseThrow())));
            });
  }

  private static JsonObject view(Hash hash, int position, AttachedPosting posting) {
    return new JsonObject()
        .put("position", position)
        .put("hash", text(hash))
        .put("transaction", posting.transaction().toString())
        .put("height", posting.height())
        .put("receipt", "/v1/votes/receipts/" + posting.transaction());
  }
}
