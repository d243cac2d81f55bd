package io.madang.pos.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.Seeds;
import io.madang.pos.terminal.Simulation.Weather;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Purchases on a bad line, with power cuts on both sides and a ledger that is sometimes silent.
 * {@code -Dmadang.purchases=10000} makes more of them, {@code -Dmadang.seed=7} repeats one case.
 */
class TwoThousandPurchasesTest {
  private static final int PURCHASES = Integer.getInteger("madang.purchases", 2_000);
  private static final int PER_DAY = 40;
  private static final int PER_SEED = 400;

  static LongStream seeds() {
    Long chosen = Long.getLong("madang.seed");
    return chosen != null
        ? LongStream.of(chosen)
        : LongStream.rangeClosed(1, Math.max(1, PURCHASES / PER_SEED));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void what_was_approved_and_not_reversed_is_what_is_captured(long seed) {
    var random = Seeds.random(seed);
    var shop = new Simulation(seed, Weather.BAD);
    for (int i = 0; i < PER_SEED; i++) {
      if (random.nextInt(20) == 0) shop.ledger.refuseNext();
      shop.purchase(100L * (1 + random.nextInt(500)));
      if (random.nextInt(30) == 0) {
        shop.pass(Duration.ofMillis(random.nextInt(3_000)));
        if (random.nextBoolean()) shop.cutTill();
        else shop.cutHost();
      }
      shop.settle();
      var standing = List.copyOf(new TreeMap<>(shop.till().standing()).navigableKeySet());
      if (!standing.isEmpty() && random.nextInt(15) == 0) {
        var chosen = standing.get(random.nextInt(standing.size()));
        if (random.nextBoolean()) shop.reverse(chosen);
        else shop.takeBack(chosen);
        shop.settle();
      }
      if (i % PER_DAY == PER_DAY - 1) closeDay(shop);
      else shop.pass(Duration.ofMinutes(5));
    }

    assertThat(shop.ledger.captured()).isEqualTo(new TreeMap<>(shop.till().standing()));
    assertThat(shop.news).noneMatch(TillNews.Unresolved.class::isInstance);
    assertThat(shop.news).filteredOn(TillNews.Approved.class::isInstance).hasSizeGreaterThan(200);
    assertThat(shop.faults)
        .as("what the seed did")
        .contains(
            "dropped",
            "flipped",
            "doubled",
            "request lost",
            "ledger slow",
            "ledger's answer lost",
            "till cut",
            "terminal cut");
  }

  /** The day is asked for until the answer arrives; it never is that the totals differ. */
  private static void closeDay(Simulation shop) {
    var day = shop.today();
    shop.pass(Duration.ofMinutes(10));
    for (int tries = 0; !shop.till().isClosed(day); tries++) {
      assertThat(tries).as("tries to close " + day).isLessThan(50);
      shop.closeDay(day);
      shop.settle();
    }
    assertThat(shop.news)
        .noneMatch(
            news ->
                news instanceof TillNews.DayOpen(var _, var why)
                    && why == ResponseCode.TOTALS_DIFFER);
    assertThat(shop.ledger.totals(Simulation.TERMINAL, day)).isEqualTo(shop.till().totals(day));
    // Some sales after the close still belong to that calendar day.
    shop.purchase(1_000);
    shop.settle();
    shop.pass(Duration.ofDays(1));
  }
}
