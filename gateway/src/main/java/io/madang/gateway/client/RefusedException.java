package io.madang.gateway.client;

import io.vertx.core.json.JsonObject;
import java.io.Serial;

/** The gateway said no: a problem (RFC 9457). */
public final class RefusedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final int status;
  private final String type;
  private final String problem;

  RefusedException(String call, int status, JsonObject problem) {
    super(
        "%s was refused (%d): %s %s"
            .formatted(
                call,
                status,
                problem.getString("title", "no reason given"),
                problem.getString("detail", "")));
    this.status = status;
    this.type = problem.getString("type", "about:blank");
    this.problem = problem.encode();
  }

  /** The whole problem, as the gateway told it. */
  public JsonObject problem() {
    return new JsonObject(problem);
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The stable type of the problem, an address. */
  public String type() {
    return type;
  }
}
