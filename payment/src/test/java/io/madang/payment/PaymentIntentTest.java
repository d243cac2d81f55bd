package io.madang.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.madang.chain.ChainApplication.Position;
import io.madang.ledger.AccountId;
import io.madang.ledger.Amount;
import io.madang.ledger.AssetCode;
import io.madang.payment.PaymentIntent.Objection;
import io.madang.payment.PaymentIntent.Payment;
import io.madang.payment.PaymentIntent.State;
import io.madang.payment.PaymentIntent.Status;
import io.madang.payment.PaymentIntent.Step;
import io.madang.payment.qr.IntentId;
import org.junit.jupiter.api.Test;

class PaymentIntentTest {
  private static final AccountId SHOP = new AccountId(1, 1);
  private static final AccountId SHOPPER = new AccountId(2, 2);
  private static final Amount PRICE = won(4_500);
  private static final long CREATED = 1_000;
  private static final long EXPIRES = 181_000;
  private static final PaymentIntent OPEN =
      PaymentIntent.open(new IntentId("9f1c2a7be04d4c1a8d0e5b21"), SHOP, PRICE, CREATED, EXPIRES);

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
    var tooLittle = new Payment(new Position(7, 0), SHOPPER, SHOP, won(1), CREATED);

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
    var partly = changed(paid.refunded(1_000));
    var wholly = changed(partly.refunded(4_500));

    assertThat(OPEN.refunded(1)).isEqualTo(new Step.Refused(Objection.NOT_PAID));
    assertThat(OPEN.objectionToRefund(1)).contains(Objection.NOT_PAID);
    assertThat(partly.status(EXPIRES)).isEqualTo(Status.PARTLY_REFUNDED);
    assertThat(partly.refundable()).isEqualTo(3_500);
    assertThat(partly.objectionToRefund(3_500)).isEmpty();
    assertThat(partly.objectionToRefund(3_501)).contains(Objection.MORE_THAN_LEFT);
    assertThat(partly.refunded(1_000)).isEqualTo(new Step.Unchanged());
    assertThat(wholly.status(EXPIRES)).isEqualTo(Status.REFUNDED);
    assertThatThrownBy(() -> wholly.refunded(4_501)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void cannot_ask_for_nothing_or_be_expired_when_made() {
    assertThatThrownBy(() -> PaymentIntent.open(OPEN.id(), SHOP, won(0), CREATED, EXPIRES))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PaymentIntent.open(OPEN.id(), SHOP, PRICE, CREATED, CREATED))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(OPEN.state()).isEqualTo(new State.Open());
  }

  private static PaymentIntent changed(Step step) {
    assertThat(step).isInstanceOf(Step.Changed.class);
    return ((Step.Changed) step).intent();
  }

  private static Payment payment(long height) {
    return new Payment(new Position(height, 0), SHOPPER, SHOP, PRICE, CREATED);
  }

  private static Amount won(long minorUnits) {
    return new Amount(minorUnits, new AssetCode("S-COIN"));
  }
}
