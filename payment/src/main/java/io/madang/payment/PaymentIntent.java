package io.madang.payment;

import io.madang.chain.ChainApplication.Position;
import io.madang.chain.Hash;
import io.madang.ledger.AccountId;
import io.madang.ledger.Amount;
import io.madang.payment.qr.IntentId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A merchant's wish to be paid one amount once, until a time. It is a promise of the gateway, not
 * of the chain: the chain moves coins, and an intent says what a movement was for.
 *
 * <p>It is either paid at once, by a transfer, a payment in legs or the charge of a customer's
 * code, or first authorised by a hold of the whole price, of which the merchant captures what is
 * due: all or a part, in as many captures as it takes, until the hold is used up, voided or over.
 *
 * <p>Before a transaction is ordered, the objections may stop it. Once it is final it is a fact, so
 * {@link #paid}, {@link #authorised} and what follows take it even when the intent expired or was
 * cancelled in the meantime.
 *
 * @param price what is asked; more than zero
 * @param expiresMillis the first time at which it is no longer paid or authorised
 */
public record PaymentIntent(
    IntentId id,
    AccountId payee,
    Amount price,
    long createdMillis,
    long expiresMillis,
    Taking taking,
    State state) {

  /** How the merchant takes the money. */
  public sealed interface Taking {
    /** As soon as somebody pays. */
    record AtOnce() implements Taking {}

    /**
     * From a hold that the payer places.
     *
     * @param heldUntilMillis when the hold ends: the first block time at which the rest is free
     */
    record FromHold(long heldUntilMillis) implements Taking {}
  }

  /** How far an intent has come, apart from the time. */
  public sealed interface State {
    /** Nobody paid it yet. */
    record Open() implements State {}

    /** The merchant took it back before anybody paid. */
    record Cancelled() implements State {}

    /**
     * It was paid at once.
     *
     * @param refunded how much of it was given back, in minor units
     */
    record Paid(Payment payment, long refunded) implements State {}

    /**
     * The price is held, or was.
     *
     * @param captures what was taken of it, in the chain's order
     * @param ended whether the merchant took the last of it or let go of the rest
     */
    record Authorised(Hold hold, List<Capture> captures, boolean ended) implements State {
      public Authorised {
        captures = List.copyOf(captures);
      }

      /** How much was taken, in minor units. */
      public long captured() {
        return captures.stream().mapToLong(one -> one.payment().amount().minorUnits()).sum();
      }
    }
  }

  /** What people see. */
  public enum Status {
    CREATED("created"),
    AUTHORISED("authorised"),
    PARTLY_CAPTURED("partly-captured"),
    VOIDED("voided"),
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
   * @param transaction the hash of the transaction
   * @param parts what it was paid with, when it was paid in legs
   */
  public record Payment(
      Position position,
      AccountId payer,
      AccountId payee,
      Amount amount,
      long timeMillis,
      Hash transaction,
      Optional<Parts> parts) {}

  /**
   * A final hold that names this intent.
   *
   * @param position where it stands on the chain: its name
   * @param timeMillis the time of its block
   * @param transaction the hash of the transaction
   */
  public record Hold(
      Position position,
      AccountId payer,
      AccountId payee,
      Amount amount,
      long expiresMillis,
      long timeMillis,
      Hash transaction) {}

  /**
   * A payment out of the hold.
   *
   * @param refunded how much of it was given back, in minor units
   */
  public record Capture(Payment payment, long refunded) {
    /** How much of it can still be given back, in minor units. */
    public long refundable() {
      return payment.amount().minorUnits() - refunded;
    }

    /** What it was paid with, and what was given back of that. */
    public Optional<Parts> parts() {
      return payment.parts().map(paid -> paid.givenBack(refunded));
    }
  }

  /** Why an intent does not do what it was asked. */
  public enum Objection {
    OTHER_PAYEE,
    OTHER_AMOUNT,
    OTHER_HOLD_END,
    NEEDS_HOLD,
    NEEDS_PAYMENT,
    EXPIRED,
    CANCELLED,
    AUTHORISED,
    ALREADY_PAID,
    NOT_AUTHORISED,
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
    switch (state) {
      case State.Open _, State.Cancelled _ -> {}
      case State.Paid(var _, var refunded) -> requireRefund(refunded, price.minorUnits());
      case State.Authorised authorised -> {
        if (authorised.captured() > price.minorUnits()) {
          throw new IllegalArgumentException("more captured than held: " + authorised.captured());
        }
        for (var one : authorised.captures()) {
          requireRefund(one.refunded(), one.payment().amount().minorUnits());
        }
      }
    }
  }

  private static void requireRefund(long refunded, long paid) {
    if (refunded < 0 || refunded > paid) {
      throw new IllegalArgumentException("more refunded than paid: " + refunded);
    }
  }

  /** A new intent. */
  public static PaymentIntent open(
      IntentId id,
      AccountId payee,
      Amount price,
      long createdMillis,
      long expiresMillis,
      Taking taking) {
    return new PaymentIntent(
        id, payee, price, createdMillis, expiresMillis, taking, new State.Open());
  }

  // Before a transaction is ordered

  /** Why a payment of this amount to this payee must not be ordered at this time. */
  public Optional<Objection> objectionTo(AccountId to, Amount amount, long timeMillis) {
    return objection(timeMillis)
        .or(
            () ->
                taking instanceof Taking.AtOnce
                    ? mismatch(to, amount)
                    : Optional.of(Objection.NEEDS_HOLD));
  }

  /** Why a hold of this amount for this payee must not be ordered at this time. */
  public Optional<Objection> objectionToHold(
      AccountId to, Amount amount, long heldUntilMillis, long timeMillis) {
    return objection(timeMillis)
        .or(
            () ->
                switch (taking) {
                  case Taking.AtOnce _ -> Optional.of(Objection.NEEDS_PAYMENT);
                  case Taking.FromHold(var end) when end != heldUntilMillis ->
                      mismatch(to, amount).or(() -> Optional.of(Objection.OTHER_HOLD_END));
                  case Taking.FromHold _ -> mismatch(to, amount);
                });
  }

  /** Why nobody may begin to pay at this time, whatever and how. */
  public Optional<Objection> objection(long timeMillis) {
    return switch (state) {
      case State.Paid _ -> Optional.of(Objection.ALREADY_PAID);
      case State.Authorised _ -> Optional.of(Objection.AUTHORISED);
      case State.Cancelled _ -> Optional.of(Objection.CANCELLED);
      case State.Open _ when timeMillis >= expiresMillis -> Optional.of(Objection.EXPIRED);
      case State.Open _ -> Optional.empty();
    };
  }

  /** Why nothing may be captured or voided at this time, as far as the gateway knows. */
  public Optional<Objection> objectionToCapture(long timeMillis) {
    return isHeld(timeMillis) ? Optional.empty() : Optional.of(Objection.NOT_AUTHORISED);
  }

  // Facts

  /** A final payment arrived that no hold stands behind. */
  public Step paid(Payment payment) {
    if (state instanceof State.Paid(var first, var _)) {
      return first.position().equals(payment.position())
          ? new Step.Unchanged()
          : new Step.Refused(Objection.ALREADY_PAID);
    }
    if (!(taking instanceof Taking.AtOnce)) return new Step.Refused(Objection.NEEDS_HOLD);
    return mismatch(payment.payee(), payment.amount())
        .<Step>map(Step.Refused::new)
        .orElseGet(() -> new Step.Changed(in(new State.Paid(payment, 0))));
  }

  /** A final hold arrived. */
  public Step authorised(Hold hold) {
    if (state instanceof State.Authorised(var first, var _, var _)) {
      return first.position().equals(hold.position())
          ? new Step.Unchanged()
          : new Step.Refused(Objection.AUTHORISED);
    }
    if (!(taking instanceof Taking.FromHold(var end))) {
      return new Step.Refused(Objection.NEEDS_PAYMENT);
    }
    if (hold.expiresMillis() != end) return new Step.Refused(Objection.OTHER_HOLD_END);
    return mismatch(hold.payee(), hold.amount())
        .<Step>map(Step.Refused::new)
        .orElseGet(() -> new Step.Changed(in(new State.Authorised(hold, List.of(), false))));
  }

  /**
   * A final capture arrived.
   *
   * @param hold what it was taken from
   * @param last whether the merchant let go of the rest with it
   */
  public Step captured(Position hold, Payment payment, boolean last) {
    if (!(state instanceof State.Authorised authorised)
        || !authorised.hold().position().equals(hold)) {
      return new Step.Refused(Objection.NOT_AUTHORISED);
    }
    for (var one : authorised.captures()) {
      if (one.payment().position().equals(payment.position())) return new Step.Unchanged();
    }
    var captures = new ArrayList<>(authorised.captures());
    captures.add(new Capture(payment, 0));
    captures.sort(Comparator.comparing(one -> one.payment().position()));
    var next = new State.Authorised(authorised.hold(), captures, authorised.ended() || last);
    return new Step.Changed(
        in(
            next.captured() < price.minorUnits()
                ? next
                : new State.Authorised(authorised.hold(), captures, true)));
  }

  /** A final release arrived: the merchant let go of what was left of the hold. */
  public Step voided(Position hold) {
    if (!(state instanceof State.Authorised authorised)
        || !authorised.hold().position().equals(hold)) {
      return new Step.Refused(Objection.NOT_AUTHORISED);
    }
    return authorised.ended()
        ? new Step.Unchanged()
        : new Step.Changed(
            in(new State.Authorised(authorised.hold(), authorised.captures(), true)));
  }

  /** The merchant takes it back. */
  public Step cancel(long timeMillis) {
    return state instanceof State.Cancelled
        ? new Step.Unchanged()
        : objection(timeMillis)
            .<Step>map(Step.Refused::new)
            .orElseGet(() -> new Step.Changed(in(new State.Cancelled())));
  }

  /**
   * A final refund arrived.
   *
   * @param payment what was given back: the payment, or one of the captures
   * @param refundedInAll the sum of all refunds of that payment so far, as the ledger counts it
   */
  public Step refunded(Position payment, long refundedInAll) {
    var of = payment(payment);
    if (of.isEmpty()) return new Step.Refused(Objection.NOT_PAID);
    // Sums only grow, so a refund that was seen before changes nothing.
    if (refundedInAll <= of.get().refunded()) return new Step.Unchanged();
    return new Step.Changed(
        in(
            switch (state) {
              case State.Paid(var paid, var _) -> new State.Paid(paid, refundedInAll);
              case State.Authorised(var hold, var captures, var ended) ->
                  new State.Authorised(
                      hold,
                      captures.stream()
                          .map(
                              one ->
                                  one.payment().position().equals(payment)
                                      ? new Capture(one.payment(), refundedInAll)
                                      : one)
                          .toList(),
                      ended);
              case State.Open _, State.Cancelled _ -> throw new AssertionError("paid by nothing");
            }));
  }

  // How it stands

  /** What was paid, in the chain's order: one payment, or the captures of a hold. */
  public List<Capture> payments() {
    return switch (state) {
      case State.Paid(var payment, var refunded) -> List.of(new Capture(payment, refunded));
      case State.Authorised(var _, var captures, var _) -> captures;
      case State.Open _, State.Cancelled _ -> List.of();
    };
  }

  /** What was paid at this position. */
  public Optional<Capture> payment(Position position) {
    return payments().stream().filter(one -> one.payment().position().equals(position)).findFirst();
  }

  /** How much was paid, in minor units. */
  public long paidInAll() {
    return payments().stream().mapToLong(one -> one.payment().amount().minorUnits()).sum();
  }

  /** How much was given back, in minor units. */
  public long refundedInAll() {
    return payments().stream().mapToLong(Capture::refunded).sum();
  }

  /** How much can still be given back, in minor units. */
  public long refundable() {
    return paidInAll() - refundedInAll();
  }

  /** How much can still be captured at this time, in minor units. */
  public long capturable(long timeMillis) {
    return isHeld(timeMillis) ? price.minorUnits() - paidInAll() : 0;
  }

  /** How it stands at this time. */
  public Status status(long timeMillis) {
    return switch (state) {
      case State.Open _ -> timeMillis >= expiresMillis ? Status.EXPIRED : Status.CREATED;
      case State.Cancelled _ -> Status.CANCELLED;
      case State.Authorised authorised when isHeld(timeMillis) ->
          authorised.captures().isEmpty() ? Status.AUTHORISED : Status.PARTLY_CAPTURED;
      case State.Authorised authorised when authorised.captures().isEmpty() ->
          authorised.ended() ? Status.VOIDED : Status.EXPIRED;
      case State.Paid _, State.Authorised _ -> {
        if (refundedInAll() == 0) yield Status.PAID;
        yield refundable() == 0 ? Status.REFUNDED : Status.PARTLY_REFUNDED;
      }
    };
  }

  private boolean isHeld(long timeMillis) {
    return state instanceof State.Authorised(var hold, var _, var ended)
        && !ended
        && timeMillis < hold.expiresMillis();
  }

  private Optional<Objection> mismatch(AccountId to, Amount amount) {
    if (!to.equals(payee)) return Optional.of(Objection.OTHER_PAYEE);
    return amount.equals(price) ? Optional.empty() : Optional.of(Objection.OTHER_AMOUNT);
  }

  private PaymentIntent in(State next) {
    return new PaymentIntent(id, payee, price, createdMillis, expiresMillis, taking, next);
  }
}
