package io.madang.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;

/**
 * Lets an answer leave only at whole steps of time after it was asked for, so that the time does
 * not tell what had to be done: whether a name is known, whether a message is being sent.
 */
public final class EvenTime {
  /** Longer than the work takes, and too short for a person to notice. */
  private static final long STEP_MILLIS = 25;

  private EvenTime() {}

  /** The answer, or its failure, at the first step by which it is there. */
  public static <T> Future<T> of(Vertx vertx, Future<T> answer) {
    return vertx
        .timer(STEP_MILLIS, TimeUnit.MILLISECONDS)
        .compose(_ -> answer.isComplete() ? answer : of(vertx, answer));
  }
}
