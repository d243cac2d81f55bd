package io.madang.payment.settlement;

import io.madang.chain.Hash;
import io.madang.payment.settlement.ClosingNews.AllRecorded;
import io.madang.payment.settlement.ClosingNews.Approved;
import io.madang.payment.settlement.ClosingNews.Computed;
import io.madang.payment.settlement.ClosingNews.CutOff;
import io.madang.payment.settlement.ClosingNews.Delivered;
import io.madang.payment.settlement.ClosingNews.FileMade;
import io.madang.payment.settlement.ClosingNews.Leaving;
import io.madang.payment.settlement.ClosingNews.PayoutsEnded;
import java.time.LocalDate;

/**
 * The close of one day, step by step: what was reached is stored after each step, and {@link
 * #nextAct} says what to do next. Whoever is killed between the two does the same step again and
 * comes to the same result, because every step but one may be done twice. The one is the delivery
 * of the file: that it is about to leave is stored first, and after that it is only asked for.
 *
 * @param computed stands for every figure of the run; {@link #NOTHING} before it was made
 * @param file the hash of the payout file; {@link #NOTHING} before it was made, or when nobody is
 *     paid
 */
public record Closing(LocalDate day, Stage stage, Hash computed, Hash file) {
  /** What stands for no content yet. */
  public static final Hash NOTHING = Hash.of(new byte[Hash.LENGTH]);

  /** What was reached. */
  public enum Stage {
    /** The day has not ended. */
    OPEN,
    /** It has; nothing was computed. */
    ENDED,
    /** Every merchant's figures are stored. */
    COMPUTED,
    /** Enough approvers signed them. */
    APPROVED,
    /** Every merchant's settlement is on the chain; the payout file comes next. */
    RECORDED,
    /** The file is stored. */
    FILED,
    /** The file may have left. */
    LEAVING,
    /** The bank has the file, or there was none to send. */
    DELIVERED,
    /** Every payout is booked, or void. */
    CLOSED
  }

  /** What to do next. */
  public enum NextAct {
    WAIT_FOR_CUT_OFF,
    /** Run {@link SettlementRun} and store its days. */
    COMPUTE,
    WAIT_FOR_APPROVAL,
    /** Send each merchant's settlement; the same statement again is answered as the first time. */
    RECORD,
    /** Write the payout file and store it. */
    MAKE_FILE,
    /** Store {@link Stage#LEAVING} before anything else. */
    PREPARE_DELIVERY,
    /** Give the file to the bank, once: only by whoever has just stored that it leaves. */
    DELIVER,
    /** Ask the bank whether it has the file; never send it again. */
    ASK_FOR_FILE,
    /** Read what the bank says of each payout. */
    RECONCILE,
    NOTHING
  }

  /** A day that goes on still. */
  public static Closing of(LocalDate day) {
    return new Closing(day, Stage.OPEN, NOTHING, NOTHING);
  }

  /** What to do after a start, knowing nothing but what was stored. */
  public NextAct nextAct() {
    return switch (stage) {
      case OPEN -> NextAct.WAIT_FOR_CUT_OFF;
      case ENDED -> NextAct.COMPUTE;
      case COMPUTED -> NextAct.WAIT_FOR_APPROVAL;
      case APPROVED -> NextAct.RECORD;
      case RECORDED -> NextAct.MAKE_FILE;
      case FILED -> NextAct.PREPARE_DELIVERY;
      case LEAVING -> NextAct.ASK_FOR_FILE;
      case DELIVERED -> NextAct.RECONCILE;
      case CLOSED -> NextAct.NOTHING;
    };
  }

  /** What to store, and what to do once it is stored. */
  public record Step(Closing closing, NextAct nextAct) {}

  /**
   * What news lead to. News of a step that is behind change nothing.
   *
   * @throws IllegalStateException when a step that is done again comes to something else than the
   *     first time, or a step is told before the one that it needs: a bug, and nothing may go on
   */
  public Step next(ClosingNews news) {
    return switch (news) {
      case CutOff _ -> stage == Stage.OPEN ? to(Stage.ENDED) : stay();
      case Computed(var digest) -> {
        if (isBehind(Stage.ENDED)) {
          requireSame(computed, digest);
          yield stay();
        }
        requireAt(Stage.ENDED);
        yield step(new Closing(day, Stage.COMPUTED, digest, file));
      }
      case Approved(var digest) -> {
        requireSame(computed, digest);
        yield advance(Stage.COMPUTED, Stage.APPROVED);
      }
      case AllRecorded _ -> advance(Stage.APPROVED, Stage.RECORDED);
      case FileMade(var hash) -> {
        if (isBehind(Stage.RECORDED)) {
          requireSame(file, hash);
          yield stay();
        }
        requireAt(Stage.RECORDED);
        var next = hash.equals(NOTHING) ? Stage.DELIVERED : Stage.FILED;
        yield step(new Closing(day, next, computed, hash));
      }
      case Leaving _ -> {
        requireAt(Stage.FILED);
        // The only place that leads to a delivery, and it cannot be passed twice.
        yield new Step(new Closing(day, Stage.LEAVING, computed, file), NextAct.DELIVER);
      }
      case Delivered _ -> advance(Stage.LEAVING, Stage.DELIVERED);
      case PayoutsEnded _ -> advance(Stage.DELIVERED, Stage.CLOSED);
    };
  }

  private Step advance(Stage from, Stage to) {
    if (isBehind(from)) {
      return stay();
    }
    requireAt(from);
    return to(to);
  }

  private boolean isBehind(Stage other) {
    return stage.compareTo(other) > 0;
  }

  private Step to(Stage next) {
    return step(new Closing(day, next, computed, file));
  }

  private Step stay() {
    return step(this);
  }

  private static Step step(Closing closing) {
    return new Step(closing, closing.nextAct());
  }

  private void requireAt(Stage wanted) {
    if (stage != wanted) {
      throw new IllegalStateException("the day " + day + " is " + stage + ", not " + wanted);
    }
  }

  private void requireSame(Hash first, Hash again) {
    if (!first.equals(again)) {
      throw new IllegalStateException("the day " + day + " came to something else: " + again);
    }
  }
}
