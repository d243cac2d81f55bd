package io.madang.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.ChainApplication.Outcome;
import org.junit.jupiter.api.Test;

/** What the ledger does when all goes well. */
class LedgerTest {
  private final Person ara = Person.number(1);
  private final Person shop = Person.number(2);
  private final World world = new World().with(10_000, ara, shop);

  @Test
  void pays() {
    var payment = world.transfer(ara, shop, 1_500);
    var position = world.done(payment);
    assertThat(world.available(ara)).isEqualTo(8_500);
    assertThat(world.available(shop)).isEqualTo(11_500);
    assertThat(world.restart().available(ara)).isEqualTo(8_500);
    assertThat(world.block(payment).getFirst())
        .isInstanceOfSatisfying(
            Outcome.DoneBefore.class,
            before -> {
              assertThat(before.position()).isEqualTo(position);
              assertThat(new String(before.data(), java.nio.charset.StandardCharsets.UTF_8))
                  .isEqualTo(
                      "{\"payment\":{\"amount\":1500,\"asset\":\"S-COIN\",\"payee\":\"%s\",\"payer\":\"%s\"}}"
                          .formatted(shop.account(), ara.account()));
            });
  }

  @Test
  void refunds_up_to_the_payment() {
    var payment = world.done(world.transfer(ara, shop, 1_500));
    world.done(world.refund(shop, payment, 500));
    world.done(world.refund(shop, payment, 1_000));
    assertThat(world.reason(world.refund(shop, payment, 1))).isEqualTo(LedgerRefusal.OVER_PAYMENT);
    assertThat(world.view().refunded(payment)).isEqualTo(1_500);
    assertThat(world.restart().available(ara)).isEqualTo(10_000);
  }

  @Test
  void holds_captures_and_frees() {
    var hold = world.done(world.hold(ara, shop, 2_000, 60_000));
    assertThat(world.available(ara)).isEqualTo(8_000);
    assertThat(world.held(ara)).isEqualTo(2_000);
    world.done(world.capture(shop, hold, 500, false));
    world.restart();
    world.done(world.capture(shop, hold, 700, true));
    assertThat(world.available(ara)).isEqualTo(8_800);
    assertThat(world.held(ara)).isZero();
    assertThat(world.available(shop)).isEqualTo(11_200);
    assertThat(world.reason(world.release(shop, hold))).isEqualTo(LedgerRefusal.HOLD_NOT_OPEN);
  }

  @Test
  void frees_a_hold_when_its_time_has_come() {
    world.done(world.hold(ara, shop, 2_000, 60_000));
    assertThat(world.ledger().nextDeadlineMillis()).hasValue(world.time() - 1_000 + 60_000);
    world.pass(59_000).block();
    assertThat(world.available(ara)).isEqualTo(10_000);
    assertThat(world.ledger().nextDeadlineMillis()).isEmpty();
    world.restart();
  }
}
