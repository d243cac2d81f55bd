package io.madang.vending.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Vends under a seeded schedule of everything that goes wrong. {@code -Dmadang.vends=10000} runs
 * more than 2,000, {@code -Dmadang.seed=42} a hundred of one seed.
 */
class FaultsTest {
  private static final int VENDS_OF_A_SEED = 100;

  @Test
  void every_item_that_drops_is_captured_and_every_capture_has_dropped() {
    Long only = Long.getLong("madang.seed");
    var vends = Integer.getInteger("madang.vends", 2_000);
    var seeds = only == null ? LongStream.range(0, vends / VENDS_OF_A_SEED) : LongStream.of(only);
    var uncertain = 0;
    var dropped = 0L;
    for (var seed : seeds.toArray()) {
      var world = new World(seed, true);
      for (var vend = 0; vend < VENDS_OF_A_SEED; vend++) {
        try {
          world.vend();
        } catch (AssertionError | RuntimeException failure) {
          throw new AssertionError(
              "vend " + vend + " of -Dmadang.seed=" + seed + ": " + world.story, failure);
        }
      }
      uncertain += world.uncertain.size();
      dropped += world.machine.dropped();
    }
    if (only == null) {
      System.out.println(vends + " vends, " + dropped + " dropped, " + uncertain + " uncertain");
      assertThat(dropped).isGreaterThan(vends / 3);
      assertThat(uncertain).isLessThanOrEqualTo(vends / 1_000);
    }
  }

  @Test
  void without_counters_every_sale_that_nobody_can_tell_is_reported_and_stays_held() {
    var world = new World(7, false);
    for (var vend = 0; vend < 300; vend++) {
      world.vend();
    }
    assertThat(world.uncertain).isNotEmpty();
    world.decideAllUncertain();
    assertThat(world.ledger.stillHeld()).isZero();
  }
}
