package io.madang.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.Serial;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A problem detail (RFC 9457): why a request was not done. It never holds what a request held.
 *
 * @param name the last part of the type's URI; stable
 * @param status the HTTP status
 * @param title the same words for every problem of this type
 * @param detail what happened this time; may be empty
 * @param retryCanHelp whether the same request may succeed later
 * @param members more members of the body, such as {@code errors}
 * @param headers more headers of the answer, such as {@code Retry-After}
 */
public record Problem(
    String name,
    int status,
    String title,
    String detail,
    boolean retryCanHelp,
    Map<String, Object> members,
    Map<String, String> headers)
    implements Reply {
  private static final String BASE = "https://madang.io/problems/";

  /** What is wrong at one place of a request: {@code #/amount}, {@code query/limit}. */
  public record Fault(String pointer, String detail) {}

  /** Carries a problem through a chain of futures to the border, where it is an answer again. */
  public static final class Raised extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    private final transient Problem problem;

    Raised(Problem problem) {
      super(problem.name, null, false, false);
      this.problem = problem;
    }

    /** What is to be answered. */
    public Problem problem() {
      return problem;
    }
  }

  /** A problem of the gateway's own. */
  public static Problem of(ProblemType type) {
    return of(type, "");
  }

  /** A problem of the gateway's own with a sentence about this time. */
  public static Problem of(ProblemType type, String detail) {
    return new Problem(
        type.kebabName(),
        type.status(),
        type.title(),
        detail,
        type.retryCanHelp(),
        Map.of(),
        Map.of());
  }

  /** A request whose form is wrong at these places. */
  public static Problem malformed(List<Fault> faults) {
    var errors = new JsonArray();
    for (var fault : faults) {
      errors.add(new JsonObject().put("pointer", fault.pointer()).put("detail", fault.detail()));
    }
    return of(ProblemType.MALFORMED_REQUEST).with("errors", errors);
  }

  /** Fails a future with this problem. */
  public <T> Future<T> fail() {
    return Future.failedFuture(raised());
  }

  /** This problem as an exception. */
  public Raised raised() {
    return new Raised(this);
  }

  /** The same problem with another member. */
  public Problem with(String member, Object value) {
    var more = new LinkedHashMap<>(members);
    more.put(member, value);
    return new Problem(name, status, title, detail, retryCanHelp, more, headers);
  }

  /** The same problem, to be tried again after a while, in whole seconds. */
  public Problem retryAfter(Duration wait) {
    long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
    var more = new LinkedHashMap<>(headers);
    more.put("Retry-After", Long.toString(seconds));
    return new Problem(name, status, title, detail, retryCanHelp, members, more);
  }

  /** The body of the answer. */
  public JsonObject body(String requestId) {
    var body = new JsonObject().put("type", BASE + name).put("title", title).put("status", status);
    if (!detail.isEmpty()) body.put("detail", detail);
    members.forEach(body::put);
    if (retryCanHelp) body.put("retry", true);
    return body.put("requestId", requestId);
  }
}
