package io.madang.payment.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.ledger.PayoutId;
import io.madang.payment.Seeds;
import io.madang.payment.iso20022.BankReport.Source;
import io.madang.payment.iso20022.StatusReport.Status;
import io.madang.payment.reconciliation.BankNews.Answered;
import io.madang.payment.reconciliation.BankNews.Credited;
import io.madang.payment.reconciliation.BankNews.Debited;
import io.madang.payment.reconciliation.Consequence.AskBank;
import io.madang.payment.reconciliation.Consequence.Confirm;
import io.madang.payment.reconciliation.Consequence.LookAt;
import io.madang.payment.reconciliation.Consequence.Puzzle;
import io.madang.payment.reconciliation.Consequence.VoidAttempt;
import io.madang.payment.reconciliation.Payout.Booking;
import io.madang.payment.reconciliation.SampleBank.Mood;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReconciliationTest {
  private static final int SEEDS = 40;
  private static final Payout PAYOUT = Payout.created(new PayoutId(1, 1), 500);
  private static final Booking BOOKING = new Booking("1", "N-1", "entry 0");

  private final List<Consequence> consequences = new ArrayList<>();

  private Payout after(BankNews... all) {
    var payout = PAYOUT;
    for (var news : all) {
      var step = Reconciliation.next(payout, news);
      consequences.addAll(step.consequences());
      payout = step.payout();
    }
    return payout;
  }

  private static Debited debited(Source source, String reference, long won) {
    return new Debited(source, new Booking("1", "N-1", reference), won);
  }

  private static Answered rejected() {
    return new Answered(Status.REJECTED, "AC04");
  }

  @Test
  void a_payout_is_confirmed_when_money_left_and_once() {
    var now =
        after(
            new BankNews.Sent(),
            new Answered(Status.SETTLED, ""),
            debited(Source.NOTIFICATION, "a", 500),
            debited(Source.STATEMENT, "b", 500),
            debited(Source.NOTIFICATION, "a", 500));
    assertThat(now.state()).isEqualTo(PayoutState.BOOKED);
    assertThat(consequences).containsExactly(new Confirm(PAYOUT.id()));
  }

  @Test
  void s3_a_rejected_payout_is_void_once_and_nothing_brings_it_back() {
    var now =
        after(
            new BankNews.Sent(),
            rejected(),
            rejected(),
            new Answered(Status.IN_PROCESS, ""),
            new BankNews.Silence(),
            new BankNews.Sent());
    assertThat(now.state()).isEqualTo(PayoutState.REJECTED);
    assertThat(consequences).containsExactly(new VoidAttempt(PAYOUT.id(), "AC04"));
  }

  @Test
  void s2_silence_asks_and_never_sends() {
    var now = after(new BankNews.Sent(), new BankNews.Silence(), new BankNews.Silence());
    assertThat(now.state()).isEqualTo(PayoutState.SENT);
    assertThat(consequences).containsExactly(new AskBank(PAYOUT.id()), new AskBank(PAYOUT.id()));
  }

  @Test
  void a_return_before_the_debit_is_known_is_a_return() {
    var now =
        after(
            new BankNews.Sent(),
            new Credited(Source.NOTIFICATION, BOOKING, 500, "AC06"),
            debited(Source.STATEMENT, "b", 500));
    assertThat(now.state()).isEqualTo(PayoutState.RETURNED);
    assertThat(consequences).containsExactly(new VoidAttempt(PAYOUT.id(), "AC06"));
  }

  @Test
  void a_rejection_after_payment_waits_for_the_money() {
    after(new BankNews.Sent(), debited(Source.NOTIFICATION, "a", 500), rejected());
    assertThat(consequences)
        .containsExactly(
            new Confirm(PAYOUT.id()),
            new LookAt(Puzzle.REJECTED_THOUGH_PAID, PAYOUT.id().toString()));
  }

  @Test
  void what_contradicts_itself_is_for_a_person() {
    after(rejected(), debited(Source.NOTIFICATION, "a", 500));
    after(new BankNews.Sent(), debited(Source.NOTIFICATION, "a", 501));
    after(debited(Source.STATEMENT, "a", 500), debited(Source.STATEMENT, "b", 500));
    after(new Answered(Status.UNKNOWN, ""));
    after(rejected(), new Answered(Status.SETTLED, ""));
    assertThat(consequences)
        .filteredOn(LookAt.class::isInstance)
        .extracting(one -> ((LookAt) one).puzzle())
        .containsExactly(
            Puzzle.BOOKED_THOUGH_REJECTED,
            Puzzle.WRONG_AMOUNT,
            Puzzle.BOOKED_TWICE,
            Puzzle.UNKNOWN_STATUS,
            Puzzle.PAID_THOUGH_REJECTED);
  }

  /** Every mood with many seeds, and a kill before each step that there is. */
  @ParameterizedTest
  @EnumSource
  void whatever_the_bank_does_each_payout_is_confirmed_at_most_once(Mood mood) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      int steps = live(mood, seed, Integer.MAX_VALUE);
      for (int kill = 0; kill < steps; kill += 1 + steps / 20) {
        live(mood, seed, kill);
      }
    }
  }

  /** Lives through a day, killed once after some steps; tells how many steps there are. */
  private static int live(Mood mood, long seed, int killAfter) {
    var random = Seeds.random(seed);
    var created = new ArrayList<Payout>();
    for (int i = 0; i < 1 + random.nextInt(8); i++) {
      created.add(Payout.created(new PayoutId(5, i), 1 + random.nextInt(100_000)));
    }
    var office = new Office(created);
    created.forEach(payout -> office.hear(payout.id(), new BankNews.Sent()));
    var bank = new SampleBank(mood, random, created);
    office.killAfter(killAfter);
    int steps = 0;
    for (var file : bank.files()) {
      try {
        office.read(file);
      } catch (Office.Killed _) {
        office.killAfter(Integer.MAX_VALUE);
        office.read(file);
      }
      steps += created.size();
    }
    office.killAfter(Integer.MAX_VALUE);
    created.forEach(payout -> office.hear(payout.id(), new BankNews.Silence()));
    judge(mood, bank, office, "%s, seed %d, killed after %d".formatted(mood, seed, killAfter));
    return steps;
  }

  private static void judge(Mood mood, SampleBank bank, Office office, String about) {
    var confirms = count(office, Confirm.class::isInstance);
    var voids = count(office, VoidAttempt.class::isInstance);
    for (var payout : office.all()) {
      assertThat(confirms.getOrDefault(payout.id().toString(), 0L)).as(about).isLessThan(2);
      assertThat(voids.getOrDefault(payout.id().toString(), 0L)).as(about).isLessThan(2);
    }
    long booked = sum(office, PayoutState.BOOKED);
    long ended = sum(office, PayoutState.REJECTED) + sum(office, PayoutState.RETURNED);
    switch (mood) {
      case IS_SILENT, BOOKS_WRONG_AMOUNTS -> {
        // Nothing is believed, nothing is paid again, and somebody hears of it.
        assertThat(booked + ended).as(about).isZero();
        assertThat(office.consequences)
            .as(about)
            .anyMatch(
                mood == Mood.IS_SILENT ? AskBank.class::isInstance : LookAt.class::isInstance);
      }
      default -> {
        assertThat(booked).as(about).isEqualTo(sum(bank.paid));
        assertThat(ended).as(about).isEqualTo(sum(bank.notPaid));
      }
    }
    if (mood == Mood.NAMES_UNKNOWN_PAYOUTS) {
      assertThat(office.consequences)
          .anyMatch(one -> one instanceof LookAt look && look.puzzle() == Puzzle.UNKNOWN_PAYOUT);
    }
    if (mood == Mood.SENDS_GARBAGE) {
      assertThat(office.refusedFiles).as(about).isPositive();
    }
  }

  private static Map<String, Long> count(Office office, Predicate<Consequence> which) {
    return office.consequences.stream()
        .filter(which)
        .collect(
            Collectors.groupingBy(
                one ->
                    switch (one) {
                      case Confirm(var payout) -> payout.toString();
                      case VoidAttempt(var payout, var _) -> payout.toString();
                      case AskBank(var payout) -> payout.toString();
                      case LookAt(var _, var subject) -> subject;
                    },
                Collectors.counting()));
  }

  private static long sum(Office office, PayoutState state) {
    return office.all().stream()
        .filter(payout -> payout.state() == state)
        .mapToLong(Payout::won)
        .sum();
  }

  private static long sum(Map<PayoutId, Long> amounts) {
    return amounts.values().stream().mapToLong(Long::longValue).sum();
  }
}
