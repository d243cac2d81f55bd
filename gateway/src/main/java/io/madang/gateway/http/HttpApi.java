package io.madang.gateway.http;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** The API and the pages, listening on one port with one server per event loop. */
public final class HttpApi {
  private final Vertx vertx;
  private final String deployment;
  private final int port;

  private HttpApi(Vertx vertx, String deployment, int port) {
    this.vertx = vertx;
    this.deployment = deployment;
    this.port = port;
  }

  /**
   * How to listen.
   *
   * @param port 0 for any free one, and then one instance only
   * @param publicOrigin where browsers find this gateway, such as {@code https://pay.example}
   * @param instances how many event loops serve
   * @param maxConnections more are closed at once
   */
  public record Options(
      String host,
      int port,
      String publicOrigin,
      int instances,
      int maxConnections,
      Map<String, RateLimit> rates) {}

  /** Starts listening. Every operation of the contract must be done by one of the features. */
  public static Future<HttpApi> start(
      Vertx vertx, Options options, Callers callers, List<Operations.Feature> features) {
    var actions = new HashMap<String, Function<Call, Future<Reply>>>();
    for (var feature : features) {
      feature.register(
          (id, action) -> {
            if (actions.put(id, action) != null) throw new IllegalStateException("twice: " + id);
          });
    }
    var refusals =
        features.stream().map(Operations.Feature::refusals).flatMap(Optional::stream).toList();
    return Contract.load(vertx)
        .compose(
            contract ->
                vertx
                    .executeBlocking(() -> StaticPages.load(DocsPage.files(contract, refusals)))
                    .compose(
                        pages ->
                            listen(
                                vertx,
                                options,
                                new Border(
                                    contract,
                                    actions,
                                    callers,
                                    new RateLimits(options.rates()),
                                    options.publicOrigin()),
                                pages)));
  }

  private static Future<HttpApi> listen(
      Vertx vertx, Options options, Border border, StaticPages pages) {
    var parts =
        new ApiServer.Parts(
            options.host(),
            options.port(),
            options.maxConnections(),
            border,
            pages,
            new AtomicInteger());
    var servers = new CopyOnWriteArrayList<ApiServer>();
    // Without a fixed port, every instance would take another one.
    int instances = options.port() == 0 ? 1 : options.instances();
    return vertx
        .deployVerticle(
            () -> {
              var server = new ApiServer(parts);
              servers.add(server);
              return server;
            },
            new DeploymentOptions().setInstances(instances))
        .map(deployment -> new HttpApi(vertx, deployment, servers.getFirst().port()));
  }

  /** The port that was taken. */
  public int port() {
    return port;
  }

  /** Stops listening. */
  public Future<?> close() {
    return vertx.undeploy(deployment);
  }
}
