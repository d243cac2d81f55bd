package io.madang.gateway.engine;

import io.madang.gateway.engine.Engine.BlockListener;
import io.madang.gateway.engine.Engine.Subscription;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands durable blocks to one listener, in order and without gaps. Everything but {@link #cancel}
 * and {@link #poke} happens on one context.
 */
final class Follower implements Subscription {
  private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(500);

  /**
   * The least time from one beginning to the next. A lone block is handed over at once; when blocks
   * come fast, several together cost their listener far less than one by one.
   */
  private static final Duration PACE = Duration.ofMillis(50);

  /** Most blocks handed over at once. */
  static final int BLOCKS_AT_ONCE = 64;

  /** Where blocks come from. */
  interface Source {
    /** The last durable height. */
    long height();

    /** The blocks of these heights, both included. */
    Future<List<RecordedBlock>> blocks(long from, long to);
  }

  private final Context context;
  private final Source source;
  private final BlockListener listener;
  private long height;
  private boolean working;
  private long nextNanos = System.nanoTime();
  private volatile boolean cancelled;

  Follower(Context context, Source source, BlockListener listener, long height) {
    this.context = context;
    this.source = source;
    this.listener = listener;
    this.height = height;
  }

  @Override
  public void cancel() {
    cancelled = true;
  }

  boolean isCancelled() {
    return cancelled;
  }

  /** Tells that there may be a new block. Any thread. */
  void poke() {
    context.runOnContext(
        now -> {
          if (!working) {
            next();
          }
        });
  }

  private void next() {
    long last = Math.min(source.height(), height + BLOCKS_AT_ONCE);
    working = !cancelled && height < last;
    if (!working) {
      return;
    }
    long early = nextNanos - System.nanoTime();
    if (early > 0) {
      later(Duration.ofNanos(early).plusMillis(1));
      return;
    }
    nextNanos = System.nanoTime() + PACE.toNanos();
    source
        .blocks(height + 1, last)
        .compose(this::handOver)
        .onComplete(
            done -> context.runOnContext(now -> next()),
            failed -> {
              LOG.warn("Blocks from {} on could not be worked off yet", height + 1, failed);
              later(PAUSE_AFTER_FAILURE);
            });
  }

  private void later(Duration pause) {
    context.owner().setTimer(pause.toMillis(), timer -> context.runOnContext(now -> next()));
  }

  private Future<?> handOver(List<RecordedBlock> blocks) {
    if (cancelled) {
      return Future.succeededFuture();
    }
    Future<?> work;
    try {
      work = listener.accept(blocks);
    } catch (RuntimeException bug) {
      return Future.failedFuture(bug);
    }
    return work.onSuccess(done -> height = blocks.getLast().height());
  }
}
