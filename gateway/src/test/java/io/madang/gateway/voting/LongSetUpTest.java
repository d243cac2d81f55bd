package io.madang.gateway.voting;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.gateway.Town;
import io.madang.gateway.database.TestPostgres;
import io.madang.gateway.engine.Answer;
import io.madang.voting.Question;
import io.madang.voting.SampleElection;
import io.madang.voting.Tracker;
import io.madang.voting.board.Checks;
import io.madang.voting.group.Group;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An election whose credentials take as long to check as the test likes. */
class LongSetUpTest {
  private static final Question LUNCH = new Question(List.of("비빔밥", "냉면"), false, 1, 1, "점심?");

  private final Semaphore allowed = new Semaphore(0);
  private final Semaphore begun = new Semaphore(0);
  private Town town;
  private Hall hall;

  @BeforeEach
  void begin() {
    town =
        new Town(TestPostgres.newDatabase(), settings -> settings.withRates(Town.NO_RATES), held());
    hall = new Hall(town);
  }

  @AfterEach
  void end() {
    allowed.release(100);
    town.close();
  }

  /** Checks credentials only when it is allowed. */
  private Checks held() {
    return new Checks() {
      @Override
      public <T> List<T> run(List<Supplier<T>> checks) {
        begun.release();
        allowed.acquireUninterruptibly();
        return Checks.inOrder().run(checks);
      }
    };
  }

  private static SampleElection sample(long seed) {
    return new SampleElection(
        SampleElection.Plan.of(Group.ed25519(), LUNCH), new SplittableRandom(seed));
  }

  private void awaitCheck() throws InterruptedException {
    assertThat(begun.tryAcquire(1, TimeUnit.MINUTES)).isTrue();
  }

  @Test
  void ballots_of_another_election_go_on_while_the_credentials_of_one_are_checked()
      throws Exception {
    var running = sample(1);
    allowed.release();
    var id = hall.open(running, 1);
    awaitCheck();
    var large = sample(2);
    hall.sendParts(large);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var setUp =
          CompletableFuture.supplyAsync(() -> hall.send(hall.setUp(large, 3_600_000, 1)), threads);
      awaitCheck();
      byte[] ballot = running.cast(0, List.of(List.of(1, 0)));
      assertThat(new Booth(town).cast("voter 0", id, ballot))
          .isEqualTo(Tracker.of(ballot).toString());
      assertThat(hall.election(id).getJsonObject("ballots").getInteger("accepted")).isEqualTo(1);
      assertThat(setUp).isNotDone();
      allowed.release();
      setUp.get(1, TimeUnit.MINUTES).expect(200);
    }
    assertThat(hall.election(large.board().election().id()).getString("stage"))
        .isEqualTo("announced");
    assertThat(begun.availablePermits()).as("checked once").isZero();
  }

  @Test
  void a_stop_turns_away_who_waits_for_a_long_check() throws Exception {
    var large = sample(3);
    hall.sendParts(large);
    var setUp =
        town.votes().submit(hall.setUp(large, 3_600_000, 1).getBytes(StandardCharsets.US_ASCII));
    awaitCheck();
    town.restart();
    assertThat(Town.await(setUp)).isInstanceOf(Answer.Unavailable.class);
    // One for the check that nobody waits for any more.
    allowed.release(2);
    hall.send(hall.setUp(large, 3_600_000, 1)).expect(200);
  }
}
