package io.madang.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.ChainApplication.Position;
import org.junit.jupiter.api.Test;

/** Settling a merchant's day, and taking a payout back. */
class SettlementTest {
  private final Person ara = Person.number(1);
  private final Person stall = Person.number(5);
  private final World world = new World().with(10_000, ara).withMerchants(stall);

  private long supply() {
    return world.view().asset(World.COIN).orElseThrow().supply();
  }

  private Settlement again(Settlement voided, long payout) {
    return new Settlement(
        voided.merchant(),
        voided.asset(),
        voided.day(),
        voided.attempt() + 1,
        "run 2",
        0,
        Settlement.NO_POSTINGS,
        0,
        0,
        payout,
        voided.payout() - payout);
  }

  private SettledUntil until() {
    return world.view().settledUntil(stall.account(), World.COIN).orElseThrow();
  }

  @Test
  void redeems_what_is_paid_out_and_charges_for_the_operator() {
    world.done(world.transfer(ara, stall, 500));
    world.pass(World.DAY);
    var net = world.yesterday(stall, 500, 0);
    var settlement =
        new Settlement(
            net.merchant(),
            net.asset(),
            net.day(),
            1,
            "run 1",
            net.count(),
            net.root(),
            500,
            3,
            490,
            7);
    world.done(world.settle(settlement));
    assertThat(supply()).isEqualTo(9_510);
    assertThat(world.available(stall)).isEqualTo(7);
    assertThat(world.available(World.HALL)).isEqualTo(3);
    assertThat(until()).isEqualTo(new SettledUntil(net.day(), 1, false, 7));
    assertThat(world.restart().available(stall)).isEqualTo(7);
    assertThat(until().carried()).isEqualTo(7);
  }

  @Test
  void s3_a_voided_payout_is_paid_by_a_new_attempt_with_its_own_debit_and_name() {
    world.done(world.transfer(ara, stall, 500));
    world.pass(World.DAY);
    var first = world.yesterday(stall, 500, 500);
    var position = world.done(world.settle(first));
    assertThat(supply()).isEqualTo(9_500);
    world.done(world.voidPayout(first, position));
    assertThat(supply()).isEqualTo(10_000);
    assertThat(world.available(stall)).isEqualTo(500);
    var second = again(first, 500);
    world.done(world.settle(second));
    assertThat(supply()).isEqualTo(9_500);
    assertThat(PayoutId.of(World.CHAIN, second)).isNotEqualTo(PayoutId.of(World.CHAIN, first));
    assertThat(world.reason(world.voidPayout(first, position)))
        .isEqualTo(LedgerRefusal.PAYOUT_VOIDED);
  }

  @Test
  void a_payout_that_comes_back_days_later_is_carried_into_the_next_day() {
    world.done(world.transfer(ara, stall, 500));
    world.pass(World.DAY);
    var first = world.yesterday(stall, 500, 500);
    Position position = world.done(world.settle(first));
    world.done(world.transfer(ara, stall, 40));
    world.pass(World.DAY);
    world.done(world.settle(world.yesterday(stall, 40, 40)));
    world.done(world.voidPayout(first, position));
    assertThat(until().carried()).isEqualTo(500);
    assertThat(world.reason(world.settle(again(world.yesterday(stall, 0, 0), 500))))
        .isEqualTo(LedgerRefusal.ATTEMPT_NOT_NEXT);
    world.pass(World.DAY);
    var both = world.yesterday(stall, 0, 0);
    world.done(
        world.settle(
            new Settlement(
                both.merchant(),
                both.asset(),
                both.day(),
                1,
                "run 3",
                0,
                Settlement.NO_POSTINGS,
                0,
                0,
                500,
                0)));
    assertThat(world.available(stall)).isZero();
  }

  @Test
  void a_negative_sum_is_carried_and_taken_from_the_next_day() {
    world.done(world.transfer(ara, stall, 500));
    world.pass(World.DAY);
    world.done(world.settle(world.yesterday(stall, -20, 0)));
    assertThat(until().carried()).isEqualTo(-20);
    world.restart();
    world.pass(World.DAY);
    assertThat(world.reason(world.settle(world.yesterday(stall, 500, 500))))
        .isEqualTo(LedgerRefusal.SETTLEMENT_SUM);
    var next = world.yesterday(stall, 500, 480);
    world.done(
        world.settle(
            new Settlement(
                next.merchant(),
                next.asset(),
                next.day(),
                1,
                "run 2",
                1,
                next.root(),
                500,
                0,
                480,
                0)));
    assertThat(until().carried()).isZero();
  }

  @Test
  void a_settlement_cannot_be_voided_after_half_a_year() {
    world.done(world.transfer(ara, stall, 500));
    world.pass(World.DAY);
    var first = world.yesterday(stall, 500, 500);
    var position = world.done(world.settle(first));
    world.pass(181 * World.DAY);
    assertThat(world.reason(world.voidPayout(first, position)))
        .isEqualTo(LedgerRefusal.PAYMENT_NOT_PROVEN);
  }

  @Test
  void the_name_of_a_payout_is_the_documented_hash() {
    var settlement = world.yesterday(stall, 500, 500);
    var id = PayoutId.of(World.CHAIN, settlement);
    var text =
        "madang/payout/v1\0town-1\0S-COIN\0%s\0%d\0001"
            .formatted(stall.account(), settlement.day());
    var hash =
        io.madang.chain.Hash.sha256(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII))
            .toString();
    assertThat(id.toString()).isEqualToIgnoringCase(hash.substring(0, 32));
    assertThat(PayoutId.parse(id.toString())).isEqualTo(id);
  }
}
