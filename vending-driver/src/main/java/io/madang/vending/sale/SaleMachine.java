package io.madang.vending.sale;

import static io.madang.vending.sale.JournalRecord.Kind.APPROVED;
import static io.madang.vending.sale.JournalRecord.Kind.APPROVING;
import static io.madang.vending.sale.JournalRecord.Kind.CAPTURED;
import static io.madang.vending.sale.JournalRecord.Kind.DENIED;
import static io.madang.vending.sale.JournalRecord.Kind.DISPENSED;
import static io.madang.vending.sale.JournalRecord.Kind.DOUBTED;
import static io.madang.vending.sale.JournalRecord.Kind.HELD;
import static io.madang.vending.sale.JournalRecord.Kind.HOLDING;
import static io.madang.vending.sale.JournalRecord.Kind.NOT_DISPENSED;
import static io.madang.vending.sale.JournalRecord.Kind.OVERTAKEN;
import static io.madang.vending.sale.JournalRecord.Kind.RELEASED;
import static io.madang.vending.sale.JournalRecord.Kind.REQUESTED;
import static io.madang.vending.sale.JournalRecord.Kind.UNCERTAIN;

import io.madang.vending.machine.Decision;
import io.madang.vending.machine.MachineEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rules of money: no item without payment, no payment without item. Pure.
 *
 * <p>Until an approval is written, everything that goes wrong lets the money go. From then on only
 * the machine's own word decides, or its counters, or a person; what cannot be known stays held.
 * Bytes from the cable never touch money beyond the one hold of the sale at the machine.
 */
public final class SaleMachine {
  private static final int AUDIT_TRIES = 3;

  /** What follows from one event. */
  public record Step(SaleState next, List<SaleAction> actions) {
    public Step {
      actions = List.copyOf(actions);
    }
  }

  private final SaleRules rules;
  private final long nowMillis;
  private final List<SaleAction> actions = new ArrayList<>();
  private final TreeMap<Long, Sale> settling;
  private final TreeMap<Long, Sale> uncertain;
  private long lastNumber;
  private boolean linkOpen;
  private @Nullable Sale current;

  private SaleMachine(SaleState state, SaleRules rules, long nowMillis) {
    this.rules = rules;
    this.nowMillis = nowMillis;
    settling = new TreeMap<>(state.settling());
    uncertain = new TreeMap<>(state.uncertain());
    lastNumber = state.lastNumber();
    linkOpen = state.linkOpen();
    current = state.current();
  }

  /**
   * Decides what follows.
   *
   * @param nowMillis a monotonic clock; set clocks do not matter here
   */
  public static Step on(SaleState state, SaleEvent event, SaleRules rules, long nowMillis) {
    var turn = new SaleMachine(state, rules, nowMillis);
    turn.on(event);
    return new Step(
        new SaleState(turn.lastNumber, turn.linkOpen, turn.current, turn.settling, turn.uncertain),
        turn.actions);
  }

  private void on(SaleEvent event) {
    switch (event) {
      case SaleEvent.FromMachine(var said) -> onMachine(said);
      case SaleEvent.CustomerConfirmed(var number, var payer) -> {
        var sale = current(number, REQUESTED);
        if (sale != null) {
          move(sale.at(HOLDING, sale.deadlineMillis()));
          actions.add(new SaleAction.Hold(number, payer, sale.won()));
        }
      }
      case SaleEvent.SessionAsked(var payer, var won) -> askForSession(payer, won);
      case SaleEvent.HoldAnswered(var number, var held) -> onHold(number, held);
      case SaleEvent.Settled(var number) -> onSettled(number);
      case SaleEvent.ApprovalHandedOver(var number, var mayBeWritten) -> {
        var sale = current(number, APPROVING);
        if (sale != null && mayBeWritten) {
          move(sale.at(APPROVED, in(rules.resultWithin().toMillis())));
        } else if (sale != null) {
          release(sale);
        }
      }
      case SaleEvent.Audited(var number, var attempt, var counters) ->
          onAudit(number, attempt, counters);
      case SaleEvent.AuditFailed(var number) -> {
        var sale = current;
        // In doubt, the clock asks again.
        if (sale != null
            && sale.number() == number
            && !sale.isCommitted()
            && sale.audits() < AUDIT_TRIES) {
          current = sale.askedAgain(sale.deadlineMillis());
          readCountersBefore();
        }
      }
      case SaleEvent.LinkOpened _ -> {
        linkOpen = true;
        // Whatever the machine still has to say comes now.
        waitForResult();
      }
      case SaleEvent.LinkLost _ -> {
        linkOpen = false;
        dropOrDoubt();
      }
      case SaleEvent.Tick _ -> onTick();
      case SaleEvent.Resumed _ -> resume();
      case SaleEvent.PersonDecided(var number, var dispensed) -> {
        var sale = uncertain.remove(number);
        if (sale != null) {
          settle(sale, dispensed ? DISPENSED : NOT_DISPENSED);
        }
      }
    }
  }

  private void onMachine(MachineEvent event) {
    switch (event) {
      case MachineEvent.VendRequested(var won, var item) -> onRequest(won, item);
      case MachineEvent.VendSucceeded _ -> onSuccess();
      case MachineEvent.VendFailed _ -> onNoVend();
      case MachineEvent.VendCancelled _ -> {
        // In a session the customer may choose again.
        if (current == null || current.step() != HELD) {
          onNoVend();
        }
      }
      case MachineEvent.MachineReset _ -> onReset();
      case MachineEvent.SessionEnded _ -> dropOrDoubt();
      case MachineEvent.DecisionRefused _ -> {
        if (current != null && current.step() == HELD) {
          release(current);
        } else if (current != null && current.isCommitted()) {
          doubt(current);
        }
      }
      case MachineEvent.CashSold(var won, var item) ->
          actions.add(new SaleAction.CashSold(item, won));
      case MachineEvent.RevalueAsked _ ->
          // A cable cannot make money: no bytes of a machine put coins on an account.
          actions.add(new SaleAction.Tell(new Decision.RefuseRevalue()));
      case MachineEvent.Enabled _,
          MachineEvent.Disabled _,
          MachineEvent.SessionOpened _,
          MachineEvent.Unintelligible _ -> {}
    }
  }

  private void onRequest(long won, int item) {
    var sale = current;
    if (sale != null && sale.isCommitted()) {
      // It is done with the last one and its word about that was lost; the counters will tell.
      if (sale.step() != OVERTAKEN) {
        move(sale.at(OVERTAKEN, in(rules.resultWithin().toMillis())));
      }
      actions.add(new SaleAction.Tell(new Decision.Deny()));
      return;
    }
    if (!rules.sells(item, won)) {
      actions.add(new SaleAction.Report(0, SaleAction.Incident.PRICE_NOT_OURS));
      actions.add(new SaleAction.Tell(new Decision.Deny()));
      return;
    }
    if (sale != null && sale.step() == HELD) {
      if (won <= sale.won()) {
        approve(sale.choosing(item, won));
      } else {
        actions.add(new SaleAction.Tell(new Decision.Deny()));
      }
      return;
    }
    if (sale != null) {
      if (!sale.session() && sale.won() == won && sale.item() == item) {
        return; // the same again: a doubled line
      }
      drop(sale);
    }
    var fresh = fresh(false, item, won);
    move(fresh);
    actions.add(new SaleAction.ShowPrice(fresh.number(), item, won));
    readCountersBefore();
  }

  private void onSuccess() {
    if (current != null && current.isCommitted() && current.step() != OVERTAKEN) {
      settleCurrent(current, DISPENSED);
    } else {
      actions.add(
          new SaleAction.Report(
              current == null ? 0 : current.number(),
              SaleAction.Incident.SUCCESS_WITHOUT_APPROVAL));
    }
  }

  private void onNoVend() {
    if (current == null || current.step() == OVERTAKEN) {
      return;
    }
    if (current.isCommitted()) {
      release(current);
    } else {
      drop(current);
    }
  }

  private void onReset() {
    if (current != null && current.isCommitted() && !rules.audited()) {
      if (current.step() != OVERTAKEN) {
        actions.add(
            new SaleAction.Report(current.number(), SaleAction.Incident.RESET_AFTER_APPROVAL));
        settleCurrent(current, DISPENSED);
      }
    } else {
      dropOrDoubt();
    }
  }

  private void onHold(long number, boolean held) {
    var sale = current(number, HOLDING);
    if (sale == null) {
      return; // too late: the release that was sent meanwhile undoes it
    }
    if (!held) {
      finish(sale, DENIED);
      if (!sale.session()) {
        actions.add(new SaleAction.Tell(new Decision.Deny()));
      }
    } else if (sale.session()) {
      move(sale.at(HELD, in(rules.payWithin().toMillis())));
      readCountersBefore();
      actions.add(new SaleAction.Tell(new Decision.BeginSession(sale.won())));
    } else {
      approve(sale);
    }
  }

  private void approve(Sale sale) {
    move(sale.at(APPROVING, in(rules.resultWithin().toMillis())));
    actions.add(new SaleAction.HidePrice(sale.number()));
    actions.add(new SaleAction.Approve(sale.number(), sale.won()));
  }

  private void askForSession(String payer, long won) {
    if (current != null || !linkOpen || won <= 0) {
      return;
    }
    var sale = fresh(true, 0, won);
    move(sale);
    move(sale.at(HOLDING, sale.deadlineMillis()));
    actions.add(new SaleAction.Hold(sale.number(), payer, won));
  }

  private void onAudit(long number, int attempt, Counters counters) {
    var sale = current;
    if (sale == null || sale.number() != number) {
      return;
    }
    if (!sale.isCommitted()) {
      current = sale.knowing(counters);
      return;
    }
    var before = sale.before();
    // What was read before the approval says nothing about what came of it.
    if (before == null || attempt == 0 || attempt != sale.audits()) {
      return;
    }
    var cashless = counters.cashless() - before.cashless();
    var ofItem = counters.ofItem() - before.ofItem();
    // A session's counters were read before an item was chosen: its own counter says nothing.
    if (cashless == 1 && (ofItem >= 1 || sale.session())) {
      settleCurrent(sale, DISPENSED);
    } else if (cashless == 0 && ofItem >= 0) {
      release(sale);
    } else {
      park(sale, SaleAction.Incident.COUNTERS_CONTRADICT);
    }
  }

  private void onTick() {
    var retry = rules.retryAfter().toMillis();
    for (var sale : List.copyOf(settling.values())) {
      if (nowMillis >= sale.deadlineMillis()) {
        ask(sale);
        settling.put(sale.number(), sale.askedAgain(in(retry)));
      }
    }
    var sale = current;
    if (sale == null) {
      return;
    }
    if (!sale.isCommitted()) {
      if (nowMillis >= sale.deadlineMillis()) {
        if (linkOpen) {
          actions.add(
              new SaleAction.Tell(
                  sale.session() ? new Decision.EndSession() : new Decision.Deny()));
        }
        drop(sale);
      }
      return;
    }
    if (nowMillis < sale.deadlineMillis()) {
      return;
    }
    if (sale.step() == APPROVING || sale.step() == APPROVED) {
      sale = sale.at(DOUBTED, nowMillis);
      move(sale);
    }
    if (!rules.audited() || sale.before() == null || sale.audits() >= AUDIT_TRIES) {
      park(sale, SaleAction.Incident.UNCERTAIN);
    } else {
      current = sale.askedAgain(in(retry));
      actions.add(new SaleAction.ReadAudit(sale.number(), current.audits(), sale.item()));
    }
  }

  private void resume() {
    for (var sale : settling.values()) {
      ask(sale);
    }
    settling.replaceAll((_, sale) -> sale.askedAgain(in(rules.retryAfter().toMillis())));
    dropOrDoubt();
    waitForResult();
  }

  private void onSettled(long number) {
    var sale = settling.remove(number);
    if (sale != null) {
      var outcome = sale.step() == DISPENSED ? CAPTURED : RELEASED;
      write(sale.at(outcome, Long.MAX_VALUE));
      actions.add(new SaleAction.Finished(number, outcome));
    }
  }

  // The machine is not there, or not where it was.
  private void dropOrDoubt() {
    if (current == null) {
      return;
    }
    if (current.isCommitted()) {
      doubt(current);
    } else if (!(current.session() && current.step() == HOLDING && linkOpen)) {
      drop(current);
    }
  }

  /** Before an approval: nothing was promised. */
  private void drop(Sale sale) {
    if (sale.step() == REQUESTED) {
      finish(sale, DENIED);
    } else {
      release(sale);
    }
  }

  private void doubt(Sale sale) {
    if (sale.step() == APPROVING || sale.step() == APPROVED) {
      move(sale.at(DOUBTED, in(rules.resultWithin().toMillis())));
    }
  }

  private void waitForResult() {
    if (current != null && current.isCommitted()) {
      current = current.at(current.step(), in(rules.resultWithin().toMillis()));
    }
  }

  private void release(Sale sale) {
    settleCurrent(sale, NOT_DISPENSED);
  }

  private void settleCurrent(Sale sale, JournalRecord.Kind outcome) {
    current = null;
    actions.add(new SaleAction.HidePrice(sale.number()));
    settle(sale, outcome);
  }

  private void settle(Sale sale, JournalRecord.Kind outcome) {
    var decided = sale.at(outcome, in(rules.retryAfter().toMillis()));
    write(decided);
    settling.put(sale.number(), decided);
    ask(decided);
  }

  private void ask(Sale sale) {
    actions.add(
        sale.step() == DISPENSED
            ? new SaleAction.Capture(sale.number(), sale.won())
            : new SaleAction.Release(sale.number()));
  }

  private void park(Sale sale, SaleAction.Incident incident) {
    current = null;
    var parked = sale.at(UNCERTAIN, Long.MAX_VALUE);
    write(parked);
    uncertain.put(sale.number(), parked);
    actions.add(new SaleAction.Report(sale.number(), incident));
  }

  private void finish(Sale sale, JournalRecord.Kind outcome) {
    current = null;
    write(sale.at(outcome, Long.MAX_VALUE));
    actions.add(new SaleAction.HidePrice(sale.number()));
    actions.add(new SaleAction.Finished(sale.number(), outcome));
  }

  private void readCountersBefore() {
    if (rules.audited() && current != null) {
      actions.add(new SaleAction.ReadAudit(current.number(), current.audits(), current.item()));
    }
  }

  private Sale fresh(boolean session, int item, long won) {
    lastNumber = Math.addExact(lastNumber, 1);
    return new Sale(
        lastNumber, REQUESTED, session, item, won, null, in(rules.payWithin().toMillis()), 0);
  }

  private void move(Sale sale) {
    current = sale;
    write(sale);
  }

  private void write(Sale sale) {
    actions.add(new SaleAction.Write(sale.record()));
  }

  private @Nullable Sale current(long number, JournalRecord.Kind step) {
    return current != null && current.number() == number && current.step() == step ? current : null;
  }

  private long in(long millis) {
    return nowMillis + millis;
  }
}
