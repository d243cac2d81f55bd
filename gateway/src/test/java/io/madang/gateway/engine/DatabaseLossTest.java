package io.madang.gateway.engine;

import static io.madang.gateway.engine.ToyChain.account;
import static io.madang.gateway.engine.ToyChain.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.ChainApplication.Position;
import io.madang.chain.Hash;
import io.madang.gateway.database.EmbeddedPostgres;
import io.madang.gateway.database.TestPostgres;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseLossTest {
  private static final int CLIENTS = 8;
  private static final int KILLS = 3;

  @TempDir Path folder;

  /**
   * Clients pay one coin after the other and repeat the same bytes until they hear that it is done.
   * Meanwhile PostgreSQL is killed again and again, by a signal that it cannot handle.
   */
  @Test
  void no_answered_payment_is_lost_or_doubled_when_postgres_is_killed_under_load()
      throws Exception {
    var vertx = Vertx.vertx();
    try (var postgres = EmbeddedPostgres.start(folder, TestPostgres.SOFTWARE)) {
      var chain = new ToyChain(vertx, postgres.address());
      var engine = chain.start();
      var answered = new ConcurrentHashMap<Hash, Position>();
      var turnedAway = new AtomicInteger();
      var enough = new AtomicBoolean();
      var clients =
          IntStream.range(0, CLIENTS)
              .mapToObj(
                  client ->
                      Thread.ofVirtual()
                          .start(() -> pay(chain, engine, enough, answered, turnedAway)))
              .toList();
      for (int kill = 0; kill < KILLS; kill++) {
        int before = answered.size();
        Eventually.holds(() -> assertThat(answered).hasSizeGreaterThan(before + 20));
        Eventually.holds(() -> assertThat(postgres.process()).isPresent());
        var server = postgres.process().orElseThrow();
        server.destroyForcibly();
        server.onExit().get(3, TimeUnit.MINUTES);
      }
      int before = answered.size();
      Eventually.holds(() -> assertThat(answered).hasSizeGreaterThan(before + 20));
      enough.set(true);
      for (var client : clients) {
        client.join();
      }

      assertThat(turnedAway).hasPositiveValue();
      check(engine, answered);
      await(engine.close());
      var restarted = chain.start();
      check(restarted, answered);
      await(restarted.close());
    } finally {
      await(vertx.close());
    }
  }

  private static void pay(
      ToyChain chain,
      EmbeddedEngine<ToyBank, ToyBank.Payment> engine,
      AtomicBoolean enough,
      Map<Hash, Position> answered,
      AtomicInteger turnedAway) {
    while (!enough.get()) {
      var transaction = chain.pay("anna", "ben", 1);
      var answer = await(engine.submit(transaction));
      while (!isDone(answer, answered)) {
        turnedAway.incrementAndGet();
        // As long as the answer asks for. Spinning here would keep the machine's few carriers of
        // virtual threads from whoever starts the database again.
        LockSupport.parkNanos(retryAfter(answer).toNanos());
        answer = await(engine.submit(transaction));
      }
    }
  }

  private static Duration retryAfter(Answer answer) {
    return switch (answer) {
      case Answer.Overloaded(var pause) -> pause;
      case Answer.Unavailable(var pause) -> pause;
      case Answer.Final _, Answer.DoneBefore _, Answer.Refused _ -> Duration.ZERO;
    };
  }

  private static boolean isDone(Answer answer, Map<Hash, Position> answered) {
    return switch (answer) {
      case Answer.Final done -> {
        assertThat(answered.put(done.hash(), done.position())).isNull();
        yield true;
      }
      case Answer.DoneBefore done -> {
        answered.put(done.hash(), done.position());
        yield true;
      }
      // Anna runs out of coins at some time; her payments are then refused, and that is an answer.
      case Answer.Refused _ -> true;
      case Answer.Overloaded _, Answer.Unavailable _ -> false;
    };
  }

  private static void check(
      EmbeddedEngine<ToyBank, ToyBank.Payment> engine, Map<Hash, Position> answered) {
    answered.forEach(
        (hash, position) ->
            assertThat(await(engine.transaction(hash)).orElseThrow().position())
                .isEqualTo(position));
    long transactions =
        await(engine.blocks(Long.MAX_VALUE, 1_000)).stream()
            .mapToLong(BlockSummary::transactions)
            .sum();
    assertThat(transactions).isEqualTo(answered.size());
    long paid = await(engine.ask(bank -> bank.balance(account("ben"))));
    assertThat(paid).isEqualTo(answered.size());
  }
}
