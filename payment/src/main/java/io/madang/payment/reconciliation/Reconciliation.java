package io.madang.payment.reconciliation;

import io.madang.payment.reconciliation.BankNews.Answered;
import io.madang.payment.reconciliation.BankNews.Credited;
import io.madang.payment.reconciliation.BankNews.Debited;
import io.madang.payment.reconciliation.Consequence.AskBank;
import io.madang.payment.reconciliation.Consequence.Confirm;
import io.madang.payment.reconciliation.Consequence.LookAt;
import io.madang.payment.reconciliation.Consequence.Puzzle;
import io.madang.payment.reconciliation.Consequence.VoidAttempt;
import java.util.List;

/**
 * The life of a payout at the bank, as a function: what was known, and news, give what is known now
 * and what to do about it. News may repeat, come late or out of order; the same news a second time
 * changes nothing.
 *
 * <p>It never leads back from a void attempt, it confirms and voids at most once, and it knows no
 * way to send anything again.
 */
public final class Reconciliation {
  private Reconciliation() {}

  /** What is known now, and what to do. */
  public record Step(Payout payout, List<Consequence> consequences) {
    public Step {
      consequences = List.copyOf(consequences);
    }
  }

  /** What follows from news of a payout. */
  public static Step next(Payout payout, BankNews news) {
    return switch (news) {
      case BankNews.Sent _ ->
          payout.state() == PayoutState.CREATED
              ? step(payout.in(PayoutState.SENT, ""))
              : step(payout);
      case Answered answered -> answered(payout, answered);
      case Debited debited -> debited(payout, debited);
      case Credited credited -> credited(payout, credited);
      case BankNews.Silence _ -> silence(payout);
    };
  }

  private static Step answered(Payout payout, Answered news) {
    return switch (news.status()) {
      case IN_PROCESS ->
          switch (payout.state()) {
            // An answer proves that the bank has it, whatever we remember of sending.
            case CREATED, SENT -> step(payout.in(PayoutState.ACCEPTED, ""));
            case ACCEPTED, SETTLED, BOOKED, REJECTED, RETURNED -> step(payout);
          };
      case SETTLED ->
          switch (payout.state()) {
            case CREATED, SENT, ACCEPTED -> step(payout.in(PayoutState.SETTLED, ""));
            case SETTLED, BOOKED, RETURNED -> step(payout);
            case REJECTED -> lookAt(payout, Puzzle.PAID_THOUGH_REJECTED);
          };
      case REJECTED ->
          switch (payout.state()) {
            case CREATED, SENT, ACCEPTED ->
                step(
                    payout.in(PayoutState.REJECTED, news.reason()),
                    new VoidAttempt(payout.id(), news.reason()));
            // Only the money itself undoes a payment.
            case SETTLED, BOOKED -> lookAt(payout, Puzzle.REJECTED_THOUGH_PAID);
            case REJECTED, RETURNED -> step(payout);
          };
      case UNKNOWN -> lookAt(payout, Puzzle.UNKNOWN_STATUS);
      case NONE, PARTLY -> step(payout);
    };
  }

  private static Step debited(Payout payout, Debited news) {
    if (news.won() != payout.won()) {
      return lookAt(payout, Puzzle.WRONG_AMOUNT);
    }
    var before = payout.debits().get(news.source());
    if (before != null) {
      return before.equals(news.booking()) ? step(payout) : lookAt(payout, Puzzle.BOOKED_TWICE);
    }
    boolean isFirst = payout.debits().isEmpty();
    var now = payout.debited(news.source(), news.booking());
    return switch (payout.state()) {
      case CREATED, SENT, ACCEPTED, SETTLED ->
          step(now.in(PayoutState.BOOKED, ""), new Confirm(payout.id()));
      // The return came first, or the statement tells what the notification told.
      case BOOKED, RETURNED -> step(now);
      case REJECTED -> isFirst ? lookAt(now, Puzzle.BOOKED_THOUGH_REJECTED) : step(now);
    };
  }

  private static Step credited(Payout payout, Credited news) {
    if (news.won() != payout.won()) {
      return lookAt(payout, Puzzle.WRONG_AMOUNT);
    }
    var before = payout.credits().get(news.source());
    if (before != null) {
      return before.equals(news.booking()) ? step(payout) : lookAt(payout, Puzzle.BOOKED_TWICE);
    }
    var now = payout.credited(news.source(), news.booking());
    return switch (payout.state()) {
      case CREATED, SENT, ACCEPTED, SETTLED, BOOKED ->
          step(
              now.in(PayoutState.RETURNED, news.reason()),
              new VoidAttempt(payout.id(), news.reason()));
      case REJECTED, RETURNED -> step(now);
    };
  }

  private static Step silence(Payout payout) {
    return switch (payout.state()) {
      case SENT, ACCEPTED, SETTLED -> step(payout, new AskBank(payout.id()));
      case CREATED, BOOKED, REJECTED, RETURNED -> step(payout);
    };
  }

  private static Step step(Payout payout, Consequence... consequences) {
    return new Step(payout, List.of(consequences));
  }

  private static Step lookAt(Payout payout, Puzzle puzzle) {
    return step(payout, new LookAt(puzzle, payout.id().toString()));
  }
}
