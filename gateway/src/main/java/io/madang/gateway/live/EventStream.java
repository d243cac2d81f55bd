package io.madang.gateway.live;

import io.madang.gateway.live.LiveHub.News;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayDeque;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One client's stream of server-sent events (WHATWG HTML, section 9.2). A client that reads too
 * slowly is let go, and may come back with the last id it has seen.
 */
final class EventStream implements LiveHub.Listener {
  private static final int MAX_WAITING = 512;
  private static final long HEARTBEAT_MILLIS = 10_000;
  private static final long LIFE_MILLIS = 15 * 60_000;

  private final LiveHub hub;
  private final Vertx vertx;
  private final Context context;
  private final HttpServerResponse response;
  private final Set<Topic> topics;
  private final Runnable ended;
  private final AtomicInteger waiting = new AtomicInteger();
  // Only on the context.
  private final ArrayDeque<String> queue = new ArrayDeque<>();
  private long heartbeat;
  private long end;
  private boolean closed;

  EventStream(
      LiveHub hub,
      Vertx vertx,
      Context context,
      HttpServerResponse response,
      Set<Topic> topics,
      Runnable ended) {
    this.hub = hub;
    this.vertx = vertx;
    this.context = context;
    this.response = response;
    this.topics = topics;
    this.ended = ended;
  }

  /** Begins, on the request's context. */
  void begin(String lastId) {
    response
        .setChunked(true)
        .putHeader("Content-Type", "text/event-stream")
        .putHeader("Cache-Control", "no-store")
        .putHeader("X-Accel-Buffering", "no");
    response.exceptionHandler(_ -> close());
    response.closeHandler(_ -> close());
    response.drainHandler(_ -> drain());
    heartbeat = vertx.setPeriodic(HEARTBEAT_MILLIS, _ -> send(": still here\n\n"));
    // A session may end meanwhile: the client comes back and shows its token again.
    end = vertx.setTimer(LIFE_MILLIS, _ -> close());
    var beginning = hub.begin(topics, lastId, this);
    // Where the client stands, so that it can resume even if no news comes.
    send("retry: 1000\nid: " + hub.newestId() + "\n: welcome\n\n");
    if (beginning.gap()) send("event: reset\ndata: {}\n\n");
    beginning.missed().forEach(news -> send(text(news)));
  }

  @Override
  public void accept(News news) {
    if (waiting.incrementAndGet() > MAX_WAITING) {
      context.runOnContext(_ -> close());
      return;
    }
    context.runOnContext(
        _ -> {
          waiting.decrementAndGet();
          send(text(news));
        });
  }

  private String text(News news) {
    return "id: "
        + hub.id(news.number())
        + "\nevent: "
        + news.event()
        + "\ndata: "
        + news.data().encode()
        + "\n\n";
  }

  private void send(String text) {
    if (closed) return;
    queue.addLast(text);
    if (queue.size() > MAX_WAITING) close();
    else drain();
  }

  private void drain() {
    while (!closed && !queue.isEmpty() && !response.writeQueueFull()) {
      response.write(queue.removeFirst());
    }
  }

  private void close() {
    if (closed) return;
    closed = true;
    hub.end(topics, this);
    vertx.cancelTimer(heartbeat);
    vertx.cancelTimer(end);
    queue.clear();
    ended.run();
    if (!response.closed()) response.end();
  }
}
