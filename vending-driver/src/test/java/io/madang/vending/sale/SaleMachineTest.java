package io.madang.vending.sale;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.vending.machine.Decision;
import io.madang.vending.machine.MachineEvent;
import io.madang.vending.sale.JournalRecord.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SaleMachineTest {
  private final SaleRules rules =
      new SaleRules(
          new TreeMap<>(Map.of(17, 1_500L, 18, 2_000L)),
          Duration.ofSeconds(20),
          Duration.ofSeconds(60),
          true,
          Duration.ofSeconds(3));
  private SaleState state = SaleState.empty();
  private List<SaleAction> actions = List.of();
  private final List<JournalRecord> journal = new ArrayList<>();
  private long now;

  @BeforeEach
  void plugged_in() {
    on(new SaleEvent.LinkOpened());
  }

  @Test
  void writes_down_what_it_is_about_to_do_before_it_does_it() {
    machine(new MachineEvent.VendRequested(1_500, 17));
    on(new SaleEvent.Audited(1, 0, new Counters(40, 7)));
    on(new SaleEvent.CustomerConfirmed(1, "mina"));
    assertThat(actions)
        .containsExactly(
            write(Kind.HOLDING, new Counters(40, 7)), new SaleAction.Hold(1, "mina", 1_500));
    on(new SaleEvent.HoldAnswered(1, true));
    assertThat(actions)
        .containsExactly(
            write(Kind.APPROVING, new Counters(40, 7)),
            new SaleAction.HidePrice(1),
            new SaleAction.Approve(1, 1_500));
    on(new SaleEvent.ApprovalHandedOver(1, true));
    machine(new MachineEvent.VendSucceeded());
    assertThat(actions)
        .containsExactly(
            new SaleAction.HidePrice(1),
            write(Kind.DISPENSED, new Counters(40, 7)),
            new SaleAction.Capture(1, 1_500));
    on(new SaleEvent.Settled(1));
    assertThat(journal.getLast().kind()).isEqualTo(Kind.CAPTURED);
  }

  @Test
  void gives_the_money_back_when_the_coil_jams() {
    approved();
    machine(new MachineEvent.VendFailed());
    assertThat(actions).contains(new SaleAction.Release(1));
  }

  @Test
  void gives_the_money_back_when_the_approval_could_not_be_sent() {
    machine(new MachineEvent.VendRequested(1_500, 17));
    on(new SaleEvent.CustomerConfirmed(1, "mina"));
    on(new SaleEvent.HoldAnswered(1, true));
    on(new SaleEvent.ApprovalHandedOver(1, false));
    assertThat(actions).contains(new SaleAction.Release(1));
  }

  @Test
  void drops_an_approval_that_comes_after_the_customer_gave_up() {
    machine(new MachineEvent.VendRequested(1_500, 17));
    on(new SaleEvent.CustomerConfirmed(1, "mina"));
    machine(new MachineEvent.VendCancelled());
    assertThat(actions).contains(new SaleAction.Release(1));
    on(new SaleEvent.HoldAnswered(1, true));
    assertThat(actions).isEmpty();
  }

  @Test
  void holds_nothing_twice_when_the_customer_confirms_twice() {
    machine(new MachineEvent.VendRequested(1_500, 17));
    on(new SaleEvent.CustomerConfirmed(1, "mina"));
    on(new SaleEvent.CustomerConfirmed(1, "mina"));
    assertThat(actions).isEmpty();
  }

  @Test
  void denies_before_the_machine_loses_patience() {
    machine(new MachineEvent.VendRequested(1_500, 17));
    now += 20_000;
    on(new SaleEvent.Tick());
    assertThat(actions).contains(new SaleAction.Tell(new Decision.Deny()));
    assertThat(state.current()).isNull();
  }

  @Test
  void sells_nothing_at_a_price_that_is_not_ours() {
    machine(new MachineEvent.VendRequested(10, 17));
    assertThat(actions)
        .containsExactly(
            new SaleAction.Report(0, SaleAction.Incident.PRICE_NOT_OURS),
            new SaleAction.Tell(new Decision.Deny()));
  }

  @Test
  void moves_no_money_for_a_success_that_nobody_approved() {
    machine(new MachineEvent.VendSucceeded());
    assertThat(actions)
        .containsExactly(new SaleAction.Report(0, SaleAction.Incident.SUCCESS_WITHOUT_APPROVAL));
    machine(new MachineEvent.VendRequested(1_500, 17));
    machine(new MachineEvent.VendSucceeded());
    assertThat(actions)
        .containsExactly(new SaleAction.Report(1, SaleAction.Incident.SUCCESS_WITHOUT_APPROVAL));
  }

  @Test
  void captures_once_when_the_machine_says_success_twice_or_failure_after_it() {
    approved();
    machine(new MachineEvent.VendSucceeded());
    machine(new MachineEvent.VendSucceeded());
    assertThat(actions).noneMatch(SaleAction.Capture.class::isInstance);
    machine(new MachineEvent.VendFailed());
    assertThat(actions).isEmpty();
  }

  @Test
  void puts_no_cash_on_an_account_because_a_cable_says_so() {
    machine(new MachineEvent.RevalueAsked(50_000));
    assertThat(actions).containsExactly(new SaleAction.Tell(new Decision.RefuseRevalue()));
  }

  @Test
  void asks_the_counters_when_the_result_was_lost_and_only_after_the_machine_must_be_done() {
    approved();
    on(new SaleEvent.LinkLost());
    now += 59_000;
    on(new SaleEvent.Tick());
    assertThat(actions).isEmpty();
    now += 1_000;
    on(new SaleEvent.Tick());
    assertThat(actions).containsExactly(new SaleAction.ReadAudit(1, 1, 17));
    on(new SaleEvent.Audited(1, 1, new Counters(41, 8)));
    assertThat(actions).contains(new SaleAction.Capture(1, 1_500));
  }

  @Test
  void releases_when_the_counters_have_not_moved() {
    approved();
    now += 60_000;
    on(new SaleEvent.Tick());
    on(new SaleEvent.Audited(1, 1, new Counters(40, 9))); // two were bought with coins
    assertThat(actions).contains(new SaleAction.Release(1));
  }

  @Test
  void keeps_the_money_held_when_the_counters_contradict_and_a_person_decides() {
    approved();
    now += 60_000;
    on(new SaleEvent.Tick());
    on(new SaleEvent.Audited(1, 1, new Counters(42, 8)));
    assertThat(actions)
        .contains(new SaleAction.Report(1, SaleAction.Incident.COUNTERS_CONTRADICT))
        .noneMatch(SaleAction.Capture.class::isInstance)
        .noneMatch(SaleAction.Release.class::isInstance);
    assertThat(state.uncertain()).containsKey(1L);
    machine(new MachineEvent.VendRequested(1_500, 17));
    assertThat(state.currentSale()).isPresent(); // the machine sells on
    on(new SaleEvent.PersonDecided(1, true));
    assertThat(actions).contains(new SaleAction.Capture(1, 1_500));
  }

  @Test
  void believes_no_line_about_a_sale_once_the_machine_has_asked_for_another() {
    approved();
    machine(new MachineEvent.VendRequested(2_000, 18));
    assertThat(actions).contains(new SaleAction.Tell(new Decision.Deny()));
    machine(new MachineEvent.VendCancelled());
    machine(new MachineEvent.VendSucceeded());
    assertThat(actions)
        .noneMatch(SaleAction.Capture.class::isInstance)
        .noneMatch(SaleAction.Release.class::isInstance);
    assertThat(state.currentSale().orElseThrow().step()).isEqualTo(Kind.OVERTAKEN);
  }

  @Test
  void captures_of_what_was_paid_ahead_only_the_price() {
    on(new SaleEvent.SessionAsked("mina", 5_000));
    on(new SaleEvent.HoldAnswered(1, true));
    assertThat(actions).contains(new SaleAction.Tell(new Decision.BeginSession(5_000)));
    machine(new MachineEvent.VendRequested(2_000, 18));
    assertThat(actions).contains(new SaleAction.Approve(1, 2_000));
    on(new SaleEvent.ApprovalHandedOver(1, true));
    machine(new MachineEvent.VendSucceeded());
    assertThat(actions).contains(new SaleAction.Capture(1, 2_000));
  }

  @Test
  void denies_in_a_session_what_costs_more_than_is_held() {
    on(new SaleEvent.SessionAsked("mina", 1_600));
    on(new SaleEvent.HoldAnswered(1, true));
    machine(new MachineEvent.VendRequested(2_000, 18));
    assertThat(actions).containsExactly(new SaleAction.Tell(new Decision.Deny()));
    machine(new MachineEvent.SessionEnded());
    assertThat(actions).contains(new SaleAction.Release(1));
  }

  @Test
  void goes_on_from_its_journal_after_a_crash_at_any_record() {
    approved();
    var written = List.copyOf(journal);
    for (var length = 1; length <= written.size(); length++) {
      var records = written.subList(0, length);
      state = SaleState.of(records);
      on(new SaleEvent.Resumed());
      switch (records.getLast().kind()) {
        case REQUESTED -> assertThat(state.currentSale()).isEmpty();
        case HOLDING -> assertThat(actions).contains(new SaleAction.Release(1));
        default -> assertThat(state.currentSale().orElseThrow().isCommitted()).isTrue();
      }
      assertThat(state.lastNumber()).isEqualTo(1);
    }
  }

  private void approved() {
    machine(new MachineEvent.VendRequested(1_500, 17));
    on(new SaleEvent.Audited(1, 0, new Counters(40, 7)));
    on(new SaleEvent.CustomerConfirmed(1, "mina"));
    on(new SaleEvent.HoldAnswered(1, true));
    on(new SaleEvent.ApprovalHandedOver(1, true));
  }

  private void machine(MachineEvent event) {
    on(new SaleEvent.FromMachine(event));
  }

  private void on(SaleEvent event) {
    var step = SaleMachine.on(state, event, rules, now);
    state = step.next();
    actions = step.actions();
    for (var action : actions) {
      if (action instanceof SaleAction.Write(var record)) {
        journal.add(record);
      }
    }
  }

  private static SaleAction write(Kind kind, Counters before) {
    return new SaleAction.Write(new JournalRecord(1, kind, 17, 1_500, before));
  }
}
