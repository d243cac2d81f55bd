package io.madang.gateway.voting;

import io.madang.chain.Bytes;
import io.madang.gateway.engine.Engine;
import io.madang.gateway.engine.RecordedBlock;
import io.madang.gateway.http.Json;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.ProblemType;
import io.madang.voting.ElectionId;
import io.madang.voting.chain.BallotBox;
import io.madang.voting.chain.BallotBoxView.ElectionStanding;
import io.madang.voting.chain.RecordKind;
import io.madang.voting.chain.Stage;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The elections as the API shows them. What never changes of each one is read once. */
final class ElectionCatalogue {
  private final Vertx vertx;
  private final Engine<BallotBox> engine;
  private final BoardStore store;
  private final Map<ElectionId, Future<JsonObject>> facts = new ConcurrentHashMap<>();

  ElectionCatalogue(Vertx vertx, Engine<BallotBox> engine, BoardStore store) {
    this.vertx = vertx;
    this.engine = engine;
    this.store = store;
  }

  /** The three records that define an election; the longest one in the parts that it came in. */
  record Records(byte[] election, byte[] trustees, List<Bytes> credentials) {}

  /** The elections that are shown, the newest first. */
  Future<List<JsonObject>> all() {
    return engine
        .ask(box -> box.view().elections())
        .compose(
            standings -> {
              var views = new ArrayList<Future<JsonObject>>();
              for (var standing : standings.reversed()) {
                if (ElectionStage.of(standing).isPresent()) views.add(view(standing));
              }
              return Future.all(views).map(all -> all.<JsonObject>list());
            });
  }

  /** One election as it stands; a problem when there is none. */
  Future<ElectionStanding> standing(ElectionId id) {
    return engine
        .ask(box -> box.view().election(id))
        .map(found -> found.orElseThrow(ElectionCatalogue::unknown))
        .map(
            standing -> {
              if (standing.stage() == Stage.WITHDRAWN) {
                throw Problem.of(ProblemType.ELECTION_WITHDRAWN).raised();
              }
              if (standing.terms().isEmpty()) throw unknown();
              return standing;
            });
  }

  static Problem.Raised unknown() {
    return Problem.of(ProblemType.NO_SUCH_ELECTION).raised();
  }

  /** The records of an announced election. */
  Future<Records> records(ElectionId id) {
    return engine
        .ask(
            box -> {
              var view = box.view();
              return view.record(id, RecordKind.ELECTION)
                  .map(
                      election ->
                          new Records(
                              election,
                              view.record(id, RecordKind.TRUSTEES).orElseThrow(),
                              view.recordParts(id, RecordKind.CREDENTIALS).orElseThrow()));
            })
        .map(found -> found.orElseThrow(ElectionCatalogue::unknown));
  }

  Future<JsonObject> view(ElectionStanding standing) {
    return facts(standing.id())
        .map(facts -> view(facts, standing))
        .compose(view -> withClosing(view, standing))
        .compose(view -> withResultTransaction(view, standing));
  }

  private Future<JsonObject> withResultTransaction(JsonObject view, ElectionStanding standing) {
    if (standing.result().isEmpty()) return Future.succeededFuture(view);
    return store
        .resultOf(standing.id())
        .map(hash -> Json.putIfPresent(view, "resultTransaction", hash.map(Object::toString)));
  }

  private Future<JsonObject> withClosing(JsonObject view, ElectionStanding standing) {
    if (!ElectionStage.hasClosed(standing)) return Future.succeededFuture(view);
    return closedMillis(standing)
        .map(millis -> Json.putIfPresent(view, "closedAt", millis.map(Json::time)));
  }

  /** When the voting really ended; empty while the store has not read the early end yet. */
  private Future<Optional<Long>> closedMillis(ElectionStanding standing) {
    long planned = standing.terms().orElseThrow().closesMillis();
    return store
        .closeOf(standing.id())
        .compose(
            early ->
                early.isPresent()
                    ? engine
                        .block(early.get().height())
                        .map(block -> block.map(RecordedBlock::timeMillis))
                    : Future.succeededFuture(
                        Optional.of(planned)
                            .filter(millis -> engine.standing().timeMillis() >= millis)));
  }

  private Future<JsonObject> facts(ElectionId id) {
    var known = facts.get(id);
    if (known != null && !known.failed()) return known;
    Future<JsonObject> read =
        records(id)
            .compose(
                records ->
                    vertx.executeBlocking(
                        () ->
                            ElectionFacts.of(
                                records.election(),
                                records.trustees(),
                                joined(records.credentials())),
                        /* ordered= */ false));
    facts.put(id, read);
    return read;
  }

  /** Once for each election, to be read as a whole. */
  private static byte[] joined(List<Bytes> parts) {
    var joined = ByteBuffer.allocate(parts.stream().mapToInt(Bytes::length).sum());
    parts.forEach(part -> joined.put(part.toByteArray()));
    return joined.array();
  }

  private static JsonObject view(JsonObject facts, ElectionStanding standing) {
    var terms = standing.terms().orElseThrow();
    var view =
        facts
            .copy()
            .put("stage", ElectionStage.of(standing).orElseThrow())
            .put("opensAt", Json.time(terms.opensMillis()))
            .put("closesAt", Json.time(terms.closesMillis()))
            .put("leastBallots", terms.leastBallots())
            .put("administratorKey", standing.administrator().toString())
            .put(
                "ballots",
                new JsonObject()
                    .put("accepted", standing.accepted())
                    .put("counted", standing.counted())
                    .put("weightCounted", standing.weight()))
            .put("head", standing.head().hash())
            .put("events", standing.head().events())
            .put("decryptedBy", new JsonArray(standing.decryptedBy()));
    return Json.putIfPresent(view, "result", result(standing.result()));
  }

  private static Optional<JsonArray> result(Optional<byte[]> record) {
    return record.map(
        bytes -> new JsonObject(new String(bytes, StandardCharsets.UTF_8)).getJsonArray("result"));
  }
}
