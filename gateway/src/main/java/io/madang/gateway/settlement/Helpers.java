package io.madang.gateway.settlement;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Threads for the part of a close that depends on nothing but its input: whatever they make, and in
 * whichever order, is put together in the order in which it was asked for. There are none between
 * two closes.
 */
final class Helpers implements AutoCloseable {
  private static final int IDLE_SECONDS = 5;

  /** Small enough that no thread has nothing to do while another is at its last part. */
  private static final int PARTS_FOR_EACH = 4;

  private final int count = Runtime.getRuntime().availableProcessors();
  private final ThreadPoolExecutor threads;

  Helpers() {
    threads =
        new ThreadPoolExecutor(
            count,
            count,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("madang-settlement-helper-", 0).factory());
    threads.allowCoreThreadTimeOut(true);
  }

  /** Does some work. */
  <T> Future<T> run(Callable<T> work) {
    Promise<T> promise = Promise.promise();
    threads.execute(
        () -> {
          try {
            promise.complete(work.call());
          } catch (Exception failed) {
            promise.fail(failed);
          }
        });
    return promise.future();
  }

  /** What a function makes of each item, in their order. For a thread that may wait. */
  <A, B> List<B> each(List<A> items, Function<A, B> function) {
    int length = Math.max(1, items.size() / (count * PARTS_FOR_EACH));
    var parts = new ArrayList<Future<List<B>>>();
    for (int from = 0; from < items.size(); from += length) {
      var part = items.subList(from, Math.min(items.size(), from + length));
      parts.add(run(() -> part.stream().map(function).toList()));
    }
    var all = new ArrayList<B>(items.size());
    for (var part : parts) {
      all.addAll(part.await());
    }
    return all;
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
