package io.madang.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class EvenTimeTest {
  private static final Vertx VERTX = Vertx.vertx();

  @AfterAll
  static void end() throws Exception {
    VERTX.close().await(3, TimeUnit.MINUTES);
  }

  @Test
  void an_answer_that_is_there_at_once_waits_all_the_same() throws Exception {
    var even = waiting(Future.succeededFuture("yes"));

    assertThat(even.await(3, TimeUnit.MINUTES)).isEqualTo("yes");
  }

  @Test
  void a_refusal_waits_like_an_answer() throws Exception {
    var even = waiting(Future.failedFuture("no"));

    assertThat(even.transform(end -> Future.succeededFuture(end.cause().getMessage())).await())
        .isEqualTo("no");
  }

  @Test
  void an_answer_that_takes_longer_leaves_at_a_later_step() throws Exception {
    var answer = Promise.<String>promise();
    var even = EvenTime.of(VERTX, answer.future());
    var steps = EvenTime.of(VERTX, EvenTime.of(VERTX, Future.succeededFuture()));

    steps.await(3, TimeUnit.MINUTES);
    assertThat(even.isComplete()).isFalse();
    answer.complete("late");
    assertThat(even.await(3, TimeUnit.MINUTES)).isEqualTo("late");
  }

  /** An answer that was seen to wait, on the thread that ends the wait: none ends meanwhile. */
  private static Future<String> waiting(Future<String> answer) throws Exception {
    var begun = new CompletableFuture<Future<String>>();
    VERTX.runOnContext(
        _ -> {
          var even = EvenTime.of(VERTX, answer);
          if (even.isComplete()) begun.completeExceptionally(new AssertionError("it did not wait"));
          else begun.complete(even);
        });
    return begun.get(3, TimeUnit.MINUTES);
  }
}
