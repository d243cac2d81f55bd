package io.madang.pos.agent;

import java.util.OptionalLong;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread on which a device's machine runs: whatever happens becomes a task here, so that a
 * machine never meets two things at once. When a task fails the loop stops for good: a machine
 * whose journal could not be written must not go on.
 */
public final class EventLoop implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EventLoop.class);

  private static final long LAST_TASK_SECONDS = 10;

  private final ScheduledThreadPoolExecutor thread;
  private final Supplier<OptionalLong> wakeInMillis;
  private final Runnable wakes;
  private @Nullable ScheduledFuture<?> alarm;
  private boolean failed;

  /**
   * @param wakeInMillis how long until {@code wakes} is due; asked after every task, on the loop
   * @param wakes what is done when nothing else happens before
   */
  public EventLoop(String name, Supplier<OptionalLong> wakeInMillis, Runnable wakes) {
    this.wakeInMillis = wakeInMillis;
    this.wakes = wakes;
    thread =
        new ScheduledThreadPoolExecutor(
            1, task -> Thread.ofPlatform().name(name).daemon(true).unstarted(task));
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    thread.setRemoveOnCancelPolicy(true);
  }

  /** Does this on the loop, after what is waiting; not at all once the loop has stopped. */
  public void run(Runnable task) {
    try {
      thread.execute(() -> guarded(task));
    } catch (RejectedExecutionException _) {
      log.debug("stopped: a task is dropped");
    }
  }

  private void guarded(Runnable task) {
    try {
      if (failed) return;
      task.run();
      arm();
    } catch (RuntimeException | Error e) {
      log.error("stops, because going on could lose or double a payment or a receipt", e);
      failed = true;
      thread.shutdown();
    }
  }

  private void arm() {
    if (alarm != null) alarm.cancel(false);
    alarm = null;
    var next = wakeInMillis.get();
    if (next.isEmpty()) return;
    try {
      alarm =
          thread.schedule(
              () -> guarded(wakes), Math.max(1, next.getAsLong()), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException _) {
      log.debug("stopped: nothing is due any more");
    }
  }

  /** A clock that never goes back, in milliseconds, for pauses and waits. */
  public static long steadyMillis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }

  /** Stops; what waits already is done first, so that a journal may be closed after this. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(LAST_TASK_SECONDS, TimeUnit.SECONDS)) {
        log.warn("a task takes too long; its loop is left to itself");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
