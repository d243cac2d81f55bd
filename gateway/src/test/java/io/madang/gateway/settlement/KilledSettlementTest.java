package io.madang.gateway.settlement;

import static io.madang.gateway.Town.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.Hash;
import io.madang.gateway.Person;
import io.madang.gateway.account.MerchantRoutes.Registered;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever is killed between two steps of the close goes on where it was. */
class KilledSettlementTest {
  /** More than a day has steps; the test says so when that is no longer true. */
  private static final int MOST_STEPS = 40;

  @TempDir private static Path folder = Path.of("");

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  @Test
  void killed_after_any_step_it_pays_everybody_once_and_sends_the_same_file() {
    try (var town = new SettlingTown(folder.resolve("bank"))) {
      var cafe = town.shop("CAFE", "40123456789012", "카페");
      var closed = town.shop("CLOSED", "4012345678" + SamplePayoutBank.CLOSED_ACCOUNT, "닫힌 가게");
      var anna = town.town.newPerson("anna", 1_000_000);
      long paidBefore = 0;
      int kill = 0;
      boolean reachedTheEnd = false;
      while (!reachedTheEnd) {
        var day = aDay(town, anna, cafe, closed, kill);
        reachedTheEnd = settleKilledAfter(town, kill, day);

        var run = await(town.office().runs().byId(town.run(day))).orElseThrow();
        assertThat(run.stage()).as("killed after step %d", kill).hasToString("CLOSED");
        long paid = sum(town.bank.paid().values());
        assertThat(paid - paidBefore).as("killed after step %d", kill).isEqualTo(1_000L + kill);
        paidBefore = paid;
        assertThat(town.settlement(cafe, day).getString("status")).isEqualTo("paid");
        assertThat(town.settlement(closed, day).getString("status")).isEqualTo("returned");
        kill++;
        assertThat(kill).isLessThan(MOST_STEPS);
      }
      assertThat(kill).as("steps of a day").isGreaterThan(10);
      assertThat(confirmed(town)).isEqualTo(town.bank.paid().keySet());
    }
  }

  /** A day whose sums nobody else has. */
  private static LocalDate aDay(
      SettlingTown town, Person anna, Registered cafe, Registered closed, int number) {
    anna.login();
    town.pay(anna, cafe, 600);
    town.pay(anna, cafe, 400 + number);
    town.pay(anna, closed, 50);
    return town.endDay();
  }

  /** Kills one office after a step, then lets another go on; whether the day had fewer steps. */
  private static boolean settleKilledAfter(SettlingTown town, int kill, LocalDate day) {
    var steps = new AtomicInteger();
    var killed = new HashSet<String>();
    var first =
        town.office(
            settings -> settings,
            step -> {
              if (steps.getAndIncrement() == kill) {
                killed.add(step);
                throw new Killed();
              }
            });
    var files = new ArrayList<Hash>();
    for (int round = 0; round < 4 && killed.isEmpty(); round++) {
      wake(first);
      file(town, day, files);
      if (killed.isEmpty()) town.work();
    }
    first.close();
    var second = town.office();
    town.settle(second);
    file(town, day, files);
    second.close();
    assertThat(Set.copyOf(files)).as("killed after %s", killed).hasSize(1);
    return killed.isEmpty();
  }

  private static void wake(SettlementOffice office) {
    try {
      office.wake().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (ExecutionException expected) {
      assertThat(expected.getCause()).isInstanceOf(Killed.class);
    } catch (InterruptedException | TimeoutException failed) {
      throw new AssertionError(failed);
    }
  }

  private static void file(SettlingTown town, LocalDate day, List<Hash> files) {
    await(town.office().runs().byId(town.run(day)))
        .map(run -> run.closing().file())
        .filter(hash -> !hash.equals(io.madang.payment.settlement.Closing.NOTHING))
        .ifPresent(files::add);
  }

  private static long sum(Iterable<Long> amounts) {
    long sum = 0;
    for (long amount : amounts) sum += amount;
    return sum;
  }

  private static Set<String> confirmed(SettlingTown town) {
    var ids = new HashSet<String>();
    await(town.sql.run("SELECT id FROM ops.payout WHERE confirmed_at IS NOT NULL"))
        .forEach(row -> ids.add(row.getString("id")));
    return ids;
  }
}
