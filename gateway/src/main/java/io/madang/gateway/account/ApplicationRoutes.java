package io.madang.gateway.account;

import io.madang.gateway.database.Sql;
import io.madang.gateway.http.Call;
import io.madang.gateway.http.Caller;
import io.madang.gateway.http.Callers;
import io.madang.gateway.http.Idempotency;
import io.madang.gateway.http.Json;
import io.madang.gateway.http.Operations;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.ProblemType;
import io.madang.gateway.http.Reply;
import io.madang.gateway.secret.MasterSecret;
import io.madang.payment.BusinessNumber;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * How a shop becomes a merchant. Either one operator writes the application down and another
 * approves it; then the owner's key is shown to whoever approved, once. Or the shop applies by
 * itself, two operators approve it one after the other, and the shop takes its key by the link that
 * it got when it applied, once. Nobody makes a merchant alone.
 */
public final class ApplicationRoutes implements Operations.Feature, Callers {
  /** How the tokens of applicants begin. */
  public static final String PREFIX = "ap_";

  private static final int TOKEN_LENGTH = 32;

  /** More would be nobody's shops. */
  private static final int MOST_WAITING = 500;

  private static final List<String> DETAILS = List.of("name", "city", "category", "postalCode");

  private final Sql sql;
  private final MasterSecret secret;
  private final Idempotency idempotency;
  private final MerchantRoutes merchants;
  private final MerchantRegistry registry;
  private final Applications applications;

  /** Applications whose merchants are registered there. */
  public ApplicationRoutes(
      Sql sql,
      MasterSecret secret,
      Idempotency idempotency,
      MerchantRoutes merchants,
      MerchantRegistry registry) {
    this.sql = sql;
    this.secret = secret;
    this.idempotency = idempotency;
    this.merchants = merchants;
    this.registry = registry;
    this.applications = new Applications(sql, secret);
  }

  @Override
  public void register(Operations operations) {
    operations.on("applyForMerchant", this::apply);
    operations.on("listMerchantApplications", this::list);
    operations.on("approveMerchantApplication", this::approve);
    operations.on("declineMerchantApplication", this::decline);
    operations.on("applyAsShop", this::applyAsShop);
    operations.on("getOwnApplication", this::own);
    operations.on("takeFirstKey", this::takeKey);
  }

  @Override
  public Future<Optional<Caller>> byToken(String token) {
    return applications
        .byLink(linkHash(token))
        .map(found -> found.map(number -> new Caller.Applicant(number)));
  }

  private byte[] linkHash(String token) {
    return secret.hash("application link", token);
  }

  private record Wish(BusinessNumber businessNumber, JsonObject details) {}

  private Future<Reply> apply(Call call) {
    var wish = checked(call.body());
    return idempotency.once(
        Idempotency.Key.of(call, "applyForMerchant"),
        connection ->
            applications
                .add(
                    connection,
                    wish.businessNumber(),
                    wish.details(),
                    call.body().getJsonObject("contact"),
                    operator(call))
                .map(Reply::created));
  }

  /** Says the same whether or not the number is known here. */
  private Future<Reply> applyAsShop(Call call) {
    var wish = checked(call.body());
    return applications
        .countByShops()
        .compose(
            waiting -> {
              if (waiting >= MOST_WAITING) return Problem.of(ProblemType.OVERLOADED).fail();
              var words = MasterSecret.random(TOKEN_LENGTH);
              var token = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(words);
              return idempotency.once(
                  Idempotency.Key.of(call, "applyAsShop"),
                  connection ->
                      applications
                          .addByShop(
                              connection,
                              wish.businessNumber(),
                              wish.details(),
                              call.body().getJsonObject("contact"),
                              linkHash(token))
                          .map(view -> Reply.created(view.put("token", token))));
            });
  }

  private Future<Reply> own(Call call) {
    return applications.ofShop(applicant(call)).map(Reply::ok);
  }

  private Future<Reply> takeKey(Call call) {
    return idempotency.once(
        Idempotency.Key.of(call, "takeFirstKey"),
        connection ->
            Applications.held(connection, applicant(call))
                .compose(
                    found -> {
                      var approved = found.orElseThrow(ApplicationRoutes::missing);
                      if (approved.merchant().isEmpty() || approved.keyWasShown()) {
                        return Future.succeededFuture(Problem.of(ProblemType.NO_KEY_WAITS));
                      }
                      return merchants
                          .register(connection, approved.name(), approved.details())
                          .compose(
                              made ->
                                  Applications.keyShown(connection, approved.number())
                                      .map(
                                          _ ->
                                              Reply.ok(
                                                  made.merchant()
                                                      .view()
                                                      .put("apiKey", made.ownerKey().token()))));
                    }));
  }

  private static long applicant(Call call) {
    return ((Caller.Applicant) call.caller()).application();
  }

  private Wish checked(JsonObject body) {
    var businessNumber = BusinessNumber.parse(body.getString("businessNumber"));
    if (businessNumber.isEmpty()) {
      throw Problem.malformed(
              List.of(new Problem.Fault("#/businessNumber", "its check digit does not fit")))
          .raised();
    }
    var details = new JsonObject();
    DETAILS.stream()
        .filter(body::containsKey)
        .forEach(name -> details.put(name, body.getValue(name)));
    var faults = merchants.faults(details);
    if (!faults.isEmpty()) throw Problem.malformed(faults).raised();
    return new Wish(businessNumber.get(), details);
  }

  private Future<Reply> list(Call call) {
    return applications
        .list(
            call.optional("state").isPresent(),
            Json.cursorNumber(call.optional("cursor"), Long.MAX_VALUE),
            call.limit(),
            operator(call))
        .map(found -> Reply.ok(Json.numberedPage(found, call.limit())));
  }

  private Future<Reply> approve(Call call) {
    return idempotency
        .once(
            Idempotency.Key.of(call, "approveMerchantApplication"),
            connection ->
                held(connection, call)
                    .compose(
                        waiting -> {
                          if (waiting.appliedBy().equals(operator(call))
                              || waiting.checkedBy().equals(Optional.of(operator(call)))) {
                            return Future.succeededFuture(
                                Problem.of(ProblemType.APPLICATION_OF_YOUR_OWN));
                          }
                          return approve(connection, call, waiting);
                        }))
        .compose(reply -> registry.load().map(_ -> reply));
  }

  private Future<Reply> approve(SqlConnection connection, Call call, Applications.Waiting waiting) {
    if (waiting.isOver()) {
      return Future.succeededFuture(Problem.of(ProblemType.APPLICATION_IS_OVER));
    }
    if (waiting.isByShop() && waiting.checkedBy().isEmpty()) {
      return Applications.checked(connection, waiting.number(), operator(call))
          .compose(_ -> applications.view(connection, waiting.number(), operator(call)))
          .map(Reply::accepted);
    }
    return merchants
        .register(connection, waiting.name(), waiting.details())
        .compose(
            made ->
                Applications.approved(
                        connection, waiting.number(), operator(call), made.merchant().id())
                    .map(_ -> Reply.ok(shown(made, waiting))));
  }

  /** A shop that applied by itself takes its key itself: no operator ever has it. */
  private static JsonObject shown(MerchantRoutes.Registered made, Applications.Waiting waiting) {
    var view = made.merchant().view();
    return waiting.isByShop() ? view : view.put("apiKey", made.ownerKey().token());
  }

  /** Any operator may say no, whoever wrote it down, too. */
  private Future<Reply> decline(Call call) {
    return sql.transaction(
        connection ->
            held(connection, call)
                .compose(
                    waiting -> {
                      if (waiting.isOver()) {
                        return Problem.of(ProblemType.APPLICATION_IS_OVER).fail();
                      }
                      return Applications.declined(
                              connection,
                              waiting.number(),
                              operator(call),
                              call.body().getString("reason"))
                          .map(_ -> new Reply.Nothing());
                    }));
  }

  private static Future<Applications.Waiting> held(SqlConnection connection, Call call) {
    return Applications.held(connection, call.integer("number", 0))
        .map(
            (Optional<Applications.Waiting> found) ->
                found.orElseThrow(ApplicationRoutes::missing));
  }

  private static Problem.Raised missing() {
    return Problem.of(ProblemType.NOT_FOUND).raised();
  }

  private static String operator(Call call) {
    return ((Caller.Operator) call.caller()).key();
  }
}
