package io.madang.gateway.payment;

import io.madang.chain.SignatureVerifier;
import io.madang.chain.Statement;
import io.madang.gateway.database.Sql;
import io.madang.gateway.engine.Engine;
import io.madang.gateway.http.Call;
import io.madang.gateway.http.Json;
import io.madang.gateway.http.LedgerProblems;
import io.madang.gateway.http.Operations;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.ProblemType;
import io.madang.gateway.http.Reply;
import io.madang.gateway.live.LiveHub;
import io.madang.gateway.live.Topic;
import io.madang.gateway.payment.MerchantActs.Decision;
import io.madang.gateway.payment.MerchantActs.Kind;
import io.madang.gateway.payment.MerchantActs.Words;
import io.madang.ledger.Account;
import io.madang.ledger.AccountId;
import io.madang.ledger.Ledger;
import io.madang.ledger.LedgerRefusal;
import io.madang.ledger.Words.Mandate;
import io.madang.payment.qr.CustomerCode;
import io.madang.payment.qr.CustomerCodeForm;
import io.madang.payment.qr.CustomerCodeReading;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;

/**
 * Charges an intent to the code that its customer shows.
 *
 * <p>A code belongs to the first till that scans it: that is written down before the charge is
 * signed, and for whoever comes second the code is worth nothing, whatever became of the first.
 * Whether it was used, who may pay how much, and the time are the ledger's to decide; what is asked
 * here as well is asked so that the till hears a name for it.
 */
final class CustomerCodes implements Operations.Feature {
  private final Vertx vertx;
  private final Engine<Ledger> engine;
  private final MerchantActs acts;
  private final LiveHub hub;
  private final Clock clock;

  CustomerCodes(Vertx vertx, Engine<Ledger> engine, MerchantActs acts, LiveHub hub, Clock clock) {
    this.vertx = vertx;
    this.engine = engine;
    this.acts = acts;
    this.hub = hub;
    this.clock = clock;
  }

  @Override
  public void register(Operations operations) {
    operations.on("chargeCustomerCode", this::charge);
  }

  /** A code whose signature is right, and whose account it charges. */
  private record Shown(CustomerCode code, Statement mandate, Optional<AccountId> payer) {}

  private Future<Reply> charge(Call call) {
    var reading = CustomerCodeForm.read(call.body().getString("code"));
    return acts.act(
        Kind.CUSTOMER_CODE,
        call,
        "chargeCustomerCode",
        (connection, made) ->
            switch (reading) {
              case CustomerCodeReading.Refused(var reason) ->
                  refuse(
                      Problem.of(ProblemType.CUSTOMER_CODE_MALFORMED)
                          .with("reason", reason.code()));
              case CustomerCodeReading.Read(var code) ->
                  shown(code)
                      .compose(
                          shown ->
                              shown.isPresent()
                                  ? decide(connection, made, shown.get())
                                  : refuse(Problem.of(ProblemType.CUSTOMER_CODE_ALTERED)));
            });
  }

  private static Future<Decision> refuse(Problem problem) {
    return Future.succeededFuture(new Decision.Refuse(problem));
  }

  private Future<Optional<Shown>> shown(CustomerCode code) {
    var mandate = code.mandate(engine.standing().chain());
    return vertx
        .executeBlocking(
            () -> new SignatureVerifier(new SecureRandom()::nextBytes, 0).verifies(mandate), false)
        .compose(
            right ->
                Boolean.TRUE.equals(right)
                    ? engine
                        .ask(ledger -> ledger.view().accountOf(code.payer()).map(Account::id))
                        .map(payer -> Optional.of(new Shown(code, mandate, payer)))
                    : Future.succeededFuture(Optional.empty()));
  }

  private Future<Decision> decide(SqlConnection connection, MerchantIntent made, Shown shown) {
    var code = shown.code();
    var intent = made.intent();
    long now = clock.millis();
    if (shown.payer().isEmpty()) {
      return refuse(LedgerProblems.of(LedgerRefusal.NESTED_SIGNER_UNKNOWN.refusal()));
    }
    var untimely = untimely(code, now);
    if (untimely.isPresent()) {
      tell(shown.payer().get(), made, untimely);
      return refuse(untimely.get());
    }
    var objection = intent.objectionTo(intent.payee(), intent.price(), now);
    if (objection.isPresent()) {
      return refuse(Problem.of(PaymentPolicy.problem(objection.get())));
    }
    return claim(connection, made, code)
        .map(
            mine -> {
              if (!mine) {
                return new Decision.Refuse(Problem.of(ProblemType.CUSTOMER_CODE_CLAIMED));
              }
              var objections = objection(made, code);
              tell(shown.payer().get(), made, objections);
              return objections
                  .<Decision>map(Decision.Refuse::new)
                  .orElseGet(() -> new Decision.Sign(words(made, shown.mandate())));
            });
  }

  private static Optional<Problem> untimely(CustomerCode code, long now) {
    if (code.validUntilMillis() < now) {
      return Optional.of(Problem.of(ProblemType.CUSTOMER_CODE_EXPIRED));
    }
    return code.validUntilMillis() - now > Mandate.MAX_LIFE_MILLIS
        ? Optional.of(Problem.of(ProblemType.CUSTOMER_CODE_AHEAD))
        : Optional.empty();
  }

  private static Words words(MerchantIntent made, Statement mandate) {
    long amount = made.intent().price().minorUnits();
    return new Words(
        "mandate.charge",
        amount,
        "",
        io.madang.ledger.Operations.chargeMandate(amount, mandate, made.intent().id().value()));
  }

  private static Optional<Problem> objection(MerchantIntent made, CustomerCode code) {
    var price = made.intent().price();
    if (!code.limit().asset().equals(price.asset())) {
      return Optional.of(Problem.of(ProblemType.CUSTOMER_CODE_OTHER_ASSET));
    }
    return price.minorUnits() > code.limit().minorUnits()
        ? Optional.of(
            Problem.of(ProblemType.CUSTOMER_CODE_OVER_LIMIT)
                .with("limit", code.limit().minorUnits()))
        : Optional.empty();
  }

  /** Whether this till was the first to scan the code, now or before. */
  private static Future<Boolean> claim(
      SqlConnection connection, MerchantIntent made, CustomerCode code) {
    var payer = Buffer.buffer(code.payer().bytes());
    return Sql.run(
            connection,
            "INSERT INTO ops.customer_code (payer, id, merchant, till) VALUES ($1, $2, $3, $4)"
                + " ON CONFLICT DO NOTHING",
            payer,
            code.id().hex(),
            made.merchant().id().value(),
            made.till().orElse(""))
        .compose(
            _ ->
                Sql.run(
                    connection,
                    "SELECT merchant, till FROM ops.customer_code WHERE payer = $1 AND id = $2",
                    payer,
                    code.id().hex()))
        .map(
            rows -> {
              var row = rows.iterator().next();
              return row.getString("merchant").equals(made.merchant().id().value())
                  && row.getString("till").equals(made.till().orElse(""));
            });
  }

  /**
   * The payer sees which shop scanned the code, and why nothing comes of it. The time lets a wallet
   * whose clock is wrong make its next code by ours.
   */
  private void tell(AccountId payer, MerchantIntent made, Optional<Problem> objection) {
    var price = made.intent().price();
    var data =
        new JsonObject()
            .put("status", objection.isPresent() ? "refused" : "scanned")
            .put("intent", made.intent().id().value())
            .put("amount", price.minorUnits())
            .put("asset", price.asset().value())
            .put("merchant", made.merchant().view())
            .put("time", Json.time(clock.millis()));
    objection.ifPresent(problem -> data.put("problem", problem.name()));
    hub.publish(new Topic.OfAccount(payer), "customer-code", data);
  }
}
