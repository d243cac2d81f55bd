package io.madang.gateway.settlement;

import static io.madang.gateway.Town.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.Hash;
import io.madang.gateway.Person;
import io.madang.gateway.account.MerchantRoutes.Registered;
import io.madang.payment.settlement.Closing;
import io.madang.payment.settlement.FeeSchedule;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whoever is killed between two steps of the close goes on where it was. One town lives through all
 * of it, a day for each kill.
 */
class KilledSettlementTest {
  /** Of every step; a fifth of the days sees a second kill. */
  private static final int KILLS = Integer.getInteger("madang.kills", 20);

  private static final int DOUBLE_KILL = 5;

  private static final int BASIS_POINTS = 130;

  /** Taken from the café each day by a correction. */
  private static final long CORRECTION = 3;

  @TempDir private static Path folder = Path.of("");
  private static SettlingTown town;
  private static Registered cafe;
  private static Registered closed;
  private static Person anna;
  private static int steps;
  private static long paid;

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  @BeforeAll
  static void a_day_without_a_kill_shows_how_many_steps_there_are() {
    town = new SettlingTown(folder.resolve("bank"));
    cafe = town.shop("CAFE", "40123456789012", "카페");
    closed = town.shop("CLOSED", "4012345678" + SamplePayoutBank.CLOSED_ACCOUNT, "닫힌 가게");
    anna = town.town.newPerson("anna", 2_000_000);
    await(
        town.sql.run(
            "INSERT INTO ops.merchant_fee (merchant, from_day, basis_points) VALUES ($1, $2, $3)",
            cafe.merchant().id().value(),
            town.today(),
            BASIS_POINTS));
    var seen = new ArrayList<String>();
    liveThroughADay(new SplittableRandom(0), List.of(seen::add));
    steps = seen.size();
    // Fewer would mean that a step is no longer told, and that its kills are missing below.
    assertThat(seen).as("steps of a day").hasSizeGreaterThan(11);
  }

  @AfterAll
  static void nobody_was_paid_twice() {
    try {
      assertThat(confirmed()).isEqualTo(town.bank.paid().keySet());
    } finally {
      town.close();
    }
  }

  static IntStream steps() {
    return IntStream.range(0, steps);
  }

  @ParameterizedTest(name = "after step {0}")
  @MethodSource("steps")
  void killed_it_pays_everybody_once_and_sends_the_same_file(int step) {
    for (int kill = 0; kill < KILLS; kill++) {
      var random = new SplittableRandom(step * 1_000L + kill);
      var kills = new ArrayList<Consumer<String>>();
      kills.add(after(step));
      if (kill % DOUBLE_KILL == 0) kills.add(after(random.nextInt(steps)));
      liveThroughADay(random, kills);
    }
  }

  /** Kills after so many steps. */
  private static Consumer<String> after(int steps) {
    var left = new int[] {steps};
    return _ -> {
      if (left[0]-- == 0) throw new Killed();
    };
  }

  /** A day whose sums nobody else has; one office after the other looks at it. */
  private static void liveThroughADay(RandomGenerator random, List<Consumer<String>> offices) {
    anna.login();
    long sales = 0;
    for (int i = 0; i < 2; i++) {
      long amount = 10L + random.nextInt(2_000);
      anna.pay(cafe.merchant().account(), amount, "").expect(200);
      sales += amount - FeeSchedule.always(BASIS_POINTS).fee(amount, town.today());
    }
    correct();
    anna.pay(closed.merchant().account(), 50, "").expect(200);
    var day = town.endDay();

    var files = new HashSet<Hash>();
    for (var told : offices) {
      settleUntilKilled(told, day, files);
    }
    settleUntilKilled(_ -> {}, day, files);

    var run = await(town.office().runs().byId(town.run(day))).orElseThrow();
    assertThat(run.stage()).hasToString("CLOSED");
    assertThat(files).hasSize(1);
    long before = paid;
    paid = town.bank.paid().values().stream().mapToLong(Long::longValue).sum();
    assertThat(paid - before).isEqualTo(sales - CORRECTION);
    assertThat(told(cafe, day))
        .containsExactlyInAnyOrder(
            "settlement.made", "statement.ready", "payout.sent", "payout.paid");
    assertThat(told(closed, day)).filteredOn("payout.returned"::equals).hasSize(1);
    assertThat(town.settlement(cafe, day).getString("status")).isEqualTo("paid");
    assertThat(town.settlement(closed, day).getString("status")).isEqualTo("returned");
  }

  /** Two operators have agreed on a correction of this day. */
  private static void correct() {
    await(
        town.sql.run(
            "INSERT INTO ops.correction (merchant, asset, change, reason, proposed_by,"
                + " proposed_millis, decided_by, decided_millis, day, state)"
                + " VALUES ($1, 'S-COIN', $2, 'kept', 'one', 0, 'two', 0, $3, 'approved')",
            cafe.merchant().id().value(),
            -CORRECTION,
            town.today()));
  }

  /** Which events of a day's settlement a merchant has, each as often as it was written down. */
  private static List<String> told(Registered shop, LocalDate day) {
    var types = new ArrayList<String>();
    await(
            town.sql.run(
                "SELECT type FROM ops.event WHERE merchant = $1"
                    + " AND $2 IN (body::jsonb #>> '{data,day}', body::jsonb #>> '{data,period}')"
                    + " AND type <> 'correction.approved'",
                shop.merchant().id().value(),
                day.toString()))
        .forEach(row -> types.add(row.getString("type")));
    return types;
  }

  /** Lets office and bank work in turn, until the office is killed or nothing is left to do. */
  private static void settleUntilKilled(Consumer<String> told, LocalDate day, Set<Hash> files) {
    var office = town.office(settings -> settings, told);
    boolean goesOn = true;
    while (goesOn) {
      boolean alive = wake(office);
      file(office, day, files);
      goesOn = alive && town.work();
    }
    office.close();
  }

  private static boolean wake(SettlementOffice office) {
    try {
      office.wake().toCompletionStage().toCompletableFuture().get(3, TimeUnit.MINUTES);
      return true;
    } catch (ExecutionException expected) {
      assertThat(expected.getCause()).isInstanceOf(Killed.class);
      return false;
    } catch (InterruptedException | TimeoutException failed) {
      throw new AssertionError(failed);
    }
  }

  private static void file(SettlementOffice office, LocalDate day, Set<Hash> files) {
    await(office.runs().byId(town.run(day)))
        .map(run -> run.closing().file())
        .filter(hash -> !hash.equals(Closing.NOTHING))
        .ifPresent(files::add);
  }

  private static Set<String> confirmed() {
    var ids = new HashSet<String>();
    await(town.sql.run("SELECT id FROM ops.payout WHERE confirmed_at IS NOT NULL"))
        .forEach(row -> ids.add(row.getString("id")));
    return ids;
  }
}
