package io.madang.gateway.account;

import io.madang.chain.StatementReader;
import io.madang.chain.StatementReading;
import io.madang.gateway.engine.Engine;
import io.madang.gateway.http.Call;
import io.madang.gateway.http.Json;
import io.madang.gateway.http.Operations;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.ProblemType;
import io.madang.gateway.http.Reply;
import io.madang.ledger.Account;
import io.madang.ledger.AccountId;
import io.madang.ledger.AccountKind;
import io.madang.ledger.Balance;
import io.madang.ledger.Ledger;
import io.madang.ledger.LedgerView;
import io.madang.ledger.Limits;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A person's account: opening it, looking at it, being found. */
public final class AccountRoutes implements Operations.Feature {
  private final Engine<Ledger> engine;
  private final Enrolment enrolment;
  private final Aliases aliases;
  private final Movements movements;
  private final MerchantRegistry merchants;
  private final PhoneProof phoneProof;
  private final Clock clock;

  /**
   * Decides whether a code shows that a number is the caller's. The code is short, so the service
   * counts wrong guesses by itself, for each code and over restarts; the gateway's rates do not.
   */
  @FunctionalInterface
  public interface PhoneProof {
    /** Whether this code proves this number. */
    Future<Boolean> proves(String phone, Optional<String> code);
  }

  /** Accounts of this engine. */
  public AccountRoutes(
      Engine<Ledger> engine,
      Enrolment enrolment,
      Aliases aliases,
      Movements movements,
      MerchantRegistry merchants,
      PhoneProof phoneProof,
      Clock clock) {
    this.engine = engine;
    this.enrolment = enrolment;
    this.aliases = aliases;
    this.movements = movements;
    this.merchants = merchants;
    this.phoneProof = phoneProof;
    this.clock = clock;
  }

  @Override
  public void register(Operations operations) {
    operations.on("openAccount", this::open);
    operations.on("getMe", this::me);
    operations.on("listActivity", this::activity);
    operations.on("setAlias", this::setAlias);
    operations.on(
        "eraseAlias", call -> aliases.erase(call.wallet().account()).map(_ -> new Reply.Nothing()));
  }

  private Future<Reply> open(Call call) {
    var request = StatementReader.read(call.body().getString("request"));
    if (!(request instanceof StatementReading.Read(var statement))) {
      var refused = (StatementReading.Refused) request;
      return Problem.malformed(List.of(new Problem.Fault("#/request", refused.detail()))).fail();
    }
    var recovery = call.body().getString("recovery");
    if (recovery != null
        && StatementReader.read(recovery) instanceof StatementReading.Refused refused) {
      return Problem.malformed(List.of(new Problem.Fault("#/recovery", refused.detail()))).fail();
    }
    return enrolment
        .open(AccountKind.PERSON, statement)
        .map(account -> Reply.created(new JsonObject().put("account", account.toString())));
  }

  /** What the ledger says of an account at one moment. */
  private record Seen(Account account, List<Balance> balances, Map<String, Long> spentToday) {}

  private static Seen seen(LedgerView ledger, Account account, long timeMillis) {
    var balances = ledger.balances(account.id());
    var spent = new HashMap<String, Long>();
    for (var balance : balances) {
      long today = ledger.spent(account.id(), balance.asset(), timeMillis);
      if (today > 0) spent.put(balance.asset().value(), today);
    }
    return new Seen(account, balances, Map.copyOf(spent));
  }

  private Future<Reply> me(Call call) {
    var id = call.account();
    return engine
        .ask(
            ledger ->
                ledger
                    .view()
                    .account(id)
                    .map(account -> seen(ledger.view(), account, clock.millis())))
        .compose(
            seen ->
                aliases
                    .of(id)
                    .map(
                        alias ->
                            Reply.ok(
                                view(
                                    seen.orElseThrow(
                                        () -> Problem.of(ProblemType.NOT_FOUND).raised()),
                                    alias))));
  }

  private static JsonObject view(Seen seen, Optional<Aliases.Alias> alias) {
    var keys = new JsonArray();
    for (var key : seen.account().keys()) {
      keys.add(
          new JsonObject()
              .put("key", key.key().toString())
              .put("label", key.label())
              .put("expiresAt", Json.time(key.expiresMillis()))
              .put("revoked", key.revoked()));
    }
    var limits = new JsonObject();
    put(limits, "heldAtOnce", seen.account().limits().heldAtOnce());
    put(limits, "perDay", seen.account().limits().perDay());
    put(limits, "perPayment", seen.account().limits().perPayment());
    var view =
        new JsonObject()
            .put("account", seen.account().id().toString())
            .put("kind", seen.account().kind().toString())
            .put("balances", balances(seen))
            .put("keys", keys)
            .put("limits", limits);
    return Json.putIfPresent(view, "alias", alias.map(AccountRoutes::view));
  }

  private static void put(JsonObject limits, String name, long limit) {
    if (limit != Limits.UNLIMITED) limits.put(name, limit);
  }

  private static JsonObject view(Aliases.Alias alias) {
    return new JsonObject().put("phone", alias.phone()).put("name", alias.name());
  }

  /** With what counts against the limits of a day: by that a wallet knows what it may still use. */
  private static JsonArray balances(Seen seen) {
    var balances = balances(seen.balances());
    for (var one : balances) {
      var balance = (JsonObject) one;
      Json.putIfPresent(
          balance,
          "spentToday",
          Optional.ofNullable(seen.spentToday().get(balance.getString("asset"))));
    }
    return balances;
  }

  /** Balances as answers and events show them. */
  public static JsonArray balances(List<Balance> balances) {
    var array = new JsonArray();
    for (var balance : balances) {
      array.add(
          new JsonObject()
              .put("asset", balance.asset().value())
              .put("available", balance.available())
              .put("held", balance.held()));
    }
    return array;
  }

  private Future<Reply> setAlias(Call call) {
    var phone = call.body().getString("phone");
    var alias =
        new Aliases.Alias(
            call.wallet().account(), Aliases.normal(phone), call.body().getString("name"));
    return phoneProof
        .proves(phone, Optional.ofNullable(call.body().getString("code")))
        .compose(
            proven ->
                proven
                    ? aliases.set(alias).map(_ -> Reply.ok(view(alias)))
                    : Problem.of(ProblemType.PHONE_NOT_PROVEN).fail());
  }

  private Future<Reply> activity(Call call) {
    var id = call.account();
    return movements
        .of(id, call.optional("cursor"), call.limit())
        .compose(
            found ->
                kinds(id, found)
                    .map(
                        kinds ->
                            Reply.ok(
                                Json.page(
                                    found,
                                    call.limit(),
                                    movement -> activity(id, movement, kinds),
                                    Movements.Cursor::of))));
  }

  private Future<Map<AccountId, AccountKind>> kinds(AccountId own, List<Movement> found) {
    var others = new HashSet<AccountId>();
    for (var movement : found) {
      counterparty(own, movement).ifPresent(others::add);
    }
    return engine.ask(
        ledger -> {
          var kinds = new HashMap<AccountId, AccountKind>();
          for (var other : others) {
            ledger.view().account(other).ifPresent(account -> kinds.put(other, account.kind()));
          }
          return Map.copyOf(kinds);
        });
  }

  private static Optional<AccountId> counterparty(AccountId own, Movement movement) {
    return movement.payer().filter(own::equals).isPresent() ? movement.payee() : movement.payer();
  }

  private JsonObject activity(AccountId own, Movement movement, Map<AccountId, AccountKind> kinds) {
    boolean out = movement.payer().filter(own::equals).isPresent();
    var view =
        new JsonObject()
            .put("position", movement.position().toString())
            .put("transaction", movement.hash().toString())
            .put("type", type(movement, out))
            .put("direction", out ? "out" : "in")
            .put("asset", movement.amount().asset().value())
            .put("amount", movement.amount().minorUnits())
            .put("time", Json.time(movement.timeMillis()))
            .put("height", movement.position().height());
    Json.putIfPresent(view, "reference", movement.reference());
    PartsJson.put(view, movement.parts());
    movement.given().ifPresent(given -> put(view, given, out));
    var other =
        counterparty(own, movement)
            .map(
                account -> {
                  var party =
                      new JsonObject()
                          .put("account", account.toString())
                          .put("kind", kinds.getOrDefault(account, AccountKind.PERSON).toString());
                  return Json.putIfPresent(
                      party, "name", merchants.byAccount(account).map(Merchant::names));
                });
    return Json.putIfPresent(view, "counterparty", other);
  }

  private static void put(JsonObject view, Given given, boolean out) {
    view.mergeIn(given.view());
    if (out && given instanceof Given.Bonus(var _, var amount)) {
      view.remove("bonus");
      view.put("amount", amount);
    }
  }

  private static String type(Movement movement, boolean out) {
    return switch (movement.kind()) {
      case PAYMENT, COMPOSITE -> out ? "payment" : "received";
      case HOLD -> "hold";
      case REFUND -> "refund";
      // What a fund adds to a charge is all that leaves the fund.
      case ISSUE -> out ? "bonus" : "charge";
      case REDEEM -> "redeem";
      case PAYOUT -> "payout";
      case PAYOUT_VOID -> "payout-void";
      case CHARGES -> "charges";
      case REWARD -> "reward";
      case SOLD -> out ? "sold" : "bought";
      case SWEPT -> "swept";
    };
  }
}
