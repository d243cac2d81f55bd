package io.madang.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** Speaks HTTP to a town's gateway, with the JDK's client: another program than the server's. */
public final class Client {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

  private final Town town;
  private final String token;

  Client(Town town, String token) {
    this.town = town;
    this.token = token;
  }

  /** An answer. */
  public record Answer(HttpResponse<String> response) {
    /** The status. */
    public int status() {
      return response.statusCode();
    }

    /** The JSON body. */
    public JsonObject json() {
      return new JsonObject(response.body());
    }

    /** The last part of the problem's type. */
    public String problem() {
      assertThat(response.headers().firstValue("content-type"))
          .contains("application/problem+json");
      var type = json().getString("type");
      return type.substring(type.lastIndexOf('/') + 1);
    }

    /** Expects a status. */
    public Answer expect(int status) {
      assertThat(status()).as(response.body()).isEqualTo(status);
      return this;
    }

    /** Expects a problem. */
    public Answer expect(int status, String problem) {
      expect(status);
      assertThat(problem()).isEqualTo(problem);
      assertThat(json().getInteger("status")).isEqualTo(status);
      assertThat(response.headers().firstValue("x-request-id"))
          .contains(json().getString("requestId"));
      return this;
    }

    /** A header. */
    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }

  /** GET. */
  public Answer get(String path) {
    return send(request(path).GET());
  }

  /** DELETE. */
  public Answer delete(String path) {
    return send(request(path).DELETE());
  }

  /** POST with a fresh Idempotency-Key. */
  public Answer post(String path, JsonObject body) {
    return post(path, body, key());
  }

  /** POST. */
  public Answer post(String path, JsonObject body, String idempotencyKey) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", idempotencyKey)
            .POST(BodyPublishers.ofString(body.encode())));
  }

  /** PUT. */
  public Answer put(String path, JsonObject body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(body.encode())));
  }

  /** A request with the token, if there is one. */
  public HttpRequest.Builder request(String path) {
    var request =
        HttpRequest.newBuilder(URI.create(town.url(path))).timeout(Duration.ofMinutes(2));
    if (!token.isEmpty()) request.header("Authorization", "Bearer " + token);
    return request;
  }

  /** Sends a request. */
  public Answer send(HttpRequest.Builder request) {
    try {
      return new Answer(HTTP.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException failed) {
      throw new AssertionError(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new AssertionError(stopped);
    }
  }

  /** The JDK's client, for what needs more. */
  public static HttpClient http() {
    return HTTP;
  }

  /** A fresh Idempotency-Key. */
  public static String key() {
    return "\"" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()) + "\"";
  }
}
