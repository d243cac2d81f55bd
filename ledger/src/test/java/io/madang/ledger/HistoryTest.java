package io.madang.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.ChainApplication.StateRow;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random histories against the model: threats M1, M3, M7 and M10. */
class HistoryTest {
  static LongStream batches() {
    return Long.getLong("madang.seed") != null
        ? LongStream.of(0)
        : LongStream.range(0, Math.max(1, Seeds.many(2_000).count() / 100));
  }

  /** A hundred seeds a case, so that the report stays readable; a failure names its seed. */
  @ParameterizedTest(name = "seeds {0}00 to {0}99")
  @MethodSource("batches")
  void m1_neither_makes_nor_loses_money_whatever_happens(long batch) {
    var seeds =
        Long.getLong("madang.seed") != null
            ? Seeds.many(1)
            : LongStream.range(batch * 100, batch * 100 + 100);
    seeds.forEach(
        seed -> {
          try {
            new History(seed).live(14);
          } catch (AssertionError | RuntimeException fault) {
            throw new AssertionError("seed " + seed + " (-Dmadang.seed=" + seed + ")", fault);
          }
        });
  }

  @Test
  void a_long_history_keeps_its_books() {
    var history = new History(Long.getLong("madang.seed", 7));
    history.live(400);
    history.world().restart();
  }

  @Test
  void the_histories_settle_and_void_enough_to_say_something() {
    var history = new History(11);
    history.live(500);
    var payouts = history.payouts();
    assertThat(payouts).hasSizeGreaterThan(20);
    assertThat(payouts.stream().filter(payout -> payout.voided)).hasSizeGreaterThan(5);
    assertThat(payouts.stream().filter(payout -> payout.settlement.attempt() > 1)).isNotEmpty();
    assertThat(payouts.stream().filter(payout -> payout.settlement.charges() != 0)).isNotEmpty();
    assertThat(payouts.stream().filter(payout -> payout.settlement.carried() < 0)).isNotEmpty();
  }

  @Test
  void the_histories_earn_sell_reward_and_undo_enough_to_say_something() {
    var offers = new EnumMap<ProgrammeKind, Integer>(ProgrammeKind.class);
    int earned = 0;
    int undone = 0;
    for (int seed = 0; seed < 32; seed++) {
      var history = new History(seed);
      history.live(120);
      history.offers().stream()
          .filter(offer -> offer.given > 0)
          .forEach(offer -> offers.merge(offer.kind, 1, Integer::sum));
      for (var payment : history.payments()) {
        earned += payment.earned > 0 ? 1 : 0;
        undone += payment.earnedLeft < payment.earned ? 1 : 0;
      }
    }
    assertThat(offers).containsOnlyKeys(ProgrammeKind.values());
    assertThat(earned).isGreaterThan(5);
    assertThat(undone).isGreaterThan(1);
  }

  @Test
  void the_rows_that_commits_tell_add_up_to_the_state() {
    var history = new History(3);
    var stored = new TreeMap<String, StateRow>();
    new World().ledger().rows().forEach(row -> store(stored, row));
    history.live(120);
    for (var changes : history.world().changes()) {
      changes.forEach(row -> store(stored, row));
      assertThat(changes)
          .isSortedAccordingTo(
              (one, other) ->
                  one.table() != other.table()
                      ? Integer.compare(one.table(), other.table())
                      : Long.compare(one.slot(), other.slot()));
    }
    var ledger = history.world().ledger();
    var restored = new Ledger();
    assertThat(restored.restore(World.CHAIN, ledger.standing().height(), stored.values().stream()))
        .isEqualTo(ledger.standing().stateHash());
  }

  private static void store(Map<String, StateRow> stored, StateRow row) {
    var name = row.table() + "/" + row.slot();
    if (row.row().isPresent()) {
      stored.put(name, row);
    } else {
      assertThat(stored.remove(name)).isNotNull();
    }
  }
}
