package io.madang.vending.sale;

import org.jspecify.annotations.Nullable;

/**
 * A sale that is not at its end.
 *
 * @param step the last record written of it
 * @param session whether the customer paid ahead
 * @param won the price; in a session what is held, until an item is chosen
 * @param deadlineMillis when something must happen, on the agent's monotonic clock
 * @param audits how often the counters were asked for in the present step
 */
public record Sale(
    long number,
    JournalRecord.Kind step,
    boolean session,
    int item,
    long won,
    @Nullable Counters before,
    long deadlineMillis,
    int audits) {
  Sale at(JournalRecord.Kind nextStep, long nextDeadlineMillis) {
    return new Sale(number, nextStep, session, item, won, before, nextDeadlineMillis, 0);
  }

  Sale choosing(int chosenItem, long price) {
    return new Sale(number, step, session, chosenItem, price, before, deadlineMillis, audits);
  }

  Sale knowing(Counters counters) {
    return new Sale(number, step, session, item, won, counters, deadlineMillis, audits);
  }

  Sale askedAgain(long nextDeadlineMillis) {
    return new Sale(number, step, session, item, won, before, nextDeadlineMillis, audits + 1);
  }

  JournalRecord record() {
    return new JournalRecord(number, step, item, won, before);
  }

  /** Whether the approval may have reached the machine and the result is not known. */
  public boolean isCommitted() {
    return switch (step) {
      case APPROVING, APPROVED, DOUBTED, OVERTAKEN -> true;
      default -> false;
    };
  }
}
