package io.madang.gateway.election;

import io.madang.gateway.database.Columns;
import io.madang.gateway.database.Sql;
import io.madang.gateway.engine.Engine;
import io.madang.gateway.http.Access;
import io.madang.gateway.http.Access.Owner;
import io.madang.gateway.http.Call;
import io.madang.gateway.http.EvenTime;
import io.madang.gateway.http.Failures;
import io.madang.gateway.http.Json;
import io.madang.gateway.http.Operations;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.ProblemType;
import io.madang.gateway.http.Reply;
import io.madang.ledger.AccountId;
import io.madang.ledger.Ledger;
import io.madang.voting.ElectionId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How voters sign in, and what they see of themselves. */
final class VoterRoutes implements Operations.Feature {
  private static final Logger LOG = LoggerFactory.getLogger(VoterRoutes.class);

  private final Vertx vertx;
  private final Sql sql;
  private final Roll roll;
  private final Drafts drafts;
  private final SignIn signIn;
  private final VoterSessions sessions;
  private final Turnout turnout;
  private final Post post;
  private final Engine<Ledger> engine;

  VoterRoutes(
      Vertx vertx,
      Sql sql,
      Roll roll,
      Drafts drafts,
      SignIn signIn,
      VoterSessions sessions,
      Turnout turnout,
      Post post,
      Engine<Ledger> engine) {
    this.vertx = vertx;
    this.sql = sql;
    this.roll = roll;
    this.drafts = drafts;
    this.signIn = signIn;
    this.sessions = sessions;
    this.turnout = turnout;
    this.post = post;
    this.engine = engine;
  }

  @Override
  public void register(Operations operations) {
    operations.on("sendSignInCode", call -> EvenTime.of(vertx, sendCode(call)));
    operations.on("signIn", call -> EvenTime.of(vertx, signIn(call)));
    operations.on("getVoter", this::get);
    operations.on("updateVoter", this::update);
  }

  /** The answer does not wait for the message, which may fail: then the voter asks again. */
  private Future<Reply> sendCode(Call call) {
    var election = new ElectionId(call.text("id"));
    return signIn
        .newCode(election, call.body().getString("voter"))
        .map(
            code -> {
              code.ifPresent(
                  one ->
                      post.send(MailFolder.code(election, one.contact(), one.digits()))
                          .onFailure(VoterRoutes::warn));
              return Reply.accepted(new JsonObject());
            });
  }

  private static void warn(Throwable failure) {
    LOG.atWarn()
        .addKeyValue("failure", Failures.describe(failure))
        .log("a message could not be sent");
  }

  private Future<Reply> signIn(Call call) {
    var election = new ElectionId(call.text("id"));
    var body = call.body();
    return signIn
        .check(election, body.getString("voter"), body.getString("code"))
        .map(entry -> session(sessions.open(election, entry.voter().id())));
  }

  /** The answer to whoever has signed in. */
  static Reply session(VoterSessions.Opened opened) {
    return Reply.created(
        new JsonObject()
            .put("token", opened.token())
            .put("expiresAt", Json.time(opened.expiresMillis()))
            .put("passkeys", true));
  }

  /** The caller's entry on the roll of the election in the path. */
  private Future<Roll.Entry> own(Call call) {
    var election = new ElectionId(call.text("id"));
    Access.check(call.caller(), new Owner.OfElection(election));
    return roll.find(election, call.voter().voter())
        .map(found -> found.orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND).raised()));
  }

  private Future<Reply> get(Call call) {
    return own(call).compose(entry -> view(call.voter().election(), entry)).map(Reply::ok);
  }

  private Future<JsonObject> view(ElectionId election, Roll.Entry entry) {
    return turnout
        .has(election, entry.place())
        .compose(
            tookPart ->
                sql.run(
                        "SELECT account FROM ops.reward_account WHERE election = $1"
                            + " AND place = $2",
                        election.text(),
                        entry.place())
                    .map(
                        rows -> {
                          var view =
                              new JsonObject()
                                  .put("voter", entry.voter().id())
                                  .put("name", entry.voter().name())
                                  .put("tookPart", tookPart);
                          rows.forEach(
                              row ->
                                  view.put(
                                      "rewardAccount", Columns.account(row, "account").toString()));
                          return view;
                        }))
        .compose(view -> withReward(view, election));
  }

  private Future<JsonObject> withReward(JsonObject view, ElectionId election) {
    return drafts
        .get(election)
        .map(
            draft ->
                Json.putIfPresent(
                    view,
                    "reward",
                    draft
                        .form()
                        .reward()
                        .map(
                            reward ->
                                new JsonObject()
                                    .put("asset", reward.asset())
                                    .put("amount", reward.amount()))));
  }

  private Future<Reply> update(Call call) {
    var account = Optional.ofNullable(call.body().getString("rewardAccount")).map(AccountId::parse);
    return own(call)
        .compose(
            entry ->
                account
                    .map(one -> setAccount(call.voter().election(), entry.place(), one))
                    .orElseGet(() -> eraseAccount(call.voter().election(), entry.place())))
        .compose(_ -> get(call));
  }

  private Future<Void> setAccount(ElectionId election, int place, AccountId account) {
    return engine
        .ask(ledger -> ledger.view().account(account).isPresent())
        .compose(
            exists ->
                exists
                    ? sql.run(
                        "INSERT INTO ops.reward_account VALUES ($1, $2, $3)"
                            + " ON CONFLICT (election, place) DO UPDATE SET account = $3",
                        election.text(),
                        place,
                        Columns.of(account))
                    : Problem.of(ProblemType.NO_SUCH_PAYEE).fail())
        .mapEmpty();
  }

  private Future<Void> eraseAccount(ElectionId election, int place) {
    return sql.run(
            "DELETE FROM ops.reward_account WHERE election = $1 AND place = $2",
            election.text(),
            place)
        .mapEmpty();
  }
}
