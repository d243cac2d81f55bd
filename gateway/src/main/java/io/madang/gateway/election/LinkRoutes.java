package io.madang.gateway.election;

import io.madang.gateway.database.Sql;
import io.madang.gateway.election.Drafts.Draft;
import io.madang.gateway.http.Access;
import io.madang.gateway.http.Access.Owner;
import io.madang.gateway.http.Call;
import io.madang.gateway.http.Operations;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.ProblemType;
import io.madang.gateway.http.Reply;
import io.madang.voting.CredentialList;
import io.madang.voting.ElectionId;
import io.madang.voting.group.Group;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the registrar and the trustees meet the election. Only what is public, or sealed to one of
 * them, passes here, and it is checked before it is kept.
 */
final class LinkRoutes implements Operations.Feature {
  /** Longer lists have each credential checked by the voting channel alone, which checks all. */
  private static final int MOST_CHECKED = 2_000;

  private final Vertx vertx;
  private final Sql sql;
  private final Drafts drafts;
  private final Roll roll;
  private final Board board;

  LinkRoutes(Vertx vertx, Sql sql, Drafts drafts, Roll roll, Board board) {
    this.vertx = vertx;
    this.sql = sql;
    this.drafts = drafts;
    this.roll = roll;
    this.board = board;
  }

  @Override
  public void register(Operations operations) {
    operations.on("getRegistrarDesk", this::registrar);
    operations.on("setCredentials", this::setCredentials);
    operations.on("getTrusteeDesk", this::trustee);
    operations.on("sendTrusteeMessage", this::send);
  }

  /** The draft that the caller's link belongs to. */
  private Future<Draft> draft(Call call) {
    var election = new ElectionId(call.text("id"));
    Access.check(call.caller(), new Owner.OfElection(election));
    return drafts.get(election);
  }

  private Future<Reply> registrar(Call call) {
    return draft(call)
        .compose(
            draft ->
                roll.rows(draft.election())
                    .compose(rows -> vertx.executeBlocking(() -> registrar(draft, rows), false)));
  }

  private Reply registrar(Draft draft, List<Row> rows) {
    var voters = new JsonArray();
    rows.stream()
        .map(row -> roll.open(draft.election(), row).voter())
        .sorted(Comparator.comparing(Voter::id))
        .forEach(
            voter -> {
              var view = new JsonObject().put("voter", voter.id()).put("weight", voter.weight());
              voters.add(voter.name().isEmpty() ? view : view.put("name", voter.name()));
            });
    var desk =
        new JsonObject()
            .put("election", draft.election().text())
            .put("name", draft.json().getValue("name"))
            .put("group", draft.json().getString("group"))
            .put("revision", draft.revision())
            .put("voters", voters);
    draft.credentials().ifPresent(list -> desk.put("credentials", view(list)));
    return new Reply.Content("application/json", desk.toBuffer(), Map.of());
  }

  private static JsonObject view(Drafts.Summary list) {
    return new JsonObject()
        .put("count", list.count())
        .put("weight", list.weight())
        .put("hash", list.hash());
  }

  private Future<Reply> setCredentials(Call call) {
    return draft(call)
        .compose(draft -> requireUnsigned(draft).map(draft))
        .compose(
            draft -> {
              if (draft.roll().isEmpty()) return Problem.of(ProblemType.NO_ROLL).fail();
              return drafts
                  .weights(draft.election())
                  .compose(
                      weights -> vertx.executeBlocking(() -> checked(draft, weights, call), false))
                  .map(Objects::requireNonNull)
                  .compose(list -> keep(draft, list, call));
            });
  }

  private Future<Void> requireUnsigned(Draft draft) {
    return board
        .stage(draft.election())
        .compose(
            stage ->
                stage.isPresent()
                    ? Problem.of(ProblemType.ELECTION_SIGNED).fail()
                    : Future.succeededFuture());
  }

  private static CredentialList checked(Draft draft, long[] weights, Call call) {
    Group group = draft.form().election().group();
    var list = RecordProblems.accepted(CredentialList.read(call.raw().getBytes(), group));
    var own = new long[list.size()];
    for (int i = 0; i < own.length; i++) {
      own[i] = list.weight(i);
    }
    Arrays.sort(own);
    if (!Arrays.equals(own, weights)) {
      throw Problem.of(ProblemType.CREDENTIALS_UNLIKE_ROLL)
          .with("credentials", own.length)
          .with("voters", weights.length)
          .raised();
    }
    if (list.size() <= MOST_CHECKED) {
      for (int i = 0; i < list.size(); i++) {
        var refusal = list.checkMember(i);
        if (refusal.isPresent()) throw RecordProblems.of(refusal.get()).raised();
      }
    }
    return list;
  }

  private Future<Reply> keep(Draft before, CredentialList list, Call call) {
    return sql.longTransaction(
            8,
            connection ->
                drafts
                    .lock(connection, before.election())
                    .compose(
                        draft ->
                            draft.roll().equals(before.roll())
                                ? drafts.setCredentials(
                                    connection, draft.election(), list, call.raw())
                                : Problem.of(ProblemType.CREDENTIALS_UNLIKE_ROLL).fail()))
        .map(
            _ ->
                Reply.ok(
                    view(new Drafts.Summary(list.size(), list.totalWeight(), list.fingerprint()))));
  }

  private Future<Reply> trustee(Call call) {
    int index = call.trustee().index();
    return draft(call)
        .compose(
            draft ->
                drafts
                    .ceremony(draft)
                    .compose(
                        ceremony ->
                            vertx.executeBlocking(() -> desk(draft, ceremony, index), false)));
  }

  private static Reply desk(Draft draft, Ceremony ceremony, int index) {
    requirePlace(ceremony, index);
    var inbox = new JsonArray();
    for (var received : ceremony.inbox(index)) {
      var message = new JsonObject().put("step", received.step().toString());
      received.from().ifPresent(from -> message.put("from", from));
      inbox.add(message.put("message", received.message()));
    }
    var desk =
        new JsonObject()
            .put("election", draft.election().text())
            .put("name", draft.json().getValue("name"))
            .put("group", draft.json().getString("group"))
            .put("index", index)
            .put("count", ceremony.count())
            .put("step", ceremony.next(index).toString())
            .put("inbox", inbox);
    ceremony.threshold().ifPresent(threshold -> desk.put("threshold", threshold));
    return Reply.ok(desk);
  }

  /** There may be fewer trustees than when the link was made. */
  private static void requirePlace(Ceremony ceremony, int index) {
    if (index > ceremony.count()) throw Problem.of(ProblemType.NOT_FOUND).raised();
  }

  private Future<Reply> send(Call call) {
    int index = call.trustee().index();
    var step = CeremonyStep.named(call.body().getString("step"));
    var message = call.body().getString("message");
    return draft(call)
        .compose(
            draft ->
                drafts
                    .ceremony(draft)
                    .compose(
                        ceremony ->
                            isRepeated(ceremony, index, step, message)
                                ? Future.succeededFuture(ceremony)
                                : vertx
                                    .executeBlocking(
                                        () ->
                                            RecordProblems.accepted(
                                                ceremony.check(index, step, message)),
                                        false)
                                    .compose(_ -> keep(draft, ceremony, index, step, message))))
        .map(ceremony -> Reply.ok(new JsonObject().put("step", ceremony.next(index).toString())));
  }

  /**
   * Whether this was said before, in these words.
   *
   * @throws Problem.Raised when it was said in other words, or is not to be said now
   */
  private static boolean isRepeated(
      Ceremony ceremony, int index, CeremonyStep step, String message) {
    requirePlace(ceremony, index);
    var said = Optional.ofNullable(ceremony.said().get(index - 1).get(step));
    if (said.isPresent()) {
      if (said.get().equals(message)) return true;
      throw Problem.of(ProblemType.SAID_BEFORE).raised();
    }
    if (ceremony.next(index) != step) throw Problem.of(ProblemType.NOT_YOUR_TURN).raised();
    return false;
  }

  /** Keeps a message that was checked against {@code before}, unless that is no longer so. */
  private Future<Ceremony> keep(
      Draft before, Ceremony checked, int index, CeremonyStep step, String message) {
    return sql.transaction(
            connection ->
                drafts
                    .lock(connection, before.election())
                    .compose(draft -> drafts.ceremony(connection, draft))
                    .compose(
                        ceremony -> {
                          boolean same =
                              ceremony.count() == checked.count()
                                  && ceremony.threshold().equals(checked.threshold())
                                  && ceremony.group().name().equals(checked.group().name());
                          if (!same) return Problem.of(ProblemType.NOT_YOUR_TURN).<Void>fail();
                          if (isRepeated(ceremony, index, step, message)) {
                            return Future.<Void>succeededFuture();
                          }
                          return drafts.say(connection, before.election(), index, step, message);
                        }))
        .compose(_ -> drafts.get(before.election()).compose(drafts::ceremony));
  }
}
