package io.madang.gateway.metrics;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;

/** Metrics for Prometheus, on a port of their own that listens to this machine only. */
public final class ManagementServer {
  private static final String LOOPBACK = "127.0.0.1";

  private final HttpServer server;

  private ManagementServer(HttpServer server) {
    this.server = server;
  }

  /** Listens on a port, 0 for any free one. */
  public static Future<ManagementServer> start(
      Vertx vertx, int port, PrometheusMeterRegistry registry) {
    return vertx
        .createHttpServer(new HttpServerOptions().setIdleTimeout(15).setMaxHeaderSize(8 * 1024))
        .requestHandler(
            request -> {
              if (!"/metrics".equals(request.path())) {
                request.response().setStatusCode(404).end();
                return;
              }
              vertx
                  .executeBlocking(registry::scrape, false)
                  .onSuccess(
                      text ->
                          request
                              .response()
                              .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                              .end(text))
                  .onFailure(_ -> request.response().setStatusCode(500).end());
            })
        .listen(port, LOOPBACK)
        .map(ManagementServer::new);
  }

  /** The port that was taken. */
  public int port() {
    return server.actualPort();
  }

  /** Stops listening. */
  public Future<?> close() {
    return server.close();
  }
}
