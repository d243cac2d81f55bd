package io.madang.gateway.account;

import io.madang.chain.SigningKey;
import io.madang.gateway.database.Sql;
import io.madang.gateway.http.Call;
import io.madang.gateway.http.Caller;
import io.madang.gateway.http.Json;
import io.madang.gateway.http.Operations;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.ProblemType;
import io.madang.gateway.http.Reply;
import io.madang.gateway.secret.MasterSecret;
import io.madang.ledger.AccountKind;
import io.madang.payment.qr.MadangQr;
import io.madang.payment.qr.MerchantId;
import io.madang.payment.qr.MerchantListing;
import io.madang.payment.qr.QrRefusal;
import io.madang.payment.qr.TillId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What operators do for merchants that are registered, and registering them. */
public final class MerchantRoutes implements Operations.Feature {
  private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int ID_DIGITS = 8;

  private final Sql sql;
  private final MasterSecret secret;
  private final Enrolment enrolment;
  private final MerchantRegistry registry;
  private final ApiKeys keys;
  private final KeyNotices notices;
  private final MadangQr codes;

  /** Registers merchants whose codes name this operator. */
  public MerchantRoutes(
      Sql sql,
      MasterSecret secret,
      Enrolment enrolment,
      MerchantRegistry registry,
      ApiKeys keys,
      KeyNotices notices,
      String operatorDomain) {
    this.sql = sql;
    this.secret = secret;
    this.enrolment = enrolment;
    this.registry = registry;
    this.keys = keys;
    this.notices = notices;
    this.codes = new MadangQr(operatorDomain);
  }

  /** A merchant that was registered, and its owner's key. */
  public record Registered(Merchant merchant, ApiKeys.NewKey ownerKey) {}

  @Override
  public void register(Operations operations) {
    operations.on("listMerchants", this::list);
    operations.on("getRegisteredMerchant", this::one);
    operations.on("createMerchantKey", this::createKey);
    operations.on("revokeMerchantKey", this::revokeKey);
  }

  /**
   * Registers a merchant under a name of the caller's; the same name again finds the same merchant
   * with the same owner's key.
   */
  public Future<Registered> register(String name, JsonObject details) {
    return sql.transaction(connection -> register(connection, name, details))
        .compose(made -> registry.load().map(_ -> made));
  }

  /** The same in a transaction of the caller's, who makes the registry load what is in it. */
  Future<Registered> register(SqlConnection connection, String name, JsonObject details) {
    byte[] bytes = secret.hash("merchant", name);
    return register(connection, bytes, listing(bytes, details));
  }

  /**
   * Everything that is random comes from the name, so a repetition after a crash anywhere in here
   * finds its own account on the chain and goes on.
   */
  private Future<Registered> register(
      SqlConnection connection, byte[] name, MerchantListing listing) {
    byte[] seed = secret.hash("merchant seed", name);
    return enrolment
        .openFor(AccountKind.MERCHANT, SigningKey.ed25519(seed), "gateway")
        .compose(account -> registry.add(connection, listing, account, seed))
        .compose(
            merchant ->
                keys.create(
                        connection,
                        new ApiKeys.Grant(
                            merchant.id(),
                            Caller.Role.OWNER,
                            Optional.empty(),
                            io.madang.ledger.Amount.MAX_MINOR_UNITS),
                        secret.hash("merchant owner key", name))
                    .map(key -> new Registered(merchant, key)));
  }

  private MerchantListing listing(byte[] name, JsonObject details) {
    var names = details.getJsonObject("name");
    var cities = details.getJsonObject("city");
    return new MerchantListing(
        new MerchantId(id(secret.hash("merchant id", name))),
        details.getString("category"),
        names.getString("en"),
        cities.getString("en"),
        details.getString("postalCode", ""),
        Normalizer.normalize(names.getString("ko"), Normalizer.Form.NFC),
        Normalizer.normalize(cities.getString("ko"), Normalizer.Form.NFC));
  }

  private static String id(byte[] random) {
    var id = new StringBuilder("M-");
    for (int i = 0; i < ID_DIGITS; i++) {
      id.append(DIGITS.charAt(random[i] & 31));
    }
    return id.toString();
  }

  /** What of a merchant's details cannot stand in a code. */
  List<Problem.Fault> faults(JsonObject details) {
    var listing = listing(secret.hash("merchant", "any"), details);
    return codes.sticker(listing, new TillId("T")) instanceof QrRefusal refusal
        ? List.of(new Problem.Fault("#", refusal.sentence()))
        : List.of();
  }

  private Future<Reply> list(Call call) {
    long before = Json.cursorNumber(call.optional("cursor"), Long.MAX_VALUE);
    return call.optional("search")
        .map(words -> Future.succeededFuture(registry.find(words, before, call.limit())))
        .orElseGet(() -> registry.list(before, call.limit()))
        .map(
            found ->
                Reply.ok(
                    Json.page(
                        found,
                        call.limit(),
                        Merchant::view,
                        merchant -> Long.toString(merchant.number()))));
  }

  private Future<Reply> one(Call call) {
    return Future.succeededFuture(Reply.ok(known(call).view()));
  }

  private Future<Reply> createKey(Call call) {
    var merchant = known(call);
    var body = call.body();
    var role = Caller.Role.valueOf(body.getString("role").toUpperCase(Locale.ROOT));
    var grant =
        new ApiKeys.Grant(
            merchant.id(),
            role,
            Optional.ofNullable(body.getString("till")),
            body.getLong("refundLimit", 0L));
    return sql.transaction(
            connection ->
                keys.create(connection, grant)
                    .compose(key -> notices.made(connection, grant, key.id(), "").map(_ -> key)))
        .onSuccess(_ -> notices.committed(merchant.id()))
        .map(
            key -> {
              var view =
                  new JsonObject()
                      .put("id", key.id())
                      .put("apiKey", key.token())
                      .put("role", body.getString("role"));
              return Reply.created(Json.putIfPresent(view, "till", grant.till()));
            });
  }

  private Future<Reply> revokeKey(Call call) {
    var merchant = known(call).id();
    return sql.transaction(
            connection ->
                keys.revoke(connection, merchant, call.text("key"))
                    .compose(
                        ended -> {
                          if (ended.isEmpty()) return Problem.of(ProblemType.NOT_FOUND).fail();
                          return notices
                              .ended(connection, merchant, ended.get())
                              .map(_ -> (Reply) new Reply.Nothing());
                        }))
        .onSuccess(_ -> notices.committed(merchant));
  }

  private Merchant known(Call call) {
    return registry
        .byId(new MerchantId(call.text("merchant")))
        .orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND).raised());
  }
}
