package io.madang.payment.reconciliation;

import io.madang.ledger.PayoutId;
import io.madang.payment.iso20022.BankReport;
import io.madang.payment.iso20022.StatusReport;
import io.madang.payment.iso20022.StatusReport.Status;
import io.madang.payment.reconciliation.Consequence.LookAt;
import io.madang.payment.reconciliation.Consequence.Puzzle;
import io.madang.payment.reconciliation.Payout.Booking;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds the payouts that a bank's file is about, in this order: by end-to-end id; a booking of many
 * by the file's name, count and sum; else the work list.
 */
public final class BankMatcher {
  private final Payouts payouts;

  /** The payouts as they are known; read only. */
  public interface Payouts {
    Optional<Payout> find(PayoutId id);

    /** The payouts of a file that was sent, in its order; empty when there is no such file. */
    List<Payout> ofFile(String messageId);

    /** Whether this is the number of the account that pays. */
    boolean isOurs(String accountNumber);
  }

  /** News of one payout. */
  public record Match(PayoutId payout, BankNews news) {}

  /** What a file says: news of payouts, in its order, and what nobody could match. */
  public record Matched(List<Match> matches, List<LookAt> workList) {
    public Matched {
      matches = List.copyOf(matches);
      workList = List.copyOf(workList);
    }
  }

  public BankMatcher(Payouts payouts) {
    this.payouts = payouts;
  }

  /** Matches an answer. */
  public Matched match(StatusReport report) {
    var matching = new Matching();
    var file = payouts.ofFile(report.originalMessageId());
    if (file.isEmpty()) {
      return matching.lookAt(Puzzle.UNKNOWN_FILE, report.originalMessageId()).done();
    }
    var inFile = file.stream().map(Payout::id).collect(Collectors.toSet());
    var group = report.group();
    for (var transaction : report.transactions()) {
      var id = known(transaction.endToEndId());
      // A payout of another file: the answer is not about it.
      if (id.isEmpty() || !inFile.contains(id.get())) {
        matching.lookAt(Puzzle.UNKNOWN_PAYOUT, report.messageId() + " " + transaction.endToEndId());
      } else {
        matching.add(id.get(), new BankNews.Answered(transaction.status(), transaction.reason()));
      }
    }
    // A file that is taken or refused as a whole names no payouts.
    if (report.transactions().isEmpty()) {
      if (group.status() == Status.UNKNOWN || group.status() == Status.NONE) {
        return matching.lookAt(Puzzle.UNKNOWN_STATUS, report.messageId()).done();
      }
      for (var payout : file) {
        matching.add(payout.id(), new BankNews.Answered(group.status(), group.reason()));
      }
    }
    return matching.done();
  }

  /** Matches bookings; those that are not final yet are left for the report in which they are. */
  public Matched match(BankReport report) {
    var matching = new Matching();
    for (var account : report.accounts()) {
      if (!payouts.isOurs(account.number())) {
        matching.lookAt(Puzzle.UNKNOWN_ACCOUNT, report.messageId());
        continue;
      }
      for (var entry : account.entries()) {
        if (entry.booked()) {
          match(matching, report.source(), account, entry);
        }
      }
    }
    return matching.done();
  }

  private void match(
      Matching matching,
      BankReport.Source source,
      BankReport.Account account,
      BankReport.Entry entry) {
    var whole = new Booking(account.number(), account.id(), entry.reference());
    if (entry.details().isEmpty()) {
      matchBatch(matching, source, entry, whole);
      return;
    }
    long sum = 0;
    for (var detail : entry.details()) {
      sum += detail.credit() == entry.credit() ? detail.won() : -detail.won();
    }
    if (sum != entry.won()) {
      matching.lookAt(Puzzle.WRONG_AMOUNT, name(whole));
      return;
    }
    int index = 0;
    for (var detail : entry.details()) {
      // Each detail by itself: one payout twice in one booking is paid twice.
      var booking = new Booking(account.number(), account.id(), entry.reference() + "/" + index++);
      var id = known(detail.endToEndId());
      if (id.isEmpty()) {
        matching.lookAt(Puzzle.UNKNOWN_PAYOUT, name(booking) + " " + detail.endToEndId());
      } else if (detail.credit()) {
        matching.add(
            id.get(), new BankNews.Credited(source, booking, detail.won(), detail.returnReason()));
      } else {
        matching.add(id.get(), new BankNews.Debited(source, booking, detail.won()));
      }
    }
  }

  /** One booking for a whole file: all that was not refused must add up to it, to the won. */
  private void matchBatch(
      Matching matching, BankReport.Source source, BankReport.Entry entry, Booking booking) {
    if (entry.batch().isEmpty() || entry.credit()) {
      matching.lookAt(Puzzle.OTHER_BOOKING, name(booking));
      return;
    }
    var expected =
        payouts.ofFile(entry.batch()).stream()
            .filter(payout -> payout.state() != PayoutState.REJECTED)
            .toList();
    long sum = expected.stream().mapToLong(Payout::won).sum();
    if (expected.isEmpty() || expected.size() != entry.batchCount() || sum != entry.won()) {
      matching.lookAt(Puzzle.BATCH_MISMATCH, name(booking));
      return;
    }
    for (var payout : expected) {
      matching.add(payout.id(), new BankNews.Debited(source, booking, payout.won()));
    }
  }

  private Optional<PayoutId> known(String endToEndId) {
    return PayoutId.isPayoutId(endToEndId)
        ? payouts.find(PayoutId.parse(endToEndId)).map(Payout::id)
        : Optional.empty();
  }

  private static String name(Booking booking) {
    return booking.report() + " " + booking.reference();
  }

  private static final class Matching {
    private final List<Match> matches = new ArrayList<>();
    private final List<LookAt> workList = new ArrayList<>();

    void add(PayoutId payout, BankNews news) {
      matches.add(new Match(payout, news));
    }

    Matching lookAt(Puzzle puzzle, String subject) {
      workList.add(new LookAt(puzzle, subject));
      return this;
    }

    Matched done() {
      return new Matched(matches, workList);
    }
  }
}
