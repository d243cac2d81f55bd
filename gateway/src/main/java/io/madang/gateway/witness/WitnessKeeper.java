package io.madang.gateway.witness;

import io.madang.gateway.engine.Engine;
import io.madang.gateway.engine.RecordedBlock;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the witness after blocks have become durable: at most once a second, and once more when it
 * is closed. No payment waits for it; a witness that is behind its database is right, too.
 *
 * <p>Everything happens on one context.
 */
public final class WitnessKeeper implements Engine.BlockListener {
  private static final Logger LOG = LoggerFactory.getLogger(WitnessKeeper.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Vertx vertx;
  private final Context context;
  private final Engine<?> engine;
  private final String chain;
  private final WitnessFile file;
  private volatile Witness newest;
  private volatile Witness written;
  private boolean resting;
  private boolean failing;
  private Future<?> writing = Future.succeededFuture();
  private Engine.Subscription subscription = () -> {};

  private WitnessKeeper(
      Vertx vertx, Context context, Engine<?> engine, WitnessFile file, Witness last) {
    this.vertx = vertx;
    this.context = context;
    this.engine = engine;
    this.chain = last.chain();
    this.file = file;
    this.newest = last;
    this.written = last;
  }

  /** Writes the last block, and each later one in time. */
  static Future<WitnessKeeper> start(
      Vertx vertx, Engine<?> engine, WitnessFile file, Witness last) {
    Promise<WitnessKeeper> started = Promise.promise();
    var context = vertx.getOrCreateContext();
    context.runOnContext(
        _ -> {
          var keeper = new WitnessKeeper(vertx, context, engine, file, last);
          keeper
              .write(last)
              .map(
                  _ -> {
                    keeper.subscription = engine.follow(last.height(), keeper);
                    return keeper;
                  })
              .onComplete(started);
        });
    return started.future();
  }

  @Override
  public Future<?> accept(List<RecordedBlock> blocks) {
    newest = Witness.of(chain, blocks.getLast());
    if (!resting) writeNewest();
    return Future.succeededFuture();
  }

  /** How many durable blocks are newer than the witness. */
  public long behind() {
    return newest.height() - written.height();
  }

  private void writeNewest() {
    resting = true;
    write(newest)
        .onComplete(
            done -> {
              tell(done.failed() ? done.cause() : null);
              vertx.setTimer(
                  PAUSE.toMillis(),
                  _ -> {
                    resting = false;
                    if (behind() > 0) writeNewest();
                  });
            });
  }

  private Future<?> write(Witness witness) {
    writing =
        vertx
            .executeBlocking(
                () -> {
                  file.write(witness);
                  return witness;
                })
            .onSuccess(now -> written = now);
    return writing;
  }

  /** Says once that it fails, and once that it works again. Payments go on meanwhile. */
  private void tell(@org.jspecify.annotations.Nullable Throwable failure) {
    if (failure != null && !failing) {
      LOG.error("The witness {} cannot be written; a rollback would not be noticed", file, failure);
    } else if (failure == null && failing) {
      LOG.info("The witness {} is written again", file);
    }
    failing = failure != null;
  }

  /** Stops, with the last durable block written. */
  public Future<Void> close() {
    Promise<Void> closed = Promise.promise();
    context.runOnContext(
        _ -> {
          subscription.cancel();
          resting = true;
          writing
              .transform(_ -> last())
              .compose(
                  last -> {
                    newest = last;
                    return behind() == 0 ? Future.succeededFuture() : write(last);
                  })
              .<Void>mapEmpty()
              .onComplete(closed);
        });
    return closed.future();
  }

  /** The last durable block, or the last one handed over when the database is away. */
  private Future<Witness> last() {
    return engine
        .block(engine.standing().height())
        .map(found -> found.map(block -> Witness.of(chain, block)).orElse(newest))
        .otherwise(newest);
  }
}
