package io.madang.gateway.http;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/**
 * Waits for an answer no longer than the one who asked. Its timers belong to the event loop that
 * waits; those of {@link Future#timeout} wake a thread that all loops share, for every request.
 */
public final class Patience {
  private Patience() {}

  /**
   * The answer, or something else when it does not come in time. Called on an event loop.
   *
   * @param otherwise what to say instead; the answer is then dropped when it comes
   */
  public static <T> Future<T> with(
      Vertx vertx, Future<T> answer, long millis, Supplier<Future<T>> otherwise) {
    if (answer.isComplete()) return answer;
    var first = Promise.<T>promise();
    long timer = vertx.setTimer(millis, _ -> otherwise.get().onComplete(it -> end(first, it)));
    answer.onComplete(
        ended -> {
          vertx.cancelTimer(timer);
          end(first, ended);
        });
    return first.future();
  }

  private static <T> void end(Promise<T> promise, AsyncResult<T> result) {
    if (result.succeeded()) promise.tryComplete(result.result());
    else promise.tryFail(result.cause());
  }
}
