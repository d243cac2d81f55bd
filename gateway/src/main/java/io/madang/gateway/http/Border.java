package io.madang.gateway.http;

import io.madang.gateway.database.Sql;
import io.madang.gateway.engine.EngineUnavailableException;
import io.madang.gateway.http.Contract.ApiOperation;
import io.madang.gateway.http.Contract.Idempotency;
import io.madang.gateway.http.Problem.Fault;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a request through the same checks in the same order, whatever it asks: origin, rate,
 * content type, size, who calls, rate of the caller, form, and only then what it asks.
 */
final class Border {
  /** Largest body in bytes, where the contract does not say {@code x-max-body}. */
  static final int MAX_BODY = 64 * 1024;

  /** How many larger bodies are read at once, so that they cannot fill the memory. */
  private static final int MAX_LARGE_BODIES = 4;

  private static final Logger LOG = LoggerFactory.getLogger(Border.class);
  private static final long PATIENCE_MILLIS = 10_000;
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Set<HttpMethod> SAFE =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
  private static final Pattern QUOTED_KEY = Pattern.compile("\"([ !#-\\[\\]-~]{1,128})\"");
  private static final Pattern BARE_KEY = Pattern.compile("[!#-\\[\\]-~]{1,128}");
  private static final String REQUEST_ID = "requestId";
  private static final String CALLER = "caller";

  private final Contract contract;
  private final Map<String, Function<Call, Future<Reply>>> actions;
  private final Callers callers;
  private final RateLimits rates;
  private final String publicOrigin;
  private final AtomicInteger largeBodies = new AtomicInteger();

  Border(
      Contract contract,
      Map<String, Function<Call, Future<Reply>>> actions,
      Callers callers,
      RateLimits rates,
      String publicOrigin) {
    this.contract = contract;
    this.actions = Map.copyOf(actions);
    this.callers = callers;
    this.rates = rates;
    this.publicOrigin = publicOrigin;
    if (!this.actions.keySet().equals(contract.operations().keySet())) {
      throw new IllegalStateException("operations and contract differ: " + this.actions.keySet());
    }
  }

  /** A router of the API, for one event loop. */
  Router router(Vertx vertx) {
    var builder = RouterBuilder.create(vertx, contract.parsed());
    for (var route : builder.getRoutes()) {
      var id = route.getOperation().getOperationId();
      var operation = contract.operations().get(id);
      var action = actions.get(id);
      if (operation == null || action == null) throw new IllegalStateException(id);
      // The library's own checks are replaced: they name no places and run on a worker thread.
      route.setDoValidation(false).setDoSecurity(false);
      if (operation.check().takesBody()) {
        if (operation.body().maxBytes() > MAX_BODY) {
          SecurityPolicyHandler first = context -> admitLargeBody(context, operation);
          route.addHandler(first);
        }
        route.addHandler(BodyHandler.create(false).setBodyLimit(operation.body().maxBytes()));
      }
      route.addHandler(context -> handle(context, operation, action));
    }
    return builder.createRouter();
  }

  /**
   * What every request passes first: it gets its id, and those that should not go on are stopped.
   */
  void enter(RoutingContext context) {
    var id = Long.toHexString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE);
    context.put(REQUEST_ID, id);
    context.response().putHeader("X-Request-Id", id);
    SecurityHeaders.put(context.response());
    var request = context.request();
    var wait = rates.take("address", address(context), System.nanoTime());
    if (wait.isPresent()) {
      answer(context, Problem.of(ProblemType.RATE_LIMITED).retryAfter(wait.get()));
    } else if (!SAFE.contains(request.method()) && isForeign(context)) {
      answer(context, Problem.of(ProblemType.FOREIGN_ORIGIN));
    } else if (!SAFE.contains(request.method()) && hasBody(context) && !isJson(context)) {
      answer(context, Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE));
    } else {
      context.next();
    }
  }

  /** Stops a request whose address is the API's with a method that it does not know. */
  void refuseMethod(RoutingContext context) {
    if (contract.parsed().findPath(context.normalizedPath()) == null) context.next();
    else answer(context, Problem.of(ProblemType.METHOD_NOT_ALLOWED));
  }

  /** What happens to a request that no route took or that failed on its way. */
  void fail(RoutingContext context) {
    var failure = context.failure();
    answer(
        context,
        switch (context.statusCode()) {
          case 404 -> Problem.of(ProblemType.NOT_FOUND);
          case 405 -> Problem.of(ProblemType.METHOD_NOT_ALLOWED);
          case 413 -> Problem.of(ProblemType.BODY_TOO_LARGE);
          case 400 -> Problem.of(ProblemType.MALFORMED_REQUEST);
          default -> failure == null ? Problem.of(ProblemType.INTERNAL) : of(context, failure);
        });
  }

  /** A body that is larger than usual is read only from those who may call, and few at once. */
  private void admitLargeBody(RoutingContext context, ApiOperation operation) {
    var request = context.request().pause();
    context.addEndHandler(_ -> largeBodies.decrementAndGet());
    if (largeBodies.incrementAndGet() > MAX_LARGE_BODIES) {
      answer(context, Problem.of(ProblemType.OVERLOADED).retryAfter(RETRY));
      return;
    }
    caller(context, operation)
        .onSuccess(
            caller -> {
              context.put(CALLER, caller).next();
              request.resume();
            })
        .onFailure(failure -> answer(context, of(context, failure)));
  }

  private void handle(
      RoutingContext context, ApiOperation operation, Function<Call, Future<Reply>> action) {
    var reply =
        caller(context, operation)
            .compose(
                caller -> {
                  var refused = rate(context, operation, caller);
                  if (refused.isPresent()) return Future.succeededFuture(refused.get());
                  return action.apply(call(context, operation, caller));
                });
    Patience.with(context.vertx(), reply, PATIENCE_MILLIS, Border::late)
        .onSuccess(given -> answer(context, given))
        .onFailure(failure -> answer(context, of(context, failure)));
  }

  private static Future<Reply> late() {
    return Future.succeededFuture(Problem.of(ProblemType.UNAVAILABLE).retryAfter(RETRY));
  }

  private Future<Caller> caller(RoutingContext context, ApiOperation operation) {
    Caller known = context.get(CALLER);
    if (known != null) return Future.succeededFuture(known);
    if (operation.callers().isEmpty()) return Future.succeededFuture(new Caller.Anyone());
    var header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
    if (header == null && operation.anonymous()) {
      return Future.succeededFuture(new Caller.Anyone());
    }
    if (header == null || !header.regionMatches(true, 0, "Bearer ", 0, 7)) {
      return unauthorized().fail();
    }
    return callers
        .byToken(header.substring(7).strip())
        .map(
            found -> {
              var caller = found.orElseThrow(() -> unauthorized().raised());
              if (!mayCall(operation, caller)) throw Problem.of(ProblemType.FORBIDDEN).raised();
              return caller;
            });
  }

  private static Problem unauthorized() {
    var problem = Problem.of(ProblemType.UNAUTHORIZED);
    return new Problem(
        problem.name(),
        problem.status(),
        problem.title(),
        problem.detail(),
        false,
        Map.of(),
        Map.of("WWW-Authenticate", "Bearer"));
  }

  private static boolean mayCall(ApiOperation operation, Caller caller) {
    return switch (caller) {
      case Caller.Anyone _ -> operation.anonymous();
      case Caller.Wallet _ -> operation.callers().contains(Caller.Kind.WALLET);
      case Caller.Operator _ -> operation.callers().contains(Caller.Kind.OPERATOR);
      case Caller.Fund _ -> operation.callers().contains(Caller.Kind.FUND);
      case Caller.Voter _ -> operation.callers().contains(Caller.Kind.VOTER);
      case Caller.Administrator _ -> operation.callers().contains(Caller.Kind.ADMINISTRATOR);
      case Caller.Registrar _ -> operation.callers().contains(Caller.Kind.REGISTRAR);
      case Caller.Applicant _ -> operation.callers().contains(Caller.Kind.APPLICANT);
      case Caller.Trustee _ -> operation.callers().contains(Caller.Kind.TRUSTEE);
      case Caller.Merchant merchant ->
          operation.callers().contains(Caller.Kind.MERCHANT)
              && (operation.roles().isEmpty() || operation.roles().contains(merchant.role()));
    };
  }

  private Optional<Reply> rate(RoutingContext context, ApiOperation operation, Caller caller) {
    var key = caller instanceof Caller.Anyone ? address(context) : caller.scope();
    return rates
        .take(operation.rate(), key, System.nanoTime())
        .map(wait -> Problem.of(ProblemType.RATE_LIMITED).retryAfter(wait));
  }

  private static Call call(RoutingContext context, ApiOperation operation, Caller caller) {
    var faults = new ArrayList<Fault>();
    var request = context.request();
    var parameters =
        operation
            .check()
            .parameters(context.pathParams(), context.queryParams(), request.headers(), faults);
    parameters.remove("Idempotency-Key");
    boolean raw = operation.body().raw();
    if (raw && !isJson(context)) throw Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE).raised();
    var body =
        operation.check().takesBody() && !raw ? body(context, operation, faults) : new JsonObject();
    if (!faults.isEmpty()) throw Problem.malformed(faults).raised();
    var prefer = request.getHeader("Prefer");
    return new Call(
        requestId(context),
        address(context),
        caller,
        parameters,
        body,
        raw ? received(context) : Buffer.buffer(),
        idempotencyKey(request.getHeader("Idempotency-Key"), operation),
        prefer != null && prefer.contains("respond-async"));
  }

  private static JsonObject body(
      RoutingContext context, ApiOperation operation, List<Fault> faults) {
    if (!isJson(context)) throw Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE).raised();
    return switch (StrictJson.read(received(context))) {
      case StrictJson.Reading.Refused(var fault) ->
          throw Problem.malformed(List.of(fault)).raised();
      case StrictJson.Reading.Read(var object) -> {
        operation.check().body(object, faults);
        yield object;
      }
    };
  }

  private static Buffer received(RoutingContext context) {
    var buffer = context.body().buffer();
    return buffer == null ? Buffer.buffer() : buffer;
  }

  private static Optional<String> idempotencyKey(
      @org.jspecify.annotations.Nullable String header, ApiOperation operation) {
    if (operation.idempotency() == Idempotency.NONE) return Optional.empty();
    if (header == null) {
      if (operation.idempotency() == Idempotency.OPTIONAL) return Optional.empty();
      throw Problem.of(ProblemType.IDEMPOTENCY_KEY_MISSING).raised();
    }
    var quoted = QUOTED_KEY.matcher(header);
    if (quoted.matches()) return Optional.of(quoted.group(1));
    if (BARE_KEY.matcher(header).matches()) return Optional.of(header);
    throw Problem.of(ProblemType.IDEMPOTENCY_KEY_MALFORMED).raised();
  }

  private static boolean hasBody(RoutingContext context) {
    var headers = context.request().headers();
    var length = headers.get(HttpHeaders.CONTENT_LENGTH);
    return headers.contains(HttpHeaders.TRANSFER_ENCODING)
        || (length != null && !length.equals("0"));
  }

  private static boolean isJson(RoutingContext context) {
    var type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
    if (type == null) return false;
    int end = type.indexOf(';');
    return (end < 0 ? type : type.substring(0, end)).strip().equalsIgnoreCase("application/json");
  }

  /** A page of another site cannot forge these headers. */
  private boolean isForeign(RoutingContext context) {
    var request = context.request();
    var site = request.getHeader("Sec-Fetch-Site");
    if (site != null && !site.equals("same-origin") && !site.equals("none")) return true;
    var origin = request.getHeader(HttpHeaders.ORIGIN);
    return origin != null
        && !origin.equals(publicOrigin)
        && !origin.equals(request.scheme() + "://" + request.authority());
  }

  private static String address(RoutingContext context) {
    return context.request().remoteAddress().hostAddress();
  }

  private static String requestId(RoutingContext context) {
    String id = context.get(REQUEST_ID);
    return id == null ? "none" : id;
  }

  private static Problem of(RoutingContext context, Throwable failure) {
    return switch (failure) {
      case Problem.Raised raised -> raised.problem();
      case Sql.Unavailable _, EngineUnavailableException _, TimeoutException _ ->
          Problem.of(ProblemType.UNAVAILABLE).retryAfter(RETRY);
      default -> {
        LOG.atError()
            .addKeyValue("requestId", requestId(context))
            .addKeyValue("failure", Failures.describe(failure))
            .log("a request failed");
        yield Problem.of(ProblemType.INTERNAL);
      }
    };
  }

  private static void answer(RoutingContext context, Reply reply) {
    var response = context.response();
    if (response.ended() || response.closed()) return;
    if (response.headWritten()) {
      response.reset();
      return;
    }
    // What a body brought that nobody reads must not stand before the next request.
    if (!context.request().isEnded()) response.putHeader(HttpHeaders.CONNECTION, "close");
    response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    switch (reply) {
      case Reply.Json(var status, var body, var headers) -> {
        headers.forEach(response::putHeader);
        response
            .setStatusCode(status)
            .putHeader(
                HttpHeaders.CONTENT_TYPE,
                status < 400 ? "application/json" : "application/problem+json")
            .end(body.toBuffer());
      }
      case Reply.Content(var type, var body, var headers) -> {
        headers.forEach(response::putHeader);
        response.putHeader(HttpHeaders.CONTENT_TYPE, type).end(body);
      }
      case Reply.Nothing _ -> response.setStatusCode(204).end();
      case Reply.Open(var taker) -> taker.accept(response);
      case Problem problem -> {
        problem.headers().forEach(response::putHeader);
        response
            .setStatusCode(problem.status())
            .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
            .end(problem.body(requestId(context)).toBuffer());
      }
    }
  }
}
