package io.madang.gateway.voting;

import io.madang.gateway.Town;
import io.madang.gateway.database.Sql;
import io.madang.gateway.http.Call;
import io.madang.gateway.http.Caller;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.Reply;
import io.madang.voting.ElectionId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Casts as a voter who has signed in; everything behind the door is real. */
final class Booth {
  private final Map<String, Function<Call, Future<Reply>>> operations = new HashMap<>();
  private final List<String> tookPart = new ArrayList<>();

  Booth(Town town) {
    var casting =
        new Casting(
            town.votes(),
            new BoardStore(new Sql(town.pool())),
            (election, voter) -> Future.succeededFuture(attempt(voter)),
            Clock.systemUTC());
    casting.register(operations::put);
  }

  private Participation.Attempt attempt(String voter) {
    return new Participation.Attempt() {
      @Override
      public Future<?> stands() {
        tookPart.add(voter);
        return Future.succeededFuture();
      }

      @Override
      public Future<?> takeBack() {
        return Future.succeededFuture();
      }
    };
  }

  /** Who was noted as having taken part, in order. */
  List<String> tookPart() {
    return tookPart;
  }

  /** What casting answers: the tracker, or the name of the problem. */
  String cast(String voter, ElectionId election, byte[] ballot) {
    return switch (reply(voter, election, "castBallot", new JsonObject(), ballot)) {
      case Reply.Json(var _, var body, var _) -> body.getString("tracker");
      case Problem problem -> problem.name();
      case Reply other -> throw new AssertionError(other);
    };
  }

  /** Says that a ballot was opened for a check. */
  Reply open(String voter, ElectionId election, String tracker) {
    var body = new JsonObject().put("tracker", tracker);
    return reply(voter, election, "openBallot", body, new byte[0]);
  }

  private Reply reply(
      String voter, ElectionId election, String operation, JsonObject body, byte[] raw) {
    var call =
        new Call(
            "test",
            "192.0.2.1",
            new Caller.Voter(election, voter),
            Map.of("id", election.text()),
            body,
            Buffer.buffer(raw),
            Optional.empty(),
            false);
    try {
      return Town.await(Objects.requireNonNull(operations.get(operation)).apply(call));
    } catch (Problem.Raised raised) {
      return raised.problem();
    }
  }
}
