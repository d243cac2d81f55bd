package io.madang.gateway.webhook;

import io.madang.gateway.webhook.Outcome.Ending;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends one message to one address, within limits of time and size that hold whatever the receiver
 * does. A name is looked up, what it stands for is checked, and the connection goes to exactly what
 * was checked: a name that stands for something else a moment later leads nowhere else.
 */
final class Sender implements AutoCloseable {
  /** How much of an answer is kept. */
  static final int ANSWER_BYTES = 512;

  /** How long the rest of an answer is waited for once its status is there. */
  private static final long ANSWER_MILLIS = 2_000;

  private static final int CONNECT_MILLIS = 5_000;
  private static final int MAX_AT_ONE_ADDRESS = 10_000;
  private static final int LOOKUPS = 16;

  private final Vertx vertx;
  private final HttpClient client;
  private final WorkerExecutor lookups;
  private final Names names;
  private final boolean toPrivate;
  private final Duration patience;

  /** Knows what names stand for. Blocks. */
  interface Names {
    List<InetAddress> addresses(String host) throws UnknownHostException;
  }

  /**
   * A sender.
   *
   * @param toPrivate whether it sends to any address, and without TLS
   * @param patience how long an attempt may take, from the look-up to the end of the answer
   */
  Sender(
      Vertx vertx, HttpClientOptions options, Names names, boolean toPrivate, Duration patience) {
    this.vertx = vertx;
    // No connection is kept: receivers see few messages, and none finds another's in its way.
    this.client =
        vertx.createHttpClient(
            options.setKeepAlive(false).setConnectTimeout(CONNECT_MILLIS),
            new PoolOptions().setHttp1MaxSize(MAX_AT_ONE_ADDRESS));
    this.lookups = vertx.createSharedWorkerExecutor("webhook-names", LOOKUPS);
    this.names = names;
    this.toPrivate = toPrivate;
    this.patience = patience;
  }

  /** Sends; the future never fails. */
  Future<Outcome> send(WebhookAddress address, Map<String, String> headers, String body) {
    return lookUp(address.host())
        .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .compose(
            target ->
                target.isPresent()
                    ? post(address, target.get(), headers, body)
                    : Future.succeededFuture(Outcome.of(Ending.ADDRESS_NOT_PUBLIC)))
        .recover(failure -> Future.succeededFuture(Outcome.of(ending(failure))));
  }

  private static Ending ending(Throwable failure) {
    return switch (failure) {
      case UnknownHostException _ -> Ending.NAME_UNKNOWN;
      case TimeoutException _ -> Ending.TOO_SLOW;
      default -> Ending.NOT_REACHED;
    };
  }

  /** The address to connect to; empty when the name stands for any that must not be reached. */
  private Future<Optional<InetAddress>> lookUp(String host) {
    return lookups
        .executeBlocking(() -> names.addresses(host), false)
        .map(Objects::requireNonNull)
        .map(
            found ->
                toPrivate || found.stream().allMatch(PublicAddresses::isPublic)
                    ? Optional.of(found.getFirst())
                    : Optional.empty());
  }

  private Future<Outcome> post(
      WebhookAddress address, InetAddress target, Map<String, String> headers, String body) {
    var options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setServer(SocketAddress.inetSocketAddress(address.port(), target.getHostAddress()))
            .setHost(address.host())
            .setPort(address.port())
            .setSsl(address.secure())
            .setURI(address.target());
    headers.forEach(options::putHeader);
    return client
        .request(options)
        .compose(request -> exchange(request, body))
        .timeout(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  private Future<Outcome> exchange(HttpClientRequest request, String body) {
    return request
        .send(Buffer.buffer(body))
        .compose(this::read)
        .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        // Whatever else the receiver would say, nobody listens to it.
        .onComplete(_ -> request.connection().close());
  }

  /** Reads the beginning of an answer, whose status alone decides. */
  private Future<Outcome> read(HttpClientResponse response) {
    var beginning = Buffer.buffer();
    Promise<Outcome> promise = Promise.promise();
    Runnable end =
        () ->
            promise.tryComplete(
                Outcome.answered(
                    response.statusCode(),
                    harmless(beginning),
                    Optional.ofNullable(response.getHeader("Retry-After"))));
    response.handler(
        part -> {
          beginning.appendBuffer(
              part.slice(0, Math.min(part.length(), ANSWER_BYTES - beginning.length())));
          if (beginning.length() >= ANSWER_BYTES) end.run();
        });
    response.endHandler(_ -> end.run());
    response.exceptionHandler(_ -> end.run());
    long timer = vertx.setTimer(ANSWER_MILLIS, _ -> end.run());
    return promise.future().onComplete(_ -> vertx.cancelTimer(timer));
  }

  /** Text that can be stored and shown, without what looks like a secret of ours. */
  private static String harmless(Buffer bytes) {
    return new String(bytes.getBytes(), StandardCharsets.UTF_8)
        .replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "�")
        .replaceAll("whsec_[A-Za-z0-9+/=]*", "whsec_…");
  }

  @Override
  public void close() {
    client.close();
    lookups.close();
  }
}
