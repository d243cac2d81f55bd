package io.madang.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.madang.chain.ChainApplication.Position;
import io.madang.chain.Hash;
import io.madang.ledger.AccountId;
import io.madang.ledger.Amount;
import io.madang.ledger.AssetCode;
import io.madang.payment.PaymentIntent.Hold;
import io.madang.payment.PaymentIntent.Objection;
import io.madang.payment.PaymentIntent.Payment;
import io.madang.payment.PaymentIntent.State;
import io.madang.payment.PaymentIntent.Status;
import io.madang.payment.PaymentIntent.Step;
import io.madang.payment.PaymentIntent.Taking;
import io.madang.payment.qr.IntentId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PaymentIntentTest {
  private static final AccountId SHOP = new AccountId(1, 1);
  private static final Hash HASH = Hash.sha256(new byte[0]);
  private static final AccountId SHOPPER = new AccountId(2, 2);
  private static final Amount PRICE = won(4_500);
  private static final long CREATED = 1_000;
  private static final long EXPIRES = 181_000;
  private static final long HELD_UNTIL = 900_000;
  private static final IntentId ID = new IntentId("9f1c2a7be04d4c1a8d0e5b21");
  private static final PaymentIntent OPEN =
      PaymentIntent.open(ID, SHOP, PRICE, CREATED, EXPIRES, new Taking.AtOnce());
  private static final PaymentIntent TO_HOLD =
      PaymentIntent.open(ID, SHOP, PRICE, CREATED, EXPIRES, new Taking.FromHold(HELD_UNTIL));

  @Test
  void lets_the_exact_amount_to_the_right_payee_pass_until_it_expires() {
    assertThat(OPEN.objectionTo(SHOP, PRICE, CREATED)).isEmpty();
    assertThat(OPEN.objectionTo(SHOP, PRICE, EXPIRES - 1)).isEmpty();
    assertThat(OPEN.objectionTo(SHOP, PRICE, EXPIRES)).contains(Objection.EXPIRED);
  }

  @Test
  void stops_a_transfer_that_does_not_fit() {
    assertThat(OPEN.objectionTo(SHOP, won(4_499), CREATED)).contains(Objection.OTHER_AMOUNT);
    assertThat(OPEN.objectionTo(SHOP, won(4_501), CREATED)).contains(Objection.OTHER_AMOUNT);
    assertThat(OPEN.objectionTo(SHOP, new Amount(4_500, new AssetCode("U-COIN")), CREATED))
        .contains(Objection.OTHER_AMOUNT);
    assertThat(OPEN.objectionTo(SHOPPER, PRICE, CREATED)).contains(Objection.OTHER_PAYEE);
  }

  @Test
  void is_paid_once() {
    var paid = changed(OPEN.paid(payment(7)));

    assertThat(paid.status(EXPIRES)).isEqualTo(Status.PAID);
    assertThat(paid.objectionTo(SHOP, PRICE, CREATED)).contains(Objection.ALREADY_PAID);
    assertThat(paid.paid(payment(7))).isEqualTo(new Step.Unchanged());
    assertThat(paid.paid(payment(8))).isEqualTo(new Step.Refused(Objection.ALREADY_PAID));
  }

  @Test
  void takes_a_final_payment_as_a_fact_even_after_it_was_cancelled() {
    var cancelled = changed(OPEN.cancel(CREATED));

    assertThat(cancelled.objectionTo(SHOP, PRICE, CREATED)).contains(Objection.CANCELLED);
    assertThat(changed(cancelled.paid(payment(7))).status(EXPIRES)).isEqualTo(Status.PAID);
  }

  @Test
  void is_not_paid_by_a_payment_of_something_else() {
    var tooLittle = payment(7, won(1));

    assertThat(OPEN.paid(tooLittle)).isEqualTo(new Step.Refused(Objection.OTHER_AMOUNT));
  }

  @Test
  void is_cancelled_once_and_never_after_it_was_paid_or_expired() {
    var cancelled = changed(OPEN.cancel(CREATED));

    assertThat(cancelled.status(EXPIRES)).isEqualTo(Status.CANCELLED);
    assertThat(cancelled.cancel(CREATED)).isEqualTo(new Step.Unchanged());
    assertThat(OPEN.cancel(EXPIRES)).isEqualTo(new Step.Refused(Objection.EXPIRED));
    assertThat(changed(OPEN.paid(payment(7))).cancel(CREATED))
        .isEqualTo(new Step.Refused(Objection.ALREADY_PAID));
  }

  @Test
  void counts_refunds_up_to_what_was_paid() {
    var paid = changed(OPEN.paid(payment(7)));
    var partly = changed(paid.refunded(at(7), 1_000));
    var wholly = changed(partly.refunded(at(7), 4_500));

    assertThat(OPEN.refunded(at(7), 1)).isEqualTo(new Step.Refused(Objection.NOT_PAID));
    assertThat(paid.refunded(at(8), 1)).isEqualTo(new Step.Refused(Objection.NOT_PAID));
    assertThat(partly.status(EXPIRES)).isEqualTo(Status.PARTLY_REFUNDED);
    assertThat(partly.refundable()).isEqualTo(3_500);
    assertThat(partly.refunded(at(7), 1_000)).isEqualTo(new Step.Unchanged());
    assertThat(wholly.status(EXPIRES)).isEqualTo(Status.REFUNDED);
    assertThatThrownBy(() -> wholly.refunded(at(7), 4_501))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void cannot_ask_for_nothing_or_be_expired_when_made() {
    assertThatThrownBy(() -> PaymentIntent.open(ID, SHOP, won(0), CREATED, EXPIRES, OPEN.taking()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PaymentIntent.open(ID, SHOP, PRICE, CREATED, CREATED, OPEN.taking()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(OPEN.state()).isEqualTo(new State.Open());
  }

  @Test
  void is_either_paid_at_once_or_from_a_hold() {
    assertThat(OPEN.objectionToHold(SHOP, PRICE, HELD_UNTIL, CREATED))
        .contains(Objection.NEEDS_PAYMENT);
    assertThat(OPEN.authorised(hold(7))).isEqualTo(new Step.Refused(Objection.NEEDS_PAYMENT));
    assertThat(TO_HOLD.objectionTo(SHOP, PRICE, CREATED)).contains(Objection.NEEDS_HOLD);
    assertThat(TO_HOLD.paid(payment(7))).isEqualTo(new Step.Refused(Objection.NEEDS_HOLD));
  }

  @Test
  void is_authorised_by_a_hold_that_fits_and_by_no_other() {
    assertThat(TO_HOLD.objectionToHold(SHOP, PRICE, HELD_UNTIL, CREATED)).isEmpty();
    assertThat(TO_HOLD.objectionToHold(SHOP, PRICE, HELD_UNTIL - 1, CREATED))
        .contains(Objection.OTHER_HOLD_END);
    assertThat(TO_HOLD.objectionToHold(SHOP, won(4_499), HELD_UNTIL, CREATED))
        .contains(Objection.OTHER_AMOUNT);
    assertThat(TO_HOLD.objectionToHold(SHOPPER, PRICE, HELD_UNTIL, CREATED))
        .contains(Objection.OTHER_PAYEE);
    assertThat(TO_HOLD.objectionToHold(SHOP, PRICE, HELD_UNTIL, EXPIRES))
        .contains(Objection.EXPIRED);

    var authorised = changed(TO_HOLD.authorised(hold(7)));
    assertThat(authorised.status(EXPIRES)).isEqualTo(Status.AUTHORISED);
    assertThat(authorised.objectionToHold(SHOP, PRICE, HELD_UNTIL, CREATED))
        .contains(Objection.AUTHORISED);
    assertThat(authorised.authorised(hold(7))).isEqualTo(new Step.Unchanged());
    assertThat(authorised.authorised(hold(8))).isEqualTo(new Step.Refused(Objection.AUTHORISED));
    assertThat(authorised.cancel(CREATED)).isEqualTo(new Step.Refused(Objection.AUTHORISED));
    assertThat(authorised.objection(CREATED)).contains(Objection.AUTHORISED);
  }

  @Test
  void is_captured_in_parts_until_the_hold_is_used_up() {
    var first =
        changed(changed(TO_HOLD.authorised(hold(7))).captured(at(7), part(8, 1_500), false));
    assertThat(first.status(EXPIRES)).isEqualTo(Status.PARTLY_CAPTURED);
    assertThat(first.capturable(EXPIRES)).isEqualTo(3_000);
    assertThat(first.captured(at(7), part(8, 1_500), false)).isEqualTo(new Step.Unchanged());
    assertThat(first.captured(at(6), part(9, 1), false))
        .isEqualTo(new Step.Refused(Objection.NOT_AUTHORISED));

    var whole = changed(first.captured(at(7), part(9, 3_000), false));
    assertThat(whole.status(EXPIRES)).isEqualTo(Status.PAID);
    assertThat(whole.objectionToCapture(EXPIRES)).contains(Objection.NOT_AUTHORISED);
    assertThat(whole.refundable()).isEqualTo(4_500);
    assertThatThrownBy(() -> first.captured(at(7), part(9, 3_001), false))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void ends_with_the_last_capture_with_a_release_or_with_time() {
    var authorised = changed(TO_HOLD.authorised(hold(7)));

    var last = changed(authorised.captured(at(7), part(8, 1_500), true));
    assertThat(last.status(EXPIRES)).isEqualTo(Status.PAID);
    assertThat(last.capturable(EXPIRES)).isZero();
    var voided = changed(authorised.voided(at(7)));
    assertThat(voided.status(EXPIRES)).isEqualTo(Status.VOIDED);
    assertThat(voided.voided(at(7))).isEqualTo(new Step.Unchanged());
    assertThat(TO_HOLD.voided(at(7))).isEqualTo(new Step.Refused(Objection.NOT_AUTHORISED));
    assertThat(authorised.status(HELD_UNTIL - 1)).isEqualTo(Status.AUTHORISED);
    assertThat(authorised.status(HELD_UNTIL)).isEqualTo(Status.EXPIRED);
    assertThat(changed(authorised.captured(at(7), part(8, 1_500), false)).status(HELD_UNTIL))
        .isEqualTo(Status.PAID);
  }

  @Test
  void gives_each_capture_back_by_itself() {
    var captured =
        changed(
            changed(changed(TO_HOLD.authorised(hold(7))).captured(at(7), part(8, 1_500), false))
                .captured(at(7), part(9, 3_000), false));

    var partly = changed(captured.refunded(at(8), 1_500));
    assertThat(partly.status(EXPIRES)).isEqualTo(Status.PARTLY_REFUNDED);
    assertThat(partly.payment(at(8)).orElseThrow().refundable()).isZero();
    assertThat(partly.refundable()).isEqualTo(3_000);
    assertThat(changed(partly.refunded(at(9), 3_000)).status(EXPIRES)).isEqualTo(Status.REFUNDED);
    assertThatThrownBy(() -> partly.refunded(at(8), 1_501))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static PaymentIntent changed(Step step) {
    assertThat(step).isInstanceOf(Step.Changed.class);
    return ((Step.Changed) step).intent();
  }

  private static Position at(long height) {
    return new Position(height, 0);
  }

  private static Payment payment(long height) {
    return payment(height, PRICE);
  }

  private static Payment part(long height, long minorUnits) {
    return payment(height, won(minorUnits));
  }

  private static Payment payment(long height, Amount amount) {
    return new Payment(at(height), SHOPPER, SHOP, amount, CREATED, HASH, Optional.empty());
  }

  private static Hold hold(long height) {
    return new Hold(at(height), SHOPPER, SHOP, PRICE, HELD_UNTIL, CREATED, HASH);
  }

  private static Amount won(long minorUnits) {
    return new Amount(minorUnits, new AssetCode("S-COIN"));
  }
}
