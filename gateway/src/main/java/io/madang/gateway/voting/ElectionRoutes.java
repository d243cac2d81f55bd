package io.madang.gateway.voting;

import io.madang.chain.Base64Url;
import io.madang.chain.ChainApplication.Position;
import io.madang.gateway.engine.Engine;
import io.madang.gateway.http.Call;
import io.madang.gateway.http.Json;
import io.madang.gateway.http.Operations;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.ProblemType;
import io.madang.gateway.http.Reply;
import io.madang.gateway.voting.BoardStore.BoardBallot;
import io.madang.voting.ElectionId;
import io.madang.voting.Tracker;
import io.madang.voting.chain.BallotBox;
import io.madang.voting.chain.BallotBoxView.BallotStanding;
import io.madang.voting.chain.RecordKind;
import io.madang.voting.chain.Stage;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The public side of elections: everybody may look at everything that is on the board. */
final class ElectionRoutes implements Operations.Feature {
  private static final Pattern POSITION = Pattern.compile("([1-9][0-9]{0,15})\\.([0-9]{1,9})");
  private static final Position NEWEST = new Position(Long.MAX_VALUE, 0);

  private final Engine<BallotBox> engine;
  private final ElectionCatalogue catalogue;
  private final BoardStore store;
  private final BoardReader reader;
  private final ArchiveStreams archives;

  ElectionRoutes(
      Engine<BallotBox> engine,
      ElectionCatalogue catalogue,
      BoardStore store,
      BoardReader reader,
      ArchiveStreams archives) {
    this.engine = engine;
    this.catalogue = catalogue;
    this.store = store;
    this.reader = reader;
    this.archives = archives;
  }

  @Override
  public void register(Operations operations) {
    operations.on("listElections", _ -> elections());
    operations.on("getElection", this::election);
    operations.on("getElectionRecord", this::record);
    operations.on("listBallots", this::ballots);
    operations.on("getBallot", this::ballot);
    operations.on("listActs", this::acts);
    operations.on("getEncryptedTally", this::tally);
    operations.on("getComputedResult", this::computedResult);
    operations.on("getElectionArchive", this::archive);
  }

  static ElectionId id(Call call) {
    return new ElectionId(call.text("id"));
  }

  private Future<Reply> elections() {
    return catalogue
        .all()
        .map(views -> Reply.ok(new JsonObject().put("items", new JsonArray(views))));
  }

  private Future<Reply> election(Call call) {
    return catalogue
        .standing(id(call))
        .compose(
            standing ->
                ElectionStage.hasClosed(standing)
                    ? upToDate().compose(_ -> catalogue.view(standing))
                    : catalogue.view(standing))
        .map(Reply::ok);
  }

  /** The index may be a moment behind the board. */
  private Future<Void> upToDate() {
    return reader.reached(engine.standing().height());
  }

  private Future<Reply> record(Call call) {
    var kind = RecordKind.valueOf(call.text("record").toUpperCase(Locale.ROOT));
    var id = id(call);
    return catalogue
        .standing(id)
        .compose(_ -> engine.ask(box -> box.view().record(id, kind)))
        .map(found -> exact(found.orElseThrow(ElectionCatalogue::unknown)));
  }

  /** Records are hashed and signed: they go out byte for byte. */
  private static Reply exact(byte[] record) {
    return new Reply.Content("application/json", Buffer.buffer(record), Map.of());
  }

  private Future<Reply> ballots(Call call) {
    var id = id(call);
    var before = call.optional("cursor").map(ElectionRoutes::position).orElse(NEWEST);
    return catalogue
        .standing(id)
        .compose(_ -> upToDate())
        .compose(_ -> store.ballotsBefore(id, before, call.limit() + 1))
        .compose(found -> withStandings(id, found))
        .map(
            found ->
                Reply.ok(
                    Json.page(
                        found,
                        call.limit(),
                        ElectionRoutes::view,
                        ballot -> ballot.ballot().position().toString())));
  }

  private static Position position(String cursor) {
    var matcher = POSITION.matcher(cursor);
    if (!matcher.matches()) throw Json.malformedCursor();
    return new Position(Long.parseLong(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /** A ballot and what has become of it. */
  private record Shown(BoardBallot ballot, BallotStanding standing) {}

  private Future<List<Shown>> withStandings(ElectionId id, List<BoardBallot> ballots) {
    return engine.ask(
        box -> {
          var view = box.view();
          return ballots.stream()
              .map(ballot -> new Shown(ballot, view.ballot(id, ballot.tracker())))
              .toList();
        });
  }

  private static JsonObject view(Shown shown) {
    return new JsonObject()
        .put("tracker", shown.ballot().tracker().toString())
        .put("transaction", shown.ballot().transaction().toString())
        .put("state", shown.standing() == BallotStanding.REPLACED ? "replaced" : "counts")
        .put("height", shown.ballot().position().height());
  }

  private Future<Reply> ballot(Call call) {
    var id = id(call);
    var tracker = tracker(call.text("tracker"));
    return catalogue
        .standing(id)
        .compose(_ -> engine.ask(box -> box.view().ballot(id, tracker)))
        .compose(
            standing -> {
              if (standing == BallotStanding.ABSENT) {
                return Problem.of(ProblemType.BALLOT_NOT_ON_BOARD).fail();
              }
              return upToDate()
                  .compose(_ -> store.ballot(id, tracker))
                  .map(
                      found ->
                          Reply.ok(withReceipt(view(new Shown(found.orElseThrow(), standing)))));
            });
  }

  private static JsonObject withReceipt(JsonObject ballot) {
    return ballot.put("receipt", "/v1/votes/receipts/" + ballot.getString("transaction"));
  }

  /** The contract has checked that it is base64url of 32 bytes, but for spare bits. */
  static Tracker tracker(String base64url) {
    return Base64Url.decode(base64url)
        .map(Tracker::ofHash)
        .orElseThrow(() -> Problem.of(ProblemType.BALLOT_NOT_ON_BOARD).raised());
  }

  /** Of a withdrawn election too: that it was withdrawn is an act. */
  private Future<Reply> acts(Call call) {
    var id = id(call);
    return upToDate()
        .compose(_ -> store.acts(id))
        .map(
            acts -> {
              if (acts.isEmpty()) throw ElectionCatalogue.unknown();
              return Reply.ok(new JsonObject().put("items", new JsonArray(acts)));
            });
  }

  private Future<Reply> tally(Call call) {
    var id = id(call);
    return catalogue
        .standing(id)
        .compose(
            standing -> {
              if (standing.stage() == Stage.ANNOUNCED || standing.stage() == Stage.OPEN) {
                // It would change with every ballot; only the one at the close means something.
                return Problem.of(ProblemType.VOTING_GOES_ON).fail();
              }
              return engine
                  .ask(box -> box.view().tally(id))
                  .map(found -> exact(found.orElseThrow(ElectionCatalogue::unknown)));
            });
  }

  private Future<Reply> computedResult(Call call) {
    var id = id(call);
    return catalogue
        .standing(id)
        .compose(_ -> engine.ask(box -> box.view().computeResult(id)))
        .map(
            found ->
                exact(
                    found.orElseThrow(
                        () -> Problem.of(ProblemType.NO_RESULT_TO_PUBLISH).raised())));
  }

  private Future<Reply> archive(Call call) {
    return catalogue.standing(id(call)).compose(archives::open);
  }
}
