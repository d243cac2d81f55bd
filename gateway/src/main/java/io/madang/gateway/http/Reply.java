package io.madang.gateway.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.function.Consumer;

/** What a call comes to. */
public sealed interface Reply
    permits Reply.Json, Reply.Content, Reply.Nothing, Reply.Open, Problem {

  /** A JSON body. */
  record Json(int status, JsonObject body, Map<String, String> headers) implements Reply {}

  /** A body of another type. */
  record Content(String type, Buffer body, Map<String, String> headers) implements Reply {}

  /** No body (204). */
  record Nothing() implements Reply {}

  /** An answer that goes on after its head: the taker writes to it from now on. */
  record Open(Consumer<HttpServerResponse> taker) implements Reply {}

  /** 200 with a JSON body. */
  static Reply ok(JsonObject body) {
    return new Json(200, body, Map.of());
  }

  /** 201 with a JSON body. */
  static Reply created(JsonObject body) {
    return new Json(201, body, Map.of());
  }

  /** 202 with a JSON body. */
  static Reply accepted(JsonObject body) {
    return new Json(202, body, Map.of());
  }
}
