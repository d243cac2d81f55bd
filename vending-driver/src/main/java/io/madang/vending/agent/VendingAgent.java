package io.madang.vending.agent;

import io.madang.serial.LinkListener;
import io.madang.serial.LinkLoss;
import io.madang.serial.Sending;
import io.madang.serial.SerialLink;
import io.madang.vending.journal.Journal;
import io.madang.vending.machine.Decision;
import io.madang.vending.machine.MachineDialogue;
import io.madang.vending.sale.SaleAction;
import io.madang.vending.sale.SaleEvent;
import io.madang.vending.sale.SaleMachine;
import io.madang.vending.sale.SaleRules;
import io.madang.vending.sale.SaleState;
import java.util.ArrayDeque;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The agent in one machine: what the line says goes through the dialogue to the rules of the sale,
 * and what these decide is written to the journal first and then done. It has no thread: whoever
 * calls it lends his; calls wait for each other. {@link #tick} must come about ten times a second.
 *
 * <p>After a crash a new one on the same journal goes on where the last stopped. An exception from
 * the journal means that nothing may be promised any more: the process must stop.
 */
public final class VendingAgent implements LinkListener {
  private final String machine;
  private final SaleRules rules;
  private final MachineDialogue dialogue;
  private final Journal journal;
  private final LedgerPort ledger;
  private final AuditPort audit;
  private final Watcher watcher;
  private final LongSupplier monotonicMillis;

  private final ArrayDeque<SaleEvent> events = new ArrayDeque<>();
  private boolean working;
  private boolean broken;
  private SaleState state;
  private @Nullable SerialLink link;

  /**
   * One agent; {@link #start} begins.
   *
   * @param machine the machine's identifier on the ledger
   * @param monotonicMillis a clock that nobody sets
   */
  public VendingAgent(
      String machine,
      SaleRules rules,
      MachineDialogue dialogue,
      Journal journal,
      LedgerPort ledger,
      AuditPort audit,
      Watcher watcher,
      LongSupplier monotonicMillis) {
    this.machine = machine;
    this.rules = rules;
    this.dialogue = dialogue;
    this.journal = journal;
    this.ledger = ledger;
    this.audit = audit;
    this.watcher = watcher;
    this.monotonicMillis = monotonicMillis;
    state = SaleState.of(journal.records());
  }

  /**
   * Begins; called once.
   *
   * @param open opens the line to the machine, for this listener
   */
  public synchronized void start(Function<LinkListener, SerialLink> open) {
    link = open.apply(this);
    on(new SaleEvent.Resumed());
  }

  /**
   * Whether something broke in the middle of a sale, such as the disk: it does nothing any more.
   */
  public synchronized boolean isBroken() {
    return broken;
  }

  /** The sales that are not at their end. */
  public synchronized SaleState state() {
    return state;
  }

  /** Time has passed. */
  public synchronized void tick() {
    carryOut(dialogue.tick(now(), state.currentSale().isEmpty()));
    on(new SaleEvent.Tick());
  }

  /** A customer has agreed to pay what the machine's screen shows. */
  public void customerConfirmed(VendId sale, String payer) {
    on(new SaleEvent.CustomerConfirmed(sale.number(), payer));
  }

  /** A customer pays ahead: may choose for up to so many won. */
  public void sessionAsked(String payer, long won) {
    on(new SaleEvent.SessionAsked(payer, won));
  }

  /** A person has found out whether the item of an uncertain sale came out. */
  public void personDecided(VendId sale, boolean dispensed) {
    on(new SaleEvent.PersonDecided(sale.number(), dispensed));
  }

  @Override
  public synchronized void opened() {
    carryOut(dialogue.opened(now()));
    on(new SaleEvent.LinkOpened());
  }

  @Override
  public synchronized void received(byte[] bytes) {
    carryOut(dialogue.received(bytes, now()));
  }

  @Override
  public synchronized void lost(LinkLoss why) {
    on(new SaleEvent.LinkLost());
  }

  private void carryOut(MachineDialogue.Output output) {
    if (output.identified()) {
      link().identified();
    }
    for (var event : output.events()) {
      on(new SaleEvent.FromMachine(event));
    }
    send(output.toMachine());
    if (output.giveUp()) {
      link().reopen();
    }
  }

  private synchronized void on(SaleEvent event) {
    if (broken) {
      return;
    }
    events.add(event);
    if (working) {
      return; // an answer that came while actions are being done: after them
    }
    working = true;
    try {
      for (var next = events.poll(); next != null; next = events.poll()) {
        var step = SaleMachine.on(state, next, rules, now());
        state = step.next();
        for (var action : step.actions()) {
          doIt(action);
        }
      }
    } catch (RuntimeException | Error failure) {
      // What was decided may not be written: whoever starts anew on the journal knows what is.
      broken = true;
      link().close();
      throw failure;
    } finally {
      working = false;
    }
  }

  private void doIt(SaleAction action) {
    switch (action) {
      case SaleAction.Write(var record) -> journal.append(record);
      case SaleAction.ShowPrice(var number, var item, var won) ->
          ledger.showPrice(id(number), item, won);
      case SaleAction.HidePrice(var number) -> ledger.hidePrice(id(number));
      case SaleAction.Hold(var number, var payer, var won) ->
          ledger.hold(id(number), payer, won, held -> on(new SaleEvent.HoldAnswered(number, held)));
      case SaleAction.Capture(var number, var won) ->
          ledger.capture(id(number), won, () -> on(new SaleEvent.Settled(number)));
      case SaleAction.Release(var number) ->
          ledger.release(id(number), () -> on(new SaleEvent.Settled(number)));
      case SaleAction.Tell(var decision) -> tell(decision);
      case SaleAction.Approve(var number, var won) ->
          on(
              new SaleEvent.ApprovalHandedOver(
                  number, tell(new Decision.Approve(won)) == Sending.QUEUED));
      case SaleAction.ReadAudit(var number, var attempt, var item) ->
          audit.read(
              item,
              counters ->
                  on(
                      counters.isPresent()
                          ? new SaleEvent.Audited(number, attempt, counters.get())
                          : new SaleEvent.AuditFailed(number)));
      case SaleAction.Report(var number, var incident) -> watcher.incident(id(number), incident);
      case SaleAction.CashSold(var item, var won) -> watcher.cashSold(item, won);
      case SaleAction.Finished(var number, var outcome) -> watcher.finished(id(number), outcome);
    }
  }

  private Sending tell(Decision decision) {
    var output = dialogue.decided(decision, now());
    return output.events().isEmpty() ? send(output.toMachine()) : Sending.DOWN;
  }

  private Sending send(byte[] bytes) {
    return bytes.length == 0 ? Sending.QUEUED : link().send(bytes);
  }

  private SerialLink link() {
    if (link == null) {
      throw new IllegalStateException("not started");
    }
    return link;
  }

  private VendId id(long number) {
    return new VendId(machine, number);
  }

  private long now() {
    return monotonicMillis.getAsLong();
  }
}
