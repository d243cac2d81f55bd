package io.madang.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.madang.chain.ChainApplication.BlockRequest;
import io.madang.chain.ChainApplication.Outcome;
import io.madang.chain.ChainApplication.StateRow;
import io.madang.chain.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the state keeps, forgets and refuses to take back. */
class StateTest {
  private final Person ara = Person.number(1);
  private final Person shop = Person.number(2);
  private final World world = new World().with(100_000, ara, shop);

  private static Limits perDay(long amount) {
    return new Limits(Limits.UNLIMITED, amount, Limits.UNLIMITED);
  }

  private void limit(Limits limits) {
    world.done(
        world.sign(
            World.HALL, Purpose.ACCOUNT_LIMITS, Operations.setLimits(ara.account(), limits)));
  }

  @Test
  void an_empty_block_changes_nothing() {
    world.done(world.transfer(ara, shop, 5));
    var before = world.ledger().standing().stateHash();
    world.pass(400 * World.DAY).block();
    assertThat(world.ledger().standing().stateHash()).isEqualTo(before);
    assertThat(world.changes().getLast()).isEmpty();
  }

  @Test
  void stays_flat_under_endless_payments() {
    int size = 0;
    for (int i = 0; i < 600; i++) {
      world.pass(30_000);
      world.done(i % 2 == 0 ? world.transfer(ara, shop, 5) : world.transfer(shop, ara, 5));
      int now =
          world
              .ledger()
              .rows()
              .filter(row -> row.table() == 7)
              .mapToInt(row -> row.row().orElseThrow().length)
              .sum();
      size = Math.max(size, now);
    }
    // A minute of validity, one payment every half minute: two or three are remembered.
    assertThat(size).isBetween(200, 3_000);
    assertThat(world.ledger().rows().filter(row -> row.table() == 7).mapToLong(StateRow::slot))
        .allMatch(slot -> slot < 6);
  }

  @Test
  void forgets_refundable_payments_after_half_a_year_and_their_refunds_with_them() {
    var payment = world.done(world.transfer(ara, shop, 5));
    world.done(world.refund(shop, payment, 2));
    world.pass(181 * World.DAY);
    world.done(world.issue(ara, World.coins(1), "later"));
    assertThat(world.ledger().rows().filter(row -> row.table() >= 8)).isEmpty();
    assertThat(world.view().refunded(payment)).isZero();
  }

  @Test
  void a_check_in_the_midst_of_a_proposal_sees_the_committed_state_and_disturbs_nothing() {
    var all = world.verified(List.of(world.transfer(ara, shop, 100_000)));
    var other = world.verified(world.transfer(ara, shop, 99_999));
    var ledger = world.ledger();
    long height = ledger.standing().height() + 1;
    var proposal = ledger.prepareProposal(height, world.time(), all);
    assertThat(ledger.check(other, world.time())).isInstanceOf(Outcome.Done.class);
    assertThat(world.available(ara)).isEqualTo(100_000);
    ledger.finalizeBlock(new BlockRequest<>(height, world.time(), proposal.kept()));
    assertThat(ledger.check(other, world.time())).isInstanceOf(Outcome.Done.class);
    ledger.commit();
    assertThat(ledger.check(other, world.time())).isInstanceOf(Outcome.Refused.class);
  }

  @Test
  void a_check_knows_that_a_hold_will_have_ended() {
    var hold = world.done(world.hold(ara, shop, 100_000, 10_000));
    var payment = world.verified(world.transfer(ara, shop, 100_000));
    var capture = world.verified(world.capture(shop, hold, 5, true));
    long end = world.time() + 9_000;
    assertThat(world.ledger().check(payment, end - 1)).isInstanceOf(Outcome.Refused.class);
    assertThat(world.ledger().check(payment, end)).isInstanceOf(Outcome.Done.class);
    assertThat(world.ledger().check(capture, end - 1)).isInstanceOf(Outcome.Done.class);
    assertThat(world.ledger().check(capture, end)).isInstanceOf(Outcome.Refused.class);
  }

  @Test
  void a_block_other_than_the_proposed_one_is_executed_afresh() {
    var one = world.verified(world.transfer(ara, shop, 1));
    var two = world.verified(world.transfer(ara, shop, 2));
    var ledger = world.ledger();
    long height = ledger.standing().height() + 1;
    ledger.prepareProposal(height, world.time(), List.of(one));
    var block = new BlockRequest<>(height, world.time(), List.of(two, one, one));
    var first = ledger.finalizeBlock(block);
    assertThat(ledger.finalizeBlock(block)).isEqualTo(first);
    assertThat(first.results().getLast().code()).isEqualTo(LedgerRefusal.DONE_BEFORE.code());
    ledger.commit();
    assertThat(world.available(shop)).isEqualTo(100_003);
  }

  @Test
  void a_proposal_that_comes_to_nothing_leaves_free_slots_free() {
    var first = world.done(world.hold(ara, shop, 5, 60_000));
    world.done(world.hold(ara, shop, 6, 60_000));
    world.done(world.release(shop, first));
    var third = world.verified(world.hold(ara, shop, 7, 60_000));
    var ledger = world.ledger();
    long height = ledger.standing().height() + 1;
    ledger.prepareProposal(height, world.time(), List.of(third));
    ledger.finalizeBlock(new BlockRequest<>(height, world.time(), List.of(third)));
    world.blockOf(List.of());
    world.blockOf(List.of(third));
    var holds = ledger.rows().filter(row -> row.table() == 4).mapToLong(StateRow::slot);
    assertThat(holds).containsExactly(0L, 1L);
    world.restart();
  }

  @Test
  void m2_a_balance_is_spent_once_however_many_try() {
    var race = new ArrayList<Statement>();
    for (int i = 0; i < 32; i++) {
      race.add(world.transfer(ara, shop, 60_000));
    }
    var outcomes = world.blockOf(world.verified(race));
    assertThat(outcomes.stream().filter(Outcome.Done.class::isInstance)).hasSize(1);
    assertThat(world.available(ara)).isEqualTo(40_000);
  }

  @Test
  void m7_a_hold_whose_time_has_come_cannot_be_captured_in_the_same_block() {
    var hold = world.done(world.hold(ara, shop, 500, 60_000));
    world.pass(59_000);
    var capture = world.capture(shop, hold, 500, true);
    assertThat(world.block(capture).getFirst()).isEqualTo(LedgerRefusal.HOLD_NOT_OPEN.outcome());
    assertThat(world.available(ara)).isEqualTo(100_000);
  }

  @Test
  void the_day_of_a_limit_begins_at_midnight_of_the_chain() {
    limit(perDay(1_000));
    world.done(world.transfer(ara, shop, 1_000));
    assertThat(world.reason(world.transfer(ara, shop, 1))).isEqualTo(LedgerRefusal.OVER_DAY_LIMIT);
    // The chain began at 09:00 in Seoul; fifteen hours later it is midnight there.
    world.pass(World.START + 15 * 3_600_000L - 1 - world.time());
    assertThat(world.reason(world.transfer(ara, shop, 1))).isEqualTo(LedgerRefusal.OVER_DAY_LIMIT);
    world.done(world.transfer(ara, shop, 1_000));
  }

  @Test
  void what_a_hold_did_not_use_comes_back_to_the_limit_of_its_day_only() {
    limit(perDay(1_000));
    var hold = world.done(world.hold(ara, shop, 800, World.DAY));
    assertThat(world.reason(world.transfer(ara, shop, 300)))
        .isEqualTo(LedgerRefusal.OVER_DAY_LIMIT);
    world.done(world.capture(shop, hold, 100, true));
    world.done(world.transfer(ara, shop, 900));
    assertThat(world.reason(world.transfer(ara, shop, 1))).isEqualTo(LedgerRefusal.OVER_DAY_LIMIT);
    world.pass(World.DAY);
    var late = world.done(world.hold(ara, shop, 900, 2 * World.DAY));
    world.pass(World.DAY);
    world.done(world.transfer(ara, shop, 500));
    world.done(world.release(shop, late));
    assertThat(world.view().spent(ara.account(), World.COIN, world.time())).isEqualTo(500);
  }

  @Test
  void m9_buying_and_giving_back_in_circles_gains_nothing() {
    for (int i = 0; i < 20; i++) {
      var payment = world.done(world.transfer(ara, shop, 700));
      world.done(world.refund(shop, payment, 300));
      world.done(world.refund(shop, payment, 400));
    }
    assertThat(world.available(ara)).isEqualTo(100_000);
    assertThat(world.available(shop)).isEqualTo(100_000);
  }

  @Test
  void takes_no_damaged_state_back() {
    world.done(world.hold(ara, shop, 500, 60_000));
    var rows = world.ledger().rows().toList();
    var standing = world.ledger().standing();
    for (int i = 0; i < rows.size(); i++) {
      var row = rows.get(i);
      var bytes = row.row().orElseThrow();
      for (int at = 0; at < bytes.length; at++) {
        var damaged = bytes.clone();
        damaged[at] ^= 1;
        var all = new ArrayList<>(rows);
        all.set(i, new StateRow(row.table(), row.slot(), Optional.of(damaged)));
        var fresh = new Ledger();
        try {
          assertThat(fresh.restore(World.CHAIN, standing.height(), all.stream()))
              .isNotEqualTo(standing.stateHash());
        } catch (IllegalStateException | IllegalArgumentException refused) {
          assertThat(refused).hasMessageNotContaining("null");
        }
      }
      var fewer = new ArrayList<>(rows);
      fewer.remove(i);
      assertThatThrownBy(
              () -> {
                var hash = new Ledger().restore(World.CHAIN, standing.height(), fewer.stream());
                if (!hash.equals(standing.stateHash())) {
                  throw new IllegalStateException("another hash");
                }
              })
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void takes_no_state_of_another_chain() {
    var rows = world.ledger().rows().toList();
    assertThatThrownBy(() -> new Ledger().restore("town-2", 5, rows.stream()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("town-2");
  }

  @Test
  void m1_books_that_do_not_balance_stop_the_process() {
    var state = new State();
    state.addAsset(new Asset(World.COIN, AssetKind.COIN, 0, List.of(ara.account()), 1, 500, 0));
    state.setBalance(new Rows.AccountBalance(0, 0, 499, 0, 0, 0));
    assertThatThrownBy(() -> Books.check(state)).hasMessageContaining("off by -1");
    state.setBalance(new Rows.AccountBalance(0, 0, 400, 100, 0, 0));
    assertThatThrownBy(() -> Books.check(state)).hasMessageContaining("held by 100");
    state.setBalance(new Rows.AccountBalance(0, 0, 500, 0, 0, 0));
    Books.check(state);
  }
}
