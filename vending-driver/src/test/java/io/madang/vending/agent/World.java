package io.madang.vending.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.Seeds;
import io.madang.serial.LinkLoss;
import io.madang.serial.LinkState;
import io.madang.serial.scripted.ScriptedLink;
import io.madang.vending.journal.Journal;
import io.madang.vending.machine.PriceScale;
import io.madang.vending.sale.Counters;
import io.madang.vending.sale.JournalRecord;
import io.madang.vending.sale.SaleAction;
import io.madang.vending.sale.SaleRules;
import io.madang.vending.simulator.SimulatedMachine;
import io.madang.vending.text.TextDialogue;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A machine, a cable, an agent, a ledger and a customer on a made-up clock, and all that goes
 * wrong.
 */
final class World implements Watcher, AuditPort {
  private static final int STEP_MILLIS = 100;
  private static final TreeMap<Integer, Long> PRICES =
      new TreeMap<>(java.util.Map.of(17, 1_500L, 18, 2_000L, 3, 900L));

  /** What happens to a line on the cable. */
  private enum LineFault {
    LOSE,
    DOUBLE,
    STALL
  }

  private record Delivery(long at, byte[] bytes) {}

  /** One way of the cable: lines keep their order. */
  private final class Cable {
    final ArrayDeque<Delivery> under = new ArrayDeque<>();
    final TreeMap<Integer, LineFault> faults = new TreeMap<>();
    int lines;
    long notBefore;

    void put(byte[] bytes) {
      var from = 0;
      for (var i = 0; i < bytes.length; i++) {
        if (bytes[i] == '\n') {
          line(Arrays.copyOfRange(bytes, from, i + 1));
          from = i + 1;
        }
      }
      if (from < bytes.length) {
        line(Arrays.copyOfRange(bytes, from, bytes.length));
      }
    }

    private void line(byte[] line) {
      var fault = faults.remove(lines++);
      if (fault == LineFault.LOSE) {
        return;
      }
      if (fault == LineFault.STALL) {
        notBefore = now + 200 + random.nextInt(1_800);
      }
      under.add(new Delivery(Math.max(now, notBefore), line));
      if (fault == LineFault.DOUBLE) {
        under.add(new Delivery(Math.max(now, notBefore), line));
      }
    }

    void deliver(Consumer<byte[]> to) {
      while (!under.isEmpty() && under.peek().at <= now) {
        var bytes = under.remove().bytes;
        if (split && bytes.length > 1) {
          var middle = 1 + random.nextInt(bytes.length - 1);
          to.accept(Arrays.copyOf(bytes, middle));
          to.accept(Arrays.copyOfRange(bytes, middle, bytes.length));
        } else {
          to.accept(bytes);
        }
      }
    }

    void clear() {
      under.clear();
      notBefore = now;
    }
  }

  private record Planned(long at, String what, Runnable run) {}

  final SimulatedMachine machine =
      new SimulatedMachine(
          new SimulatedMachine.Times(Duration.ofSeconds(45), Duration.ofSeconds(2)));
  final StrictLedger ledger;
  final MemoryStorage storage = new MemoryStorage();
  final List<String> story = new ArrayList<>();
  final List<VendId> uncertain = new ArrayList<>();
  final TreeMap<SaleAction.Incident, Integer> incidents = new TreeMap<>();

  private final RandomGenerator random;
  private final boolean audited;
  private final Cable toMachine = new Cable();
  private final Cable toAgent = new Cable();
  private final List<Planned> plan = new ArrayList<>();
  private boolean split;
  private long now = 1_000_000;
  private long clockOffset;
  private long frozenUntil;
  private long openAt;
  private int auditFailures;
  private boolean plugged = true;
  private boolean customerPays = true;
  private boolean calm;
  private @Nullable VendingAgent agent;
  private @Nullable ScriptedLink link;

  World(long seed, boolean audited) {
    random = Seeds.random(seed);
    this.audited = audited;
    ledger = new StrictLedger(random, () -> now, this::customerSees);
    PRICES.forEach((item, won) -> machine.fill(item, won, Integer.MAX_VALUE));
    startAgent();
  }

  VendingAgent agent() {
    if (agent == null) {
      throw new IllegalStateException("the agent is dead");
    }
    return agent;
  }

  void startAgent() {
    var fresh =
        new VendingAgent(
            "cafe-1",
            new SaleRules(
                PRICES,
                Duration.ofSeconds(20),
                Duration.ofSeconds(60),
                audited,
                Duration.ofSeconds(3)),
            new TextDialogue(PriceScale.forPrices(PRICES.values())),
            Journal.open(storage),
            ledger,
            this,
            this,
            () -> now + clockOffset);
    agent = fresh;
    openAt = now;
    alive(
        () ->
            fresh.start(
                listener -> {
                  var line = new ScriptedLink(listener);
                  link = line;
                  return line;
                }));
  }

  void kill() {
    if (agent != null) {
      tell("kill");
      collectSent();
      agent = null;
      link = null;
      ledger.forgetAnswers();
      toAgent.clear();
      at(now + 100 + random.nextInt(5_000), "restart", this::startAgent);
    }
  }

  void unplug() {
    tell("unplug");
    plugged = false;
    collectSent();
    toMachine.clear();
    toAgent.clear();
    var line = link;
    if (line != null) {
      alive(() -> line.lose(LinkLoss.UNPLUGGED));
    }
  }

  void plug() {
    tell("plug");
    plugged = true;
    openAt = now + random.nextInt(1_000);
  }

  /** One customer at the machine, from the button until nothing of it is open any more. */
  void vend() {
    until("selling", () -> idle() && machine.isSelling());
    var captures = ledger.captures;
    var dropped = machine.dropped();
    var unknown = uncertain.size();
    var resetsBefore = incidents.getOrDefault(SaleAction.Incident.RESET_AFTER_APPROVAL, 0);
    story.clear();
    var items = List.copyOf(PRICES.keySet());
    var item = items.get(random.nextInt(items.size()));
    machine.jam(item, random.nextInt(10) == 0);
    customerPays = random.nextInt(10) != 0;
    split = random.nextInt(3) == 0;
    if (random.nextInt(10) == 0) {
      tell("session");
      alive(() -> agent().sessionAsked("somebody", 2_000));
      run(2_000);
    }
    for (var count = random.nextInt(3); count > 0; count--) {
      planFault();
    }
    toMachine.lines = 0;
    toAgent.lines = 0;
    tell("press " + item + (machine.press(item, now) ? "" : ": not taken"));
    if (random.nextInt(10) == 0) {
      at(now + random.nextInt(12_000), "lever", machine::cancel);
    }
    until("done", () -> plan.isEmpty() && !machine.isBusy() && idle());
    machine.jam(item, false);
    toMachine.faults.clear();
    toAgent.faults.clear();
    storage.writesLeft = -1;
    var resets = incidents.getOrDefault(SaleAction.Incident.RESET_AFTER_APPROVAL, 0);
    var reported = uncertain.size() - unknown + resets - resetsBefore;
    var difference = machine.dropped() - dropped - (ledger.captures - captures);
    assertThat(Math.abs(difference))
        .as("dropped but not captured, or the other way round: %s", story)
        .isLessThanOrEqualTo(reported);
    assertThat(ledger.stillHeld())
        .as("what is held is what is uncertain: %s", story)
        .isEqualTo(uncertain.size());
    assertThat(uncertain).as("%s", story).allMatch(ledger::isHeld);
  }

  /** A person has looked into the machine. */
  void decideAllUncertain() {
    for (var sale : List.copyOf(uncertain)) {
      alive(() -> agent().personDecided(sale, sale.number() % 2 == 0));
    }
    until("decided", () -> idle() && agent().state().uncertain().isEmpty());
  }

  /** No customer of this world is late any more, and nobody hesitates. */
  void calm() {
    calm = true;
    ledger.reliable = true;
  }

  /** A sale in which nothing is amiss. */
  void plainVend() {
    plainVendHearing(new byte[0]);
  }

  /** A sale during which the agent hears something that nobody said, at the worst moments. */
  void plainVendHearing(byte[] noise) {
    until("selling", () -> idle() && machine.isSelling());
    story.clear();
    run(2_000);
    until("selling again", () -> idle() && machine.isSelling());
    assertThat(machine.press(17, now)).isTrue();
    run(500);
    hear(noise);
    run(700);
    hear(noise);
    until("done", () -> plan.isEmpty() && !machine.isBusy() && idle());
  }

  /** The agent receives bytes that the machine did not send. */
  void hear(byte[] noise) {
    var line = link;
    if (line != null) {
      alive(() -> line.deliver(noise));
    }
  }

  private void planFault() {
    var at = now + random.nextInt(14_000);
    switch (random.nextInt(12)) {
      case 0 -> {
        at(at, "unplug", this::unplug);
        at(at + 200 + random.nextInt(20_000), "plug", this::plug);
      }
      case 1 -> at(at, "kill", this::kill);
      case 2, 3 -> {
        storage.writesLeft = random.nextInt(7);
        storage.permilleWritten = random.nextInt(3) * 500;
        tell("power goes at write " + storage.writesLeft);
      }
      case 4 -> toAgent.faults.put(random.nextInt(4), LineFault.LOSE);
      case 5 -> toMachine.faults.put(random.nextInt(2), LineFault.LOSE);
      case 6 ->
          (random.nextBoolean() ? toAgent : toMachine)
              .faults.put(random.nextInt(4), LineFault.DOUBLE);
      case 7 ->
          (random.nextBoolean() ? toAgent : toMachine)
              .faults.put(random.nextInt(4), LineFault.STALL);
      case 8 -> at(at, "reset", () -> machine.reset(now));
      case 9 -> {
        at(at, "power off", () -> machine.power(false, now));
        at(at + 500 + random.nextInt(5_000), "power on", () -> machine.power(true, now));
      }
      case 10 -> {
        at(at, "freeze", () -> frozenUntil = now + random.nextInt(10_000));
        at(at, "jump", () -> clockOffset += random.nextInt(40_000) - 20_000);
      }
      default -> {
        at(at, "gateway away", () -> ledger.awayUntil = now + random.nextInt(15_000));
        auditFailures = random.nextInt(2);
      }
    }
  }

  private void customerSees(VendId sale) {
    if (calm) {
      at(now + 1_000, "pay", () -> alive(() -> agent().customerConfirmed(sale, "somebody")));
    } else if (customerPays) {
      var late = random.nextInt(20) == 0 ? 20_000 : 0;
      Runnable pay =
          () -> {
            if (agent != null) {
              alive(() -> agent().customerConfirmed(sale, "somebody"));
            }
          };
      var at = now + 300 + random.nextInt(8_000) + late;
      at(at, "pay", pay);
      if (random.nextInt(10) == 0) {
        at(at + random.nextInt(500), "pay again", pay);
      }
    }
  }

  private boolean idle() {
    return agent != null
        && plugged
        && link != null
        && link.state() == LinkState.READY
        && agent.state().currentSale().isEmpty()
        && agent.state().settling().isEmpty();
  }

  private String debug() {
    return (agent == null ? "no agent" : agent.state().toString())
        + " "
        + (link == null ? "no line" : link.state())
        + " selling "
        + machine.isSelling();
  }

  void run(long millis) {
    for (var end = now + millis; now < end; ) {
      step();
    }
  }

  void until(String what, java.util.function.BooleanSupplier reached) {
    for (var end = now + 900_000; !reached.getAsBoolean(); ) {
      assertThat(now).as("never %s (%s): %s", what, debug(), story).isLessThan(end);
      step();
    }
  }

  private void step() {
    now += STEP_MILLIS;
    for (var planned : List.copyOf(plan)) {
      if (planned.at <= now && plan.remove(planned)) {
        tell(planned.what);
        planned.run.run();
      }
    }
    machine.tick(now);
    var line = link;
    if (plugged && agent != null && line != null) {
      if (now >= openAt && (line.state() == LinkState.BACKOFF)) {
        alive(line::open);
        openAt = now + 300;
      }
    }
    alive(ledger::answer);
    if (agent != null) {
      alive(agent()::tick);
    }
    collectSent();
    if (now >= frozenUntil) {
      var output = machine.takeOutput();
      toMachine.deliver(bytes -> machine.received(bytes, now));
      if (plugged) {
        toAgent.put(output);
      }
    }
    toAgent.deliver(
        bytes -> {
          if (link != null) {
            alive(() -> java.util.Objects.requireNonNull(link).deliver(bytes));
          }
        });
    collectSent();
  }

  private void collectSent() {
    if (link != null) {
      var sent = link.sent();
      if (sent.length > 0) {
        toMachine.put(sent);
      }
    }
  }

  private void alive(Runnable what) {
    try {
      what.run();
    } catch (MemoryStorage.Killed _) {
      kill();
    }
  }

  private void at(long when, String what, Runnable run) {
    plan.add(new Planned(when, what, run));
  }

  private void tell(String what) {
    story.add(now % 1_000_000_000 + " " + what);
  }

  @Override
  public void read(int item, Consumer<Optional<Counters>> answer) {
    if (auditFailures > 0) {
      auditFailures--;
      answer.accept(Optional.empty());
    } else {
      answer.accept(Optional.of(machine.counters(item)));
    }
  }

  @Override
  public void finished(VendId sale, JournalRecord.Kind outcome) {
    tell(sale + " " + outcome);
  }

  @Override
  public void incident(VendId sale, SaleAction.Incident incident) {
    tell(sale + " " + incident);
    incidents.merge(incident, 1, Integer::sum);
    if (incident == SaleAction.Incident.UNCERTAIN
        || incident == SaleAction.Incident.COUNTERS_CONTRADICT) {
      uncertain.add(sale);
    }
  }

  @Override
  public void cashSold(int item, long won) {
    tell("cash");
  }
}
