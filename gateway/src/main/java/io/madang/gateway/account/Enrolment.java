package io.madang.gateway.account;

import io.madang.chain.ChainApplication.Refusal;
import io.madang.chain.PublicKey;
import io.madang.chain.SigningKey;
import io.madang.chain.Statement;
import io.madang.chain.StatementId;
import io.madang.chain.StatementSigner;
import io.madang.chain.json.JsonObject;
import io.madang.gateway.engine.Answer;
import io.madang.gateway.engine.Engine;
import io.madang.gateway.http.LedgerProblems;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.ProblemType;
import io.madang.gateway.secret.MasterSecret;
import io.madang.ledger.AccountId;
import io.madang.ledger.AccountKind;
import io.madang.ledger.Ledger;
import io.madang.ledger.LedgerRefusal;
import io.madang.ledger.Limits;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;

/** Opens accounts with the gateway's enroller key. */
public final class Enrolment {
  private static final Duration VALIDITY = Duration.ofMinutes(10);
  private static final Duration KEY_LIFE = Duration.ofDays(3 * 365);

  private final Engine<Ledger> engine;
  private final StatementSigner enroller;
  private final Clock clock;
  private final Limits personLimits;

  /**
   * Opens accounts.
   *
   * @param personLimits what a new person may pay
   */
  public Enrolment(Engine<Ledger> engine, SigningKey enroller, Clock clock, Limits personLimits) {
    this.engine = engine;
    this.enroller = new StatementSigner(enroller);
    this.clock = clock;
    this.personLimits = personLimits;
  }

  /**
   * Opens an account for the key that signed the request; an account that this very key opened
   * before is the answer, too.
   */
  Future<AccountId> open(AccountKind kind, Statement request) {
    var operation =
        JsonObject.builder().put("kind", kind.toString()).put("request", request.text());
    if (kind == AccountKind.PERSON) operation.put("limits", json(personLimits));
    var opening =
        enroller.sign(
            new Statement.Payload(
                engine.standing().chain(),
                newId(),
                "account.open",
                clock.millis() + VALIDITY.toMillis(),
                operation.build()));
    var account = AccountId.of(request.signer());
    return engine
        .submit(opening.bytes())
        .compose(
            answer ->
                switch (answer) {
                  case Answer.Final _, Answer.DoneBefore _ -> Future.succeededFuture(account);
                  case Answer.Refused(var refusal) when isThere(refusal) ->
                      openedBefore(account, request.signer(), refusal);
                  case Answer.Refused(var refusal) -> LedgerProblems.of(refusal).fail();
                  case Answer.Overloaded(var wait) ->
                      Problem.of(ProblemType.OVERLOADED).retryAfter(wait).fail();
                  case Answer.Unavailable(var wait) ->
                      Problem.of(ProblemType.UNAVAILABLE).retryAfter(wait).fail();
                });
  }

  private static boolean isThere(Refusal refusal) {
    return LedgerRefusal.of(refusal).filter(LedgerRefusal.KEY_IN_USE::equals).isPresent();
  }

  private Future<AccountId> openedBefore(AccountId account, PublicKey key, Refusal refusal) {
    return engine
        .ask(ledger -> ledger.view().accountOf(key))
        .compose(
            found ->
                found.filter(holder -> holder.id().equals(account)).isPresent()
                    ? Future.succeededFuture(account)
                    : LedgerProblems.of(refusal).fail());
  }

  /** Opens an account for a key that the gateway keeps. */
  public Future<AccountId> openFor(AccountKind kind, SigningKey key, String label) {
    long now = clock.millis();
    var request =
        new StatementSigner(key)
            .sign(
                new Statement.Payload(
                    engine.standing().chain(),
                    newId(),
                    "account.request",
                    now + VALIDITY.toMillis(),
                    JsonObject.builder()
                        .put("expiresMillis", now + KEY_LIFE.toMillis())
                        .put("kind", kind.toString())
                        .put("label", label)
                        .build()));
    return open(kind, request);
  }

  private static StatementId newId() {
    return new StatementId(HexFormat.of().formatHex(MasterSecret.random(16)));
  }

  private static JsonObject json(Limits limits) {
    var json = JsonObject.builder();
    put(json, "heldAtOnce", limits.heldAtOnce());
    put(json, "perDay", limits.perDay());
    put(json, "perPayment", limits.perPayment());
    return json.build();
  }

  private static void put(JsonObject.Builder json, String name, long limit) {
    if (limit != Limits.UNLIMITED) json.put(name, limit);
  }
}
