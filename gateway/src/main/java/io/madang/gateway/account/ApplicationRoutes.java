package io.madang.gateway.account;

import io.madang.gateway.database.Sql;
import io.madang.gateway.http.Call;
import io.madang.gateway.http.Caller;
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
import java.util.List;
import java.util.Optional;

/**
 * How a shop becomes a merchant: one operator writes the application down, another approves it.
 * Nobody does so alone, and the owner's key is shown to whoever approved, once.
 */
public final class ApplicationRoutes implements Operations.Feature {
  private static final List<String> DETAILS = List.of("name", "city", "category", "postalCode");

  private final Sql sql;
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
  }

  private Future<Reply> apply(Call call) {
    var body = call.body();
    var businessNumber = BusinessNumber.parse(body.getString("businessNumber"));
    if (businessNumber.isEmpty()) {
      return Problem.malformed(
              List.of(new Problem.Fault("#/businessNumber", "its check digit does not fit")))
          .fail();
    }
    var details = new JsonObject();
    DETAILS.stream()
        .filter(body::containsKey)
        .forEach(name -> details.put(name, body.getValue(name)));
    var faults = merchants.faults(details);
    if (!faults.isEmpty()) return Problem.malformed(faults).fail();
    return idempotency.once(
        Idempotency.Key.of(call, "applyForMerchant"),
        connection ->
            applications
                .add(
                    connection,
                    businessNumber.get(),
                    details,
                    body.getJsonObject("contact"),
                    operator(call))
                .map(Reply::created));
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
                          if (waiting.appliedBy().equals(operator(call))) {
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
    var name = "application " + waiting.number();
    return merchants
        .register(connection, name, waiting.details())
        .compose(
            made ->
                Applications.approved(
                        connection, waiting.number(), operator(call), made.merchant().id())
                    .map(
                        _ ->
                            Reply.ok(
                                made.merchant().view().put("apiKey", made.ownerKey().token()))));
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
