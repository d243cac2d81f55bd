package io.madang.ledger;

import static io.madang.ledger.World.DAY;
import static io.madang.ledger.World.coins;
import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.ChainApplication.Outcome;
import io.madang.chain.ChainApplication.Position;
import io.madang.chain.Statement;
import io.madang.chain.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Payments of several legs and their refunds, charges with a bonus, rewards and sale days. */
class ProgrammesTest {
  private final Person ara = Person.number(1);
  private final Person stall = Person.number(5);
  private final World world = new World().with(10_000, ara).withMerchants(stall);

  private static Amount points(long amount) {
    return new Amount(amount, World.POINT);
  }

  private static Amount vouchers(long amount) {
    return new Amount(amount, World.VOUCHER);
  }

  private ProgrammeTerms rate(int rate) {
    return new ProgrammeTerms(
        world.time(), world.time() + 30 * DAY, rate, 0, Optional.empty(), 1_000_000, 0, 1_000_000);
  }

  private void give(Person person, Amount amount) {
    world.done(world.issue(person, amount, "wire " + world.freshId().hex().substring(9)));
  }

  /** Ara earns a hundredth of her coins in points. */
  private void earning() {
    give(World.HALL, points(10_000));
    world.done(world.setProgramme("EARN", ProgrammeKind.EARNING, World.POINT, rate(100)));
  }

  private List<Long> has(Person person) {
    return List.of(
        world.available(person, World.POINT),
        world.available(person, World.VOUCHER),
        world.available(person, World.COIN));
  }

  /** 3,000 of points, 2,000 of vouchers and 5,000 coins, for which 50 points are earned. */
  private Position purchase() {
    give(ara, points(3_000));
    give(ara, vouchers(2_000));
    earning();
    return world.done(
        world.payWith(
            ara, stall, World.grant("EARN", 50), points(3_000), vouchers(2_000), coins(5_000)));
  }

  private JsonObject result() {
    return World.object(world.finalized().getLast().results().getFirst().data());
  }

  @Test
  void pays_points_then_vouchers_then_coins_and_earns_at_once() {
    purchase();
    assertThat(has(ara)).containsExactly(50L, 0L, 5_000L);
    assertThat(has(stall)).containsExactly(3_000L, 2_000L, 5_000L);
    assertThat(result().canonical())
        .isEqualTo(
            ("{\"composite\":{\"amount\":10000,\"asset\":\"S-COIN\",\"earned\":{\"amount\":50,"
                    + "\"asset\":\"POINT\",\"from\":\"%s\",\"programme\":\"EARN\"},\"legs\":["
                    + "{\"amount\":3000,\"asset\":\"POINT\"},{\"amount\":2000,\"asset\":"
                    + "\"GIFT-2026\"},{\"amount\":5000,\"asset\":\"S-COIN\"}],\"payee\":\"%s\","
                    + "\"payer\":\"%s\",\"reference\":\"table 9\"}}")
                .formatted(World.HALL.account(), stall.account(), ara.account()));
  }

  @Test
  void m10_a_refund_undoes_it_in_the_reverse_order() {
    var payment = purchase();
    world.done(world.refund(stall, payment, 4_000));
    assertThat(has(ara)).containsExactly(10L, 0L, 9_000L);
    world.done(world.refund(stall, payment, 2_000));
    assertThat(has(ara)).containsExactly(0L, 1_000L, 10_000L);
    world.done(world.refund(stall, payment, 3_500));
    assertThat(has(ara)).containsExactly(2_500L, 2_000L, 10_000L);
    assertThat(result().canonical())
        .contains("\"earned\":{\"amount\":0,")
        .contains("{\"amount\":2500,\"asset\":\"POINT\",\"refunded\":2500}")
        .contains("{\"amount\":1000,\"asset\":\"GIFT-2026\",\"refunded\":2000}")
        .contains("{\"amount\":0,\"asset\":\"S-COIN\",\"refunded\":5000}")
        .contains("\"refunded\":9500}}");
    assertThat(world.reason(world.refund(stall, payment, 501)))
        .isEqualTo(LedgerRefusal.OVER_PAYMENT);
    world.done(world.refund(stall, payment, 500));
    assertThat(has(ara)).containsExactly(3_000L, 2_000L, 10_000L);
    assertThat(has(stall)).containsExactly(0L, 0L, 0L);
    assertThat(world.reason(world.refund(stall, payment, 1))).isEqualTo(LedgerRefusal.OVER_PAYMENT);
  }

  @ParameterizedTest
  @ValueSource(longs = {77, 99, 100, 101, 3_333, 10_000})
  void m10_small_refunds_come_to_the_same_as_a_large_one(long step) {
    var payment = purchase();
    for (long left = 10_000; left > 0; left -= step) {
      world.done(world.refund(stall, payment, Math.min(step, left)));
    }
    assertThat(has(ara)).containsExactly(3_000L, 2_000L, 10_000L);
    assertThat(world.available(World.HALL, World.POINT)).isEqualTo(10_000);
  }

  @Test
  void m9_what_was_earned_and_spent_comes_off_the_coins_so_that_loops_gain_nothing() {
    earning();
    for (int i = 0; i < 3; i++) {
      var payment = world.done(world.payWith(ara, stall, World.grant("EARN", 50), coins(5_000)));
      world.done(world.payWith(ara, stall, Optional.empty(), points(50)));
      world.done(world.refund(stall, payment, 5_000));
      assertThat(result().canonical())
          .contains("\"earned\":{\"amount\":0,")
          .contains("\"withheld\":50}");
    }
    // Three times 50 points were spent, and three times 50 coins paid for them.
    assertThat(has(ara)).containsExactly(0L, 0L, 9_850L);
    assertThat(world.available(World.HALL, World.COIN)).isEqualTo(150);
    assertThat(has(stall)).containsExactly(150L, 0L, 0L);
  }

  @Test
  void points_that_expired_after_they_were_earned_are_still_there_to_be_taken_back() {
    earning();
    var payment = world.done(world.payWith(ara, stall, World.grant("EARN", 50), coins(5_000)));
    world.with(World.POINT, Rules.expiring(Rules.OPEN, world.time() + 1_000));
    world.pass(100 * DAY);
    world.done(world.refund(stall, payment, 5_000));
    assertThat(has(ara)).containsExactly(0L, 0L, 10_000L);
  }

  @Test
  void all_legs_or_none() {
    give(ara, points(3_000));
    earning();
    var before = world.ledger().standing().stateHash();
    var attempt = world.payWith(ara, stall, World.grant("EARN", 50), points(3_000), coins(10_001));
    assertThat(world.reason(attempt)).isEqualTo(LedgerRefusal.INSUFFICIENT_FUNDS);
    assertThat(world.ledger().standing().stateHash()).isEqualTo(before);
  }

  @Test
  void legs_that_do_not_add_up_are_no_payment() {
    var legs = List.of(points(3), coins(4));
    var statement =
        world.sign(
            ara,
            Purpose.PAY,
            Operations.pay(stall.account(), coins(8), legs, Optional.empty(), ""));
    assertThat(world.refused(statement).detail()).contains("legs must add up");
  }

  @Test
  void pay_9000_get_10000() {
    give(World.HALL, vouchers(5_000));
    world.done(world.setProgramme("OFF", ProgrammeKind.DISCOUNT, World.VOUCHER, rate(1_000)));
    world.done(world.issue(ara, vouchers(9_000), "wire 1", World.grant("OFF", 1_000)));
    assertThat(world.available(ara, World.VOUCHER)).isEqualTo(10_000);
    assertThat(world.available(World.HALL, World.VOUCHER)).isEqualTo(4_000);
    assertThat(world.view().given(World.programme("OFF"), ara.account(), world.time()))
        .isEqualTo(1_000);
    assertThat(world.view().asset(World.VOUCHER).orElseThrow().supply()).isEqualTo(14_000);
  }

  @Test
  void new_terms_hold_from_their_time_and_caps_count_on() {
    give(World.HALL, points(500));
    var first =
        new ProgrammeTerms(world.time(), world.time() + DAY, 0, 80, Optional.empty(), 80, 0, 500);
    world.done(world.setProgramme("SURVEY", ProgrammeKind.REWARD, World.POINT, first));
    world.done(world.reward(ara, "SURVEY", 80));
    var second =
        new ProgrammeTerms(
            world.time() + 60_000, world.time() + DAY, 0, 80, Optional.empty(), 100, 0, 500);
    world.done(world.setProgramme("SURVEY", ProgrammeKind.REWARD, World.POINT, second));
    assertThat(world.reason(world.reward(ara, "SURVEY", 20)))
        .isEqualTo(LedgerRefusal.OVER_PERSON_SHARE);
    world.pass(60_000).restart();
    world.done(world.reward(ara, "SURVEY", 20));
    assertThat(world.view().programme(World.programme("SURVEY")).orElseThrow().given())
        .isEqualTo(100);
  }

  @Test
  void a_share_begins_anew_with_each_period() {
    give(World.HALL, points(500));
    var weekly =
        new ProgrammeTerms(
            world.time(), world.time() + 60 * DAY, 0, 80, Optional.empty(), 80, 7, 500);
    world.done(world.setProgramme("SURVEY", ProgrammeKind.REWARD, World.POINT, weekly));
    world.done(world.reward(ara, "SURVEY", 80));
    assertThat(world.reason(world.reward(ara, "SURVEY", 1)))
        .isEqualTo(LedgerRefusal.OVER_PERSON_SHARE);
    world.pass(7 * DAY);
    world.done(world.reward(ara, "SURVEY", 80));
  }

  @Test
  void a_sale_sells_its_stock_and_not_one_more_and_tells_everyone() {
    var buyers = new ArrayList<Person>();
    for (int i = 0; i < 30; i++) {
      buyers.add(Person.number(100 + i));
    }
    world.with(20_000, buyers.toArray(Person[]::new));
    give(World.HALL, vouchers(200_000));
    var terms =
        new ProgrammeTerms(
            world.time(),
            world.time() + DAY,
            0,
            10_000,
            Optional.of(coins(9_000)),
            10_000,
            0,
            120_000);
    world.done(world.setProgramme("SALE", ProgrammeKind.SALE, World.VOUCHER, terms));
    var all = new ArrayList<Statement>();
    for (var buyer : buyers) {
      all.add(world.buy(buyer, "SALE", coins(9_000)));
      all.add(world.buy(buyer, "SALE", coins(9_000)));
    }
    var outcomes = world.block(all.toArray(Statement[]::new));
    var names = new ArrayList<String>();
    for (var outcome : outcomes) {
      names.add(outcome instanceof Outcome.Refused(var refusal) ? refusal.name() : "done");
    }
    assertThat(names).hasSize(60);
    assertThat(names.stream().filter("done"::equals)).hasSize(12);
    assertThat(names.stream().filter("bought-before"::equals)).hasSize(12);
    assertThat(names.stream().filter("sold-out"::equals)).hasSize(36);
    assertThat(world.available(World.HALL, World.COIN)).isEqualTo(12 * 9_000);
    assertThat(world.available(World.HALL, World.VOUCHER)).isEqualTo(80_000);
  }

  @Test
  void m6_the_largest_amounts_are_shared_without_overflow() {
    assertThat(rate(5_000).share(Amount.MAX_MINOR_UNITS)).isEqualTo(Amount.MAX_MINOR_UNITS / 2);
    assertThat(rate(1).share(9_999)).isZero();
    assertThat(rate(1).share(10_000)).isEqualTo(1);
    assertThat(rate(4_999).share(10_003)).isEqualTo(5_000);
  }
}
