package io.madang.gateway.settlement;

import io.madang.gateway.http.Failures;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that one thread does in rounds. Each round looks at nothing but what is stored, so that
 * whoever is killed in one goes on in the next.
 */
public final class Rounds {
  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

  /** Until a round that goes on at the end is given up. */
  private static final int CLOSE_SECONDS = 20;

  private final String name;
  private final Callable<?> round;
  private final ExecutorService worker;
  private final AtomicReference<@Nullable Promise<Void>> next = new AtomicReference<>();
  private volatile boolean closed;

  /**
   * Rounds that begin when somebody {@linkplain #wake wakes} them.
   *
   * @param name of the thread and in the log
   */
  public Rounds(String name, Callable<?> round) {
    this.name = name;
    this.round = round;
    worker =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("madang-" + name).factory());
  }

  /** The future ends with a round that began after this call. */
  public Future<Void> wake() {
    if (closed) return Future.succeededFuture();
    var mine = Promise.<Void>promise();
    var waiting = next.compareAndExchange(null, mine);
    if (waiting != null) return waiting.future();
    try {
      worker.execute(
          () -> {
            next.set(null);
            try {
              round.call();
              mine.complete();
            } catch (Exception failed) {
              if (!closed) {
                LOG.atWarn()
                    .addKeyValue("failure", Failures.describe(failed))
                    .log("{} waits", name);
              }
              mine.fail(failed);
            }
          });
    } catch (RejectedExecutionException closing) {
      next.set(null);
      return Future.succeededFuture();
    }
    return mine.future();
  }

  /** Begins nothing new; what goes on is waited for, not for long. */
  public void close() {
    closed = true;
    worker.shutdownNow();
    try {
      worker.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
  }
}
