package io.madang.gateway.engine;

import static io.madang.gateway.engine.ToyChain.account;
import static io.madang.gateway.engine.ToyChain.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.madang.gateway.database.TestPostgres;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmbeddedEngineTest implements EngineContract {
  private static Vertx vertx;
  private ToyChain chain;
  private EmbeddedEngine<ToyBank, ToyBank.Payment> engine;

  @BeforeAll
  static void openVertx() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void closeVertx() {
    await(vertx.close());
  }

  @BeforeEach
  void start() {
    chain = new ToyChain(vertx, TestPostgres.newDatabase());
    engine = chain.start();
  }

  @AfterEach
  void stop() {
    await(engine.close());
  }

  @Override
  public Engine<ToyBank> engine() {
    return engine;
  }

  @Override
  public ToyChain chain() {
    return chain;
  }

  @Test
  void goes_on_where_it_stood_after_a_restart() {
    var transaction = chain.pay("anna", "ben", 100);
    await(engine.submit(transaction));
    await(engine.close());
    engine = chain.start();
    assertThat(await(engine.submit(transaction))).isInstanceOf(Answer.DoneBefore.class);
    assertThat(await(engine.submit(chain.pay("ben", "cem", 40)))).isInstanceOf(Answer.Final.class);
    assertThat(balance("ben")).isEqualTo(60);
    await(engine.close());
    engine = chain.start();
    assertThat(balance("cem")).isEqualTo(40);
  }

  @Test
  void lets_no_second_engine_onto_the_same_database() {
    assertThatThrownBy(() -> chain.start())
        .isInstanceOf(EngineLockedException.class)
        .hasMessageContaining("Another engine");
    assertThat(await(engine.submit(chain.pay("anna", "ben", 1)))).isInstanceOf(Answer.Final.class);
  }

  @Test
  void proves_the_last_block_with_one_empty_block_and_then_rests() {
    await(engine.submit(chain.pay("anna", "ben", 1)));
    // The toy's state changed in block 1, so block 2 proves it; block 2 changes nothing.
    Eventually.holds(() -> assertThat(engine.standing().height()).isEqualTo(2));
    await(engine.submit(chain.pay("anna", "ben", 1)));
    Eventually.holds(() -> assertThat(engine.standing().height()).isEqualTo(4));
    assertThat(await(engine.block(2)).orElseThrow().transactions()).isEmpty();
  }

  @Test
  void cuts_a_block_when_a_deadline_comes() {
    await(engine.submit(chain.remind("anna", Clock.systemUTC().millis() + 300)));
    assertThat(await(engine.ask(ToyBank::reminders))).isEqualTo(1);
    Eventually.holds(() -> assertThat(await(engine.ask(ToyBank::reminders))).isZero());
  }

  @Test
  void block_time_goes_on_by_a_millisecond_while_the_clock_stands_still() {
    await(engine.close());
    var still = Clock.fixed(Instant.ofEpochMilli(1_800_000_000_000L), ZoneOffset.UTC);
    engine = chain.start(still, ToyChain.limits(), StartCheck.ALL);
    var first = (Answer.Final) await(engine.submit(chain.pay("anna", "ben", 1)));
    var second = (Answer.Final) await(engine.submit(chain.pay("anna", "ben", 1)));
    assertThat(first.timeMillis()).isEqualTo(1_800_000_000_000L);
    assertThat(second.timeMillis()).isBetween(1_800_000_000_001L, 1_800_000_000_002L);
  }

  @Test
  void says_that_it_is_overloaded_before_anything_happened() {
    await(engine.close());
    var small = new EngineLimits(10, 5, 10_000, 1, 16, Duration.ofMillis(50));
    engine = chain.start(Clock.systemUTC(), small, StartCheck.ALL);
    var transactions = IntStream.range(0, 500).mapToObj(i -> chain.pay("anna", "ben", 1)).toList();
    var answers = new ArrayList<Answer>();
    transactions.stream().map(engine::submit).toList().forEach(one -> answers.add(await(one)));
    long done = answers.stream().filter(Answer.Final.class::isInstance).count();
    assertThat(answers)
        .allMatch(one -> one instanceof Answer.Final || one instanceof Answer.Overloaded);
    assertThat(done).isBetween(10L, 499L);
    assertThat(balance("ben")).isEqualTo(done);
    assertThat(await(engine.blocks(Long.MAX_VALUE, 1_000)))
        .allMatch(block -> block.transactions() <= 5);
  }

  private long balance(String name) {
    return await(engine.ask(bank -> bank.balance(account(name))));
  }
}
