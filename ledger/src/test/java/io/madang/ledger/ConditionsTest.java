package io.madang.ledger;

import static io.madang.ledger.World.DAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.ChainApplication.Outcome;
import io.madang.chain.Hash;
import io.madang.chain.MerkleTree;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Points and vouchers with rules: what they allow, from when, and where what expired goes. */
class ConditionsTest {
  private final Person ara = Person.number(1);
  private final Person friend = Person.number(2);
  private final Person stall = Person.number(5);
  private final World world = new World().with(10_000, ara).with(0, friend).withMerchants(stall);

  private static Amount vouchers(long amount) {
    return new Amount(amount, World.VOUCHER);
  }

  private void give(Person person, long amount) {
    world.done(world.issue(person, vouchers(amount), "wire " + world.freshId().hex().substring(9)));
  }

  @Test
  void rules_hold_from_their_block_time_and_not_before() {
    give(ara, 100);
    long from = world.time() + 60_000;
    world.done(world.setRules(World.VOUCHER, from, Rules.flags(Rules.OPEN, false, true)));
    world.done(world.pay(ara, friend, vouchers(10)));
    world.pass(from - world.time());
    assertThat(world.reason(world.pay(ara, friend, vouchers(10))))
        .isEqualTo(LedgerRefusal.GIFT_NOT_ALLOWED);
    world.done(world.pay(ara, stall, vouchers(10)));
  }

  @Test
  void later_rules_take_the_place_of_earlier_ones_and_count_on() {
    world.with(World.VOUCHER, Rules.flags(Rules.OPEN, false, true));
    world.done(world.setRules(World.VOUCHER, world.time() + DAY, Rules.OPEN));
    assertThat(world.view().rules(World.VOUCHER))
        .extracting(ScheduledRules::version)
        .containsExactly(1L, 2L);
    world.pass(2 * DAY);
    world.with(World.VOUCHER, Rules.caps(Rules.OPEN, 5, 5, 5)).restart();
    assertThat(world.view().rules(World.VOUCHER))
        .extracting(ScheduledRules::version)
        .containsExactly(2L, 3L);
  }

  @Test
  void a_merchant_of_the_right_trade_and_town_is_paid() {
    give(ara, 100);
    world.with(World.VOUCHER, Rules.takenBy(Rules.OPEN, List.of("5411"), List.of("KR-11")));
    world.done(world.setAttributes(stall, "5411", "KR-11"));
    world.restart();
    assertThat(world.view().attributes(stall.account())).isEqualTo(new Attributes("5411", "KR-11"));
    world.done(world.pay(ara, stall, vouchers(60)));
    // Persons sell nothing: what binds merchants does not bind gifts.
    world.done(world.pay(ara, friend, vouchers(40)));
  }

  @Test
  void what_was_held_in_time_is_captured_at_the_last_moment() {
    give(ara, 100);
    long expiry = world.time() + 60_000;
    world.with(World.VOUCHER, Rules.expiring(Rules.OPEN, expiry));
    var hold =
        world.done(
            world.sign(
                ara, Purpose.HOLD, Operations.hold(stall.account(), vouchers(50), expiry, "")));
    world.pass(expiry - world.time() - 1);
    world.done(world.capture(stall, hold, 50, true));
    assertThat(world.available(stall, World.VOUCHER)).isEqualTo(50);
    assertThat(world.reason(world.pay(ara, stall, vouchers(5))))
        .isEqualTo(LedgerRefusal.ASSET_EXPIRED);
  }

  @Test
  void an_expired_voucher_comes_back_by_a_refund_and_counts_again_when_its_expiry_is_put_off() {
    give(ara, 100);
    long expiry = world.time() + 60_000;
    world.with(World.VOUCHER, Rules.expiring(Rules.OPEN, expiry));
    var payment = world.done(world.pay(ara, stall, vouchers(100)));
    world.pass(DAY);
    world.done(world.refund(stall, payment, 100));
    assertThat(world.available(ara, World.VOUCHER)).isEqualTo(100);
    assertThat(world.reason(world.pay(ara, stall, vouchers(1))))
        .isEqualTo(LedgerRefusal.ASSET_EXPIRED);
    world.with(World.VOUCHER, Rules.expiring(Rules.OPEN, world.time() + DAY));
    world.done(world.pay(ara, stall, vouchers(100)));
  }

  @Test
  void a_refund_may_exceed_what_a_person_may_have() {
    give(ara, 100);
    var payment = world.done(world.pay(ara, stall, vouchers(100)));
    world.with(World.VOUCHER, Rules.caps(Rules.OPEN, 99, 99, 50));
    world.done(world.refund(stall, payment, 100));
    assertThat(world.available(ara, World.VOUCHER)).isEqualTo(100);
  }

  @Test
  void what_expired_goes_where_the_rules_say_half_a_year_later_and_merchants_keep_theirs() {
    give(ara, 100);
    give(friend, 7);
    world.done(world.pay(ara, stall, vouchers(40)));
    world.with(World.VOUCHER, Rules.expiring(Rules.OPEN, world.time() + 1_000));
    world.pass(180 * DAY + 1_000);
    world.done(world.sweep(World.VOUCHER, ara, friend));
    assertThat(world.available(World.HALL, World.VOUCHER)).isEqualTo(67);
    assertThat(world.available(ara, World.VOUCHER)).isZero();
    assertThat(world.available(stall, World.VOUCHER)).isEqualTo(40);
    world.done(world.sweep(World.VOUCHER, ara, friend));
    assertThat(world.available(World.HALL, World.VOUCHER)).isEqualTo(67);
  }

  @Test
  void vouchers_that_a_merchant_took_are_paid_out_after_their_expiry() {
    give(ara, 100);
    world.with(World.VOUCHER, Rules.expiring(Rules.OPEN, world.time() + 60_000));
    world.done(world.pay(ara, stall, vouchers(100)));
    world.pass(DAY);
    var coins = world.yesterday(stall, 100, 100);
    var settlement =
        new Settlement(
            coins.merchant(),
            World.VOUCHER,
            coins.day(),
            1,
            "run 1",
            1,
            coins.root(),
            100,
            0,
            100,
            0);
    world.done(world.settle(settlement));
    assertThat(world.view().asset(World.VOUCHER).orElseThrow().supply()).isZero();
  }

  @Test
  void a_chain_without_rules_has_the_hash_that_it_had_before_there_were_rules() {
    assertThat(world.ledger().standing().stateHash()).isEqualTo(hashOverTables(10));
    var outcome = world.block(world.setAttributes(stall, "5411", "")).getFirst();
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    assertThat(world.ledger().standing().stateHash()).isEqualTo(hashOverTables(11));
    world.with(World.VOUCHER, Rules.OPEN);
    assertThat(world.ledger().standing().stateHash()).isEqualTo(hashOverTables(12));
    world.restart();
  }

  /** The hash of section 7 of the formats, from the rows alone. */
  private Hash hashOverTables(int count) {
    var tables = new ArrayList<List<byte[]>>();
    for (int i = 0; i < count; i++) {
      tables.add(new ArrayList<>());
    }
    world
        .ledger()
        .rows()
        .forEach(
            row -> {
              var rows = tables.get(row.table() - 1);
              while (rows.size() < row.slot()) {
                rows.add(new byte[0]);
              }
              rows.add(row.row().orElseThrow());
            });
    return MerkleTree.rootOf(tables.stream().map(rows -> MerkleTree.rootOf(rows).bytes()).toList());
  }
}
