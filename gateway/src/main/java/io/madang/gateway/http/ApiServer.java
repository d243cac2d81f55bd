package io.madang.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Listens. Several instances share one port, each on its own event loop; what they share is in
 * {@link Parts}.
 */
public final class ApiServer extends VerticleBase {
  private static final int MAX_HEADER = 8 * 1024;
  private static final int MAX_LINE = 4 * 1024;
  private static final int IDLE_SECONDS = 15;

  private final Parts parts;
  private @Nullable HttpServer server;

  /**
   * What all instances share.
   *
   * @param port 0 for any free one
   * @param maxConnections more are closed at once
   * @param port the one that was taken, once an instance listens
   */
  record Parts(
      String host,
      int port,
      int maxConnections,
      Border border,
      StaticPages pages,
      AtomicInteger connections) {}

  ApiServer(Parts parts) {
    this.parts = parts;
  }

  @Override
  public Future<?> start() {
    var router = Router.router(vertx);
    router.route().handler(parts.border()::enter);
    router.route().subRouter(parts.border().router(vertx));
    router.route().handler(parts.border()::refuseMethod);
    router.route().handler(parts.pages()::handle);
    for (int status : new int[] {400, 404, 405, 413, 500}) {
      router.errorHandler(status, parts.border()::fail);
    }
    server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setMaxHeaderSize(MAX_HEADER)
                    .setMaxInitialLineLength(MAX_LINE)
                    .setMaxChunkSize(16 * 1024)
                    .setIdleTimeout(IDLE_SECONDS)
                    .setIdleTimeoutUnit(TimeUnit.SECONDS)
                    .setTcpNoDelay(true)
                    .setHttp2ClearTextEnabled(false)
                    .setHandle100ContinueAutomatically(true))
            .connectionHandler(this::count)
            .invalidRequestHandler(ApiServer::refuse)
            .requestHandler(router);
    return server.listen(parts.port(), parts.host());
  }

  /** The port that was taken. */
  int port() {
    return server == null ? -1 : server.actualPort();
  }

  private void count(HttpConnection connection) {
    if (parts.connections().incrementAndGet() > parts.maxConnections()) connection.close();
    connection.closeHandler(_ -> parts.connections().decrementAndGet());
  }

  /** The parser refused the request: too large a head, or not HTTP. */
  private static void refuse(HttpServerRequest request) {
    var cause = request.decoderResult().cause();
    boolean tooLarge = cause instanceof io.netty.handler.codec.http.TooLongHttpHeaderException;
    var type = tooLarge ? ProblemType.HEADERS_TOO_LARGE : ProblemType.MALFORMED_REQUEST;
    request
        .response()
        .setStatusCode(type.status())
        .putHeader(HttpHeaders.CONNECTION, "close")
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
        .end(Problem.of(type).body("none").toBuffer());
  }
}
