package io.madang.gateway.client;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * A caller of the public API who waits for each answer. Knows nothing of the gateway's insides: the
 * demo and its smoke run go through the same door as everybody.
 */
public final class GatewayClient {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final int REFUSED = 300;

  private final HttpClient http;
  private final URI address;
  private final Optional<String> token;

  /** A caller without a name, for this address such as {@code http://127.0.0.1:8080}. */
  public GatewayClient(URI address) {
    this(
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build(),
        address,
        Optional.empty());
  }

  private GatewayClient(HttpClient http, URI address, Optional<String> token) {
    this.http = http;
    this.address = address;
    this.token = token;
  }

  /** The same caller with an API key or a session's token. */
  public GatewayClient with(String bearer) {
    return new GatewayClient(http, address, Optional.of(bearer));
  }

  /** Reads an object. */
  public JsonObject get(String path) {
    return json(path, send("GET", path, BodyPublishers.noBody()));
  }

  /** Reads bytes, such as a picture. */
  public byte[] bytes(String path) {
    return send("GET", path, BodyPublishers.noBody()).body();
  }

  /** Reads bytes into a file, however many they are. */
  public void download(String path, Path file) {
    send(
        "GET",
        path,
        BodyPublishers.noBody(),
        answer ->
            answer.statusCode() >= REFUSED
                ? BodySubscribers.ofByteArray()
                : BodySubscribers.mapping(BodySubscribers.ofFile(file), _ -> new byte[0]));
  }

  /**
   * Asks for something to be done. The call carries an idempotency key of its own, so that it is
   * done once.
   */
  public JsonObject post(String path, JsonObject body) {
    return json(path, send("POST", path, BodyPublishers.ofString(body.encode())));
  }

  /** Asks for something to be done with a record that travels byte for byte, such as a ballot. */
  public JsonObject postBytes(String path, byte[] record) {
    return json(path, send("POST", path, BodyPublishers.ofByteArray(record)));
  }

  /** Sets something. */
  public JsonObject put(String path, JsonObject body) {
    return json(path, send("PUT", path, BodyPublishers.ofString(body.encode())));
  }

  /** Sets a record that travels byte for byte. */
  public JsonObject putBytes(String path, byte[] record) {
    return json(path, send("PUT", path, BodyPublishers.ofByteArray(record)));
  }

  private HttpResponse<byte[]> send(
      String method, String path, HttpRequest.BodyPublisher publisher) {
    return send(method, path, publisher, BodyHandlers.ofByteArray());
  }

  private HttpResponse<byte[]> send(
      String method,
      String path,
      HttpRequest.BodyPublisher publisher,
      HttpResponse.BodyHandler<byte[]> handler) {
    var request =
        HttpRequest.newBuilder(address.resolve(path))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", '"' + UUID.randomUUID().toString() + '"')
            .method(method, publisher);
    token.ifPresent(bearer -> request.header("Authorization", "Bearer " + bearer));
    try {
      var response = http.send(request.build(), handler);
      if (response.statusCode() >= REFUSED) {
        throw new RefusedException(method + " " + path, response.statusCode(), problem(response));
      }
      return response;
    } catch (IOException unreachable) {
      throw new UncheckedIOException(method + " " + path + " got no answer", unreachable);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while waiting for " + path, stopped);
    }
  }

  private static JsonObject json(String path, HttpResponse<byte[]> response) {
    try {
      return new JsonObject(text(response));
    } catch (DecodeException notJson) {
      throw new IllegalStateException(path + " answered something that is not JSON", notJson);
    }
  }

  private static JsonObject problem(HttpResponse<byte[]> response) {
    try {
      return new JsonObject(text(response));
    } catch (DecodeException notJson) {
      return new JsonObject().put("title", text(response));
    }
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }
}
