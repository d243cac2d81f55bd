package io.madang.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class EvenTimeTest {
  private static final Vertx VERTX = Vertx.vertx();

  @AfterAll
  static void end() throws Exception {
    VERTX.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void an_answer_that_is_there_at_once_waits_all_the_same() throws Exception {
    var even = EvenTime.of(VERTX, Future.succeededFuture("yes"));

    assertThat(even.isComplete()).isFalse();
    assertThat(even.await(10, TimeUnit.SECONDS)).isEqualTo("yes");
  }

  @Test
  void a_refusal_waits_like_an_answer() throws Exception {
    var even = EvenTime.of(VERTX, Future.failedFuture("no"));

    assertThat(even.isComplete()).isFalse();
    assertThat(even.transform(end -> Future.succeededFuture(end.cause().getMessage())).await())
        .isEqualTo("no");
  }

  @Test
  void an_answer_that_takes_longer_leaves_at_a_later_step() throws Exception {
    var answer = Promise.<String>promise();
    var even = EvenTime.of(VERTX, answer.future());
    var steps = EvenTime.of(VERTX, EvenTime.of(VERTX, Future.succeededFuture()));

    steps.await(10, TimeUnit.SECONDS);
    assertThat(even.isComplete()).isFalse();
    answer.complete("late");
    assertThat(even.await(10, TimeUnit.SECONDS)).isEqualTo("late");
  }
}
