package io.madang.gateway.payment;

import io.madang.gateway.account.MerchantRegistry;
import io.madang.gateway.database.Sql;
import io.madang.gateway.event.Event;
import io.madang.gateway.event.EventType;
import io.madang.gateway.event.Outbox;
import io.madang.gateway.http.Access;
import io.madang.gateway.http.Access.Owner;
import io.madang.gateway.http.Call;
import io.madang.gateway.http.Caller;
import io.madang.gateway.http.Idempotency;
import io.madang.gateway.http.Json;
import io.madang.gateway.http.Operations;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.ProblemType;
import io.madang.gateway.http.Reply;
import io.madang.gateway.secret.MasterSecret;
import io.madang.ledger.Amount;
import io.madang.ledger.AssetCode;
import io.madang.payment.PaymentIntent;
import io.madang.payment.PaymentIntent.Step;
import io.madang.payment.PaymentIntent.Taking;
import io.madang.payment.qr.IntentId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A merchant's intents and their codes. */
final class IntentRoutes implements Operations.Feature {
  private static final int ID_LENGTH = 12;
  private static final long DEFAULT_LIFE_SECONDS = 180;

  private final Vertx vertx;
  private final Sql sql;
  private final Idempotency idempotency;
  private final IntentStore store;
  private final OpenIntents open;
  private final PaymentPolicy policy;
  private final IntentReader reader;
  private final Outbox outbox;
  private final MerchantRegistry merchants;
  private final Codes codes;
  private final Set<AssetCode> assets;
  private final Clock clock;

  IntentRoutes(
      Vertx vertx,
      Sql sql,
      Idempotency idempotency,
      IntentStore store,
      OpenIntents open,
      PaymentPolicy policy,
      IntentReader reader,
      Outbox outbox,
      MerchantRegistry merchants,
      Codes codes,
      Set<AssetCode> assets,
      Clock clock) {
    this.vertx = vertx;
    this.sql = sql;
    this.idempotency = idempotency;
    this.store = store;
    this.open = open;
    this.policy = policy;
    this.reader = reader;
    this.outbox = outbox;
    this.merchants = merchants;
    this.codes = codes;
    this.assets = Set.copyOf(assets);
    this.clock = clock;
  }

  @Override
  public void register(Operations operations) {
    operations.on("createIntent", this::create);
    operations.on("listIntents", this::list);
    operations.on("getIntent", this::get);
    operations.on("cancelIntent", this::cancel);
    operations.on("getIntentQrSvg", this::svg);
    operations.on("getIntentQrPng", this::png);
  }

  private Future<Reply> create(Call call) {
    return idempotency.once(
        Idempotency.Key.of(call, "createIntent"), connection -> create(call, connection));
  }

  private Future<Reply> create(Call call, SqlConnection connection) {
    var body = call.body();
    var caller = call.merchant();
    var till = Optional.ofNullable(body.getString("till")).or(caller::till);
    if (caller.till().isPresent() && !caller.till().equals(till)) {
      return Future.succeededFuture(Problem.of(ProblemType.OTHER_TILL));
    }
    var asset = new AssetCode(body.getString("asset"));
    if (!assets.contains(asset)) {
      return Future.succeededFuture(Problem.of(ProblemType.UNKNOWN_ASSET_HERE));
    }
    long now = clock.millis();
    Taking taking =
        body.containsKey("holdForSeconds")
            ? new Taking.FromHold(now + 1_000 * body.getLong("holdForSeconds"))
            : new Taking.AtOnce();
    long expires = now + 1_000 * body.getLong("expiresInSeconds", DEFAULT_LIFE_SECONDS);
    if (taking instanceof Taking.FromHold(var end) && end <= expires) {
      // A hold that ends before anybody could place it would be refused by the ledger.
      return Future.succeededFuture(Problem.of(ProblemType.HOLD_TOO_SHORT));
    }
    var intent =
        PaymentIntent.open(
            new IntentId(HexFormat.of().formatHex(MasterSecret.random(ID_LENGTH))),
            caller.account(),
            new Amount(body.getLong("amount"), asset),
            now,
            expires,
            taking);
    var made =
        new MerchantIntent(
            0,
            merchants.byId(caller.merchant()).orElseThrow(),
            till,
            Optional.ofNullable(body.getString("reference")),
            intent);
    // Known before its code is shown; an intent that is then not stored expires unpaid.
    open.put(made);
    return store.insert(connection, made).map(stored -> Reply.created(view(stored)));
  }

  private Future<Reply> list(Call call) {
    return store
        .list(
            new IntentStore.Filter(
                call.merchant().merchant(),
                call.optional("status"),
                call.optional("till"),
                Json.cursorNumber(call.optional("cursor"), Long.MAX_VALUE),
                call.limit(),
                clock.millis()))
        .map(
            found ->
                Reply.ok(
                    Json.page(
                        found, call.limit(), this::view, made -> Long.toString(made.number()))));
  }

  private Future<Reply> get(Call call) {
    var id = call.text("id");
    if (call.caller() instanceof Caller.Wallet) {
      // Whoever holds the code may see what it asks for; an identifier cannot be guessed.
      return store
          .byId(id)
          .map(
              found ->
                  found
                      .map(made -> made.payerView(codes.of(made), clock.millis()))
                      .map(Reply::ok)
                      .orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND).raised()));
    }
    return own(call).map(made -> Reply.ok(view(made)));
  }

  /** The intent of this call, if it is the caller's. */
  private Future<MerchantIntent> own(Call call) {
    return store.byId(call.text("id")).map(found -> checked(call, found));
  }

  static MerchantIntent checked(Call call, Optional<MerchantIntent> found) {
    var made = found.orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND).raised());
    Access.check(call.caller(), new Owner.OfMerchant(made.merchant().id()));
    return made;
  }

  private Future<Reply> cancel(Call call) {
    return sql.transaction(
            connection ->
                store
                    .lock(connection, call.text("id"))
                    .compose(found -> cancel(connection, checked(call, found))))
        .onSuccess(
            made -> {
              reader.tell(made);
              outbox.committed(List.of(made.merchant().id()));
            })
        .map(made -> Reply.ok(view(made)));
  }

  private Future<MerchantIntent> cancel(SqlConnection connection, MerchantIntent made) {
    if (policy.isReserved(made.intent().id())) {
      return Problem.of(ProblemType.INTENT_BEING_PAID).fail();
    }
    return switch (made.intent().cancel(clock.millis())) {
      case Step.Changed(var next) -> {
        var cancelled = made.with(next);
        yield store
            .update(connection, cancelled)
            .compose(_ -> outbox.add(connection, List.of(event(cancelled))))
            .map(_ -> cancelled);
      }
      case Step.Unchanged _ -> Future.succeededFuture(made);
      case Step.Refused(var objection) -> Problem.of(PaymentPolicy.problem(objection)).fail();
    };
  }

  private Event event(MerchantIntent cancelled) {
    var id = cancelled.intent().id().value();
    var price = cancelled.intent().price();
    var data =
        new JsonObject()
            .put("intent", id)
            .put("asset", price.asset().value())
            .put("amount", price.minorUnits());
    Json.putIfPresent(data, "till", cancelled.till());
    Json.putIfPresent(data, "reference", cancelled.reference());
    return Event.about(
        cancelled.merchant().id(), EventType.INTENT_CANCELLED, id, clock.millis(), data);
  }

  private Future<Reply> svg(Call call) {
    return own(call).compose(made -> svg(vertx, codes.of(made)));
  }

  private Future<Reply> png(Call call) {
    return own(call).compose(made -> png(vertx, codes.of(made)));
  }

  static Future<Reply> svg(Vertx vertx, String code) {
    return vertx
        .executeBlocking(() -> QrImages.svg(code), false)
        .map(image -> new Reply.Content("image/svg+xml", Buffer.buffer(image), Map.of()));
  }

  static Future<Reply> png(Vertx vertx, String code) {
    return vertx
        .executeBlocking(() -> QrImages.png(code), false)
        .map(image -> new Reply.Content("image/png", Buffer.buffer(image), Map.of()));
  }

  private JsonObject view(MerchantIntent made) {
    return made.merchantView(codes.of(made), clock.millis());
  }
}
