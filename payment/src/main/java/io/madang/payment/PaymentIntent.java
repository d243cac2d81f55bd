package io.madang.payment;

import io.madang.chain.ChainApplication.Position;
import io.madang.ledger.AccountId;
import io.madang.ledger.Amount;
import io.madang.payment.qr.IntentId;
import java.util.Optional;

/**
 * A merchant's wish to be paid one amount once, until a time. It is a promise of the gateway, not
 * of the chain: the chain moves coins, and an intent says what a movement was for.
 *
 * <p>Before a transfer is ordered, {@link #objectionTo} may stop it. Once a payment is final it is
 * a fact, so {@link #paid} takes it even when the intent expired or was cancelled in the meantime.
 *
 * @param price what is asked; more than zero
 * @param expiresMillis the first time at which it is no longer paid
 */
public record PaymentIntent(
    IntentId id,
    AccountId payee,
    Amount price,
    long createdMillis,
    long expiresMillis,
    State state) {

  /** How far an intent has come, apart from the time. */
  public sealed interface State {
    /** Nobody paid it yet. */
    record Open() implements State {}

    /** The merchant took it back before anybody paid. */
    record Cancelled() implements State {}

    /**
     * It was paid.
     *
     * @param refunded how much of it was given back, in minor units
     */
    record Paid(Payment payment, long refunded) implements State {}
  }

  /** What people see. */
  public enum Status {
    CREATED("created"),
    EXPIRED("expired"),
    CANCELLED("cancelled"),
    PAID("paid"),
    PARTLY_REFUNDED("partly-refunded"),
    REFUNDED("refunded");

    private final String text;

    Status(String text) {
      this.text = text;
    }

    /** The name in the API. */
    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * A final payment that names this intent.
   *
   * @param position where it stands on the chain
   * @param timeMillis the time of its block
   */
  public record Payment(
      Position position, AccountId payer, AccountId payee, Amount amount, long timeMillis) {}

  /** Why an intent does not do what it was asked. */
  public enum Objection {
    OTHER_PAYEE,
    OTHER_AMOUNT,
    EXPIRED,
    CANCELLED,
    ALREADY_PAID,
    NOT_PAID,
    MORE_THAN_LEFT
  }

  /** What a step comes to. */
  public sealed interface Step {
    /** The intent is another one now. */
    record Changed(PaymentIntent intent) implements Step {}

    /** The same step again: it stands as it is. */
    record Unchanged() implements Step {}

    /** The step is not possible, and the intent stands as it is. */
    record Refused(Objection objection) implements Step {}
  }

  /** Checks what always holds. */
  public PaymentIntent {
    if (price.minorUnits() == 0) throw new IllegalArgumentException("an intent over nothing");
    if (expiresMillis <= createdMillis) throw new IllegalArgumentException("expired when created");
    if (state instanceof State.Paid(var _, var refunded)
        && (refunded < 0 || refunded > price.minorUnits())) {
      throw new IllegalArgumentException("more refunded than paid: " + refunded);
    }
  }

  /** A new intent. */
  public static PaymentIntent open(
      IntentId id, AccountId payee, Amount price, long createdMillis, long expiresMillis) {
    return new PaymentIntent(id, payee, price, createdMillis, expiresMillis, new State.Open());
  }

  /** Why a transfer of this amount to this payee must not be ordered at this time. */
  public Optional<Objection> objectionTo(AccountId to, Amount amount, long timeMillis) {
    return switch (state) {
      case State.Paid _ -> Optional.of(Objection.ALREADY_PAID);
      case State.Cancelled _ -> Optional.of(Objection.CANCELLED);
      case State.Open _ when timeMillis >= expiresMillis -> Optional.of(Objection.EXPIRED);
      case State.Open _ -> mismatch(to, amount);
    };
  }

  /** A final payment arrived. */
  public Step paid(Payment payment) {
    if (state instanceof State.Paid(var first, var _)) {
      return first.position().equals(payment.position())
          ? new Step.Unchanged()
          : new Step.Refused(Objection.ALREADY_PAID);
    }
    return mismatch(payment.payee(), payment.amount())
        .<Step>map(Step.Refused::new)
        .orElseGet(() -> new Step.Changed(in(new State.Paid(payment, 0))));
  }

  /** The merchant takes it back. */
  public Step cancel(long timeMillis) {
    return switch (state) {
      case State.Cancelled _ -> new Step.Unchanged();
      case State.Paid _ -> new Step.Refused(Objection.ALREADY_PAID);
      case State.Open _ when timeMillis >= expiresMillis -> new Step.Refused(Objection.EXPIRED);
      case State.Open _ -> new Step.Changed(in(new State.Cancelled()));
    };
  }

  /**
   * A final refund arrived.
   *
   * @param refundedInAll the sum of all refunds so far, as the ledger counts it
   */
  public Step refunded(long refundedInAll) {
    if (!(state instanceof State.Paid(var payment, var before))) {
      return new Step.Refused(Objection.NOT_PAID);
    }
    // Sums only grow, so a refund that was seen before changes nothing.
    return refundedInAll <= before
        ? new Step.Unchanged()
        : new Step.Changed(in(new State.Paid(payment, refundedInAll)));
  }

  /** Why this much must not be given back, as far as the gateway knows. */
  public Optional<Objection> objectionToRefund(long amount) {
    if (!(state instanceof State.Paid)) return Optional.of(Objection.NOT_PAID);
    return amount > refundable() ? Optional.of(Objection.MORE_THAN_LEFT) : Optional.empty();
  }

  /** How much can still be given back, in minor units. */
  public long refundable() {
    return state instanceof State.Paid(var _, var refunded) ? price.minorUnits() - refunded : 0;
  }

  /** How it stands at this time. */
  public Status status(long timeMillis) {
    return switch (state) {
      case State.Open _ -> timeMillis >= expiresMillis ? Status.EXPIRED : Status.CREATED;
      case State.Cancelled _ -> Status.CANCELLED;
      case State.Paid(var _, var refunded) when refunded == 0 -> Status.PAID;
      case State.Paid(var _, var refunded) when refunded < price.minorUnits() ->
          Status.PARTLY_REFUNDED;
      case State.Paid _ -> Status.REFUNDED;
    };
  }

  private Optional<Objection> mismatch(AccountId to, Amount amount) {
    if (!to.equals(payee)) return Optional.of(Objection.OTHER_PAYEE);
    return amount.equals(price) ? Optional.empty() : Optional.of(Objection.OTHER_AMOUNT);
  }

  private PaymentIntent in(State next) {
    return new PaymentIntent(id, payee, price, createdMillis, expiresMillis, next);
  }
}
