package io.madang.gateway.bank;

import io.madang.chain.Hash;
import io.madang.gateway.database.Columns;
import io.madang.gateway.database.Sql;
import io.madang.gateway.engine.Answer;
import io.madang.gateway.engine.Engine;
import io.madang.gateway.http.Access;
import io.madang.gateway.http.Access.Owner;
import io.madang.gateway.http.Call;
import io.madang.gateway.http.Failures;
import io.madang.gateway.http.Idempotency;
import io.madang.gateway.http.LedgerProblems;
import io.madang.gateway.http.Operations;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.ProblemType;
import io.madang.gateway.http.Reply;
import io.madang.gateway.live.LiveHub;
import io.madang.gateway.live.Topic;
import io.madang.gateway.secret.MasterSecret;
import io.madang.ledger.Amount;
import io.madang.ledger.AssetCode;
import io.madang.ledger.Grant;
import io.madang.ledger.Ledger;
import io.madang.ledger.LedgerRefusal;
import io.madang.ledger.ProgrammeCode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Coins for deposits. Every step is written down before the next one begins, and every step may be
 * done again: whatever crashes, {@link #resume} goes on, and one deposit brings coins once, because
 * the ledger takes a bank reference once.
 */
public final class Charges implements Operations.Feature {
  private static final Logger LOG = LoggerFactory.getLogger(Charges.class);
  private static final long ASK_AGAIN_MILLIS = 500;
  private static final int ID_LENGTH = 12;
  private static final int RESUMED = 200;

  private final Vertx vertx;
  private final ChargeStore store;
  private final Idempotency idempotency;
  private final Sql sql;
  private final Engine<Ledger> engine;
  private final Bank bank;
  private final TransferCharges transfers;
  private final LiveHub hub;
  private final Set<AssetCode> assets;
  private final long maxAmount;
  private final Clock clock;
  private final Set<String> atWork = ConcurrentHashMap.newKeySet();

  /**
   * Charges through a bank.
   *
   * @param maxAmount the most that one charge brings, in minor units
   */
  public Charges(
      Vertx vertx,
      Sql sql,
      Idempotency idempotency,
      Engine<Ledger> engine,
      Bank bank,
      TransferCharges transfers,
      LiveHub hub,
      Set<AssetCode> assets,
      long maxAmount,
      Clock clock) {
    this.vertx = vertx;
    this.sql = sql;
    this.store = new ChargeStore(sql);
    this.idempotency = idempotency;
    this.engine = engine;
    this.bank = bank;
    this.transfers = transfers;
    this.hub = hub;
    this.assets = Set.copyOf(assets);
    this.maxAmount = maxAmount;
    this.clock = clock;
  }

  @Override
  public void register(Operations operations) {
    operations.on("createCharge", this::create);
    operations.on("getCharge", this::get);
  }

  private Future<Reply> create(Call call) {
    var made =
        call.idempotencyKey().isPresent()
            ? idempotency.once(
                Idempotency.Key.of(call, "createCharge"), connection -> ask(call, connection))
            : sql.transaction(connection -> ask(call, connection));
    return made.onSuccess(
        reply -> {
          // The money of a transfer is awaited, not asked for.
          if (reply instanceof Reply.Json(var status, var body, var _)
              && status == 201
              && !body.containsKey("deposit")) {
            goOn(body.getString("id"));
          }
        });
  }

  private Future<Reply> ask(Call call, SqlConnection connection) {
    var asset = new AssetCode(call.body().getString("asset"));
    long amount = call.body().getLong("amount");
    if (!assets.contains(asset)) {
      return Future.succeededFuture(Problem.of(ProblemType.UNKNOWN_ASSET_HERE));
    }
    if (amount > maxAmount) {
      return Future.succeededFuture(
          Problem.of(ProblemType.CHARGE_OUT_OF_RANGE).with("limit", maxAmount));
    }
    var id = HexFormat.of().formatHex(MasterSecret.random(ID_LENGTH));
    var deposit =
        new Bank.Deposit(
            "D-" + id, call.wallet().account(), new Amount(amount, asset), bonus(call.body()));
    return refusal(deposit)
        .compose(
            refusal ->
                refusal.isPresent()
                    ? Future.succeededFuture(LedgerProblems.of(refusal.get().refusal()))
                    : inserted(call, connection, id, deposit));
  }

  private Future<Reply> inserted(
      Call call, SqlConnection connection, String id, Bank.Deposit deposit) {
    boolean byTransfer = isByTransfer(call);
    if (byTransfer && !transfers.isOpen()) {
      return Future.succeededFuture(Problem.of(ProblemType.NO_SETTLEMENT));
    }
    return store
        .insert(connection, id, deposit)
        .compose(
            charge ->
                byTransfer
                    ? transfers.open(connection, charge.view())
                    : Future.succeededFuture(charge.view()))
        .map(Reply::created);
  }

  /** Without a bank that is asked, money comes by transfer where it can be paid in. */
  private boolean isByTransfer(Call call) {
    return call.body().containsKey("by") || (bank instanceof NoBank && transfers.isOpen());
  }

  private static Optional<Grant> bonus(JsonObject body) {
    return Optional.ofNullable(body.getJsonObject("bonus"))
        .map(
            bonus ->
                new Grant(
                    new ProgrammeCode(bonus.getString("programme")), bonus.getLong("amount")));
  }

  /** What the ledger would say about the bonus now: better before the money is on its way. */
  private Future<Optional<LedgerRefusal>> refusal(Bank.Deposit deposit) {
    if (deposit.bonus().isEmpty()) return Future.succeededFuture(Optional.empty());
    var bonus = deposit.bonus().get();
    long timeMillis = clock.millis();
    return engine.ask(
        ledger ->
            BonusCheck.refusal(
                ledger.view(), bonus, deposit.account(), deposit.amount(), timeMillis));
  }

  private Future<Reply> get(Call call) {
    return store
        .byId(call.text("id"))
        .compose(
            found -> {
              var charge = found.orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND).raised());
              Access.check(call.caller(), new Owner.OfAccount(charge.deposit().account()));
              return transfers.completed(charge.view());
            })
        .map(Reply::ok);
  }

  /** Goes on with every charge that is not at its end. */
  public Future<Void> resume() {
    return store
        .unfinished(RESUMED)
        .map(
            charges -> {
              charges.forEach(charge -> goOn(charge.id()));
              return null;
            });
  }

  private void goOn(String id) {
    if (!atWork.add(id)) return;
    store
        .byId(id)
        .compose(found -> step(found.orElseThrow()))
        .onComplete(
            ended -> {
              atWork.remove(id);
              if (ended.succeeded()) {
                later(ended.result());
              } else {
                LOG.atWarn()
                    .addKeyValue("charge", id)
                    .addKeyValue("failure", Failures.describe(ended.cause()))
                    .log("a charge waits to be resumed");
              }
            });
  }

  private void later(Charge charge) {
    switch (charge.state()) {
      case ASKED -> vertx.setTimer(ASK_AGAIN_MILLIS, _ -> goOn(charge.id()));
      case SIGNED -> goOn(charge.id());
      case CONFIRMED, FAILED ->
          hub.publish(new Topic.OfAccount(charge.deposit().account()), "charge", charge.view());
    }
  }

  private Future<Charge> step(Charge charge) {
    return switch (charge.state()) {
      case ASKED -> askBank(charge);
      case SIGNED -> submit(charge, charge.statement().orElseThrow());
      case CONFIRMED, FAILED -> Future.succeededFuture(charge);
    };
  }

  private Future<Charge> askBank(Charge charge) {
    return bank.standing(charge.deposit())
        .compose(
            standing ->
                switch (standing) {
                  case Bank.Standing.Awaited _ -> Future.succeededFuture(charge);
                  case Bank.Standing.Rejected(var reason) -> store.failed(charge.id(), reason);
                  case Bank.Standing.Received _ ->
                      bank.approve(
                              charge.deposit(), engine.standing().chain(), statementId(charge.id()))
                          .compose(statement -> store.signed(charge.id(), statement.text()));
                });
  }

  private static String statementId(String chargeId) {
    var hash = Hash.sha256(("charge " + chargeId).getBytes(StandardCharsets.US_ASCII));
    return HexFormat.of().formatHex(hash.bytes(), 0, 16);
  }

  private Future<Charge> submit(Charge charge, String statement) {
    byte[] bytes = statement.getBytes(StandardCharsets.US_ASCII);
    return engine
        .submit(bytes)
        .compose(
            answer ->
                switch (answer) {
                  case Answer.Final done -> store.confirmed(charge.id(), Columns.of(done.hash()));
                  case Answer.DoneBefore done ->
                      store.confirmed(charge.id(), Columns.of(done.hash()));
                  case Answer.Refused(var refusal) -> refused(charge, statement, refusal);
                  case Answer.Overloaded(var wait) -> again(wait);
                  case Answer.Unavailable(var wait) -> again(wait);
                });
  }

  /** Its id may be forgotten by now, but not that it took effect. */
  private Future<Charge> refused(
      Charge charge, String statement, io.madang.chain.ChainApplication.Refusal refusal) {
    var hash = Hash.sha256(statement.getBytes(StandardCharsets.US_ASCII));
    return engine
        .transaction(hash)
        .compose(
            found -> {
              if (found.isPresent()) return store.confirmed(charge.id(), Columns.of(hash));
              return LedgerRefusal.of(refusal).filter(LedgerRefusal.EXPIRED::equals).isPresent()
                  ? store.askedAgain(charge.id(), statement)
                  : store.failed(charge.id(), refusal.name());
            });
  }

  private static Future<Charge> again(java.time.Duration wait) {
    return Problem.of(ProblemType.UNAVAILABLE).retryAfter(wait).fail();
  }
}
