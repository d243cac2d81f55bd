package io.madang.vending.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.serial.LineSettings;
import io.madang.serial.SerialPorts;
import io.madang.vending.agent.LedgerPort;
import io.madang.vending.agent.VendId;
import io.madang.vending.agent.VendingAgent;
import io.madang.vending.agent.Watcher;
import io.madang.vending.journal.FileStorage;
import io.madang.vending.journal.Journal;
import io.madang.vending.machine.PriceScale;
import io.madang.vending.sale.JournalRecord;
import io.madang.vending.sale.SaleAction;
import io.madang.vending.sale.SaleRules;
import io.madang.vending.sale.SaleState;
import io.madang.vending.text.TextDialogue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The agent and the simulated machine, over a real pseudo-terminal and a journal on disk. */
@Timeout(120)
class RealTerminalTest {
  @TempDir Path folder;

  private final AtomicLong captured = new AtomicLong();
  private final Queue<SaleAction.Incident> incidents = new ConcurrentLinkedQueue<>();

  @Test
  void sells_thirty_items_through_unplugging_and_jams_to_the_can() {
    var line = folder.resolve("reader");
    var simulated =
        new SimulatedMachine(
            new SimulatedMachine.Times(Duration.ofSeconds(30), Duration.ofMillis(20)));
    simulated.fill(17, 1_500, 100);
    var ledger = new PromptLedger();
    try (var machine = new MachineOnTerminal(line, simulated);
        var storage = new FileStorage(folder.resolve("sales.journal"));
        var clock =
            Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory())) {
      var agent =
          new VendingAgent(
              "cafe-1",
              new SaleRules(
                  new TreeMap<>(Map.of(17, 1_500L)),
                  Duration.ofSeconds(10),
                  Duration.ofSeconds(3),
                  true,
                  Duration.ofMillis(200)),
              new TextDialogue(new PriceScale(1)),
              Journal.open(storage),
              ledger,
              machine,
              new Outcomes(),
              MachineOnTerminal::nowMillis);
      ledger.agent = agent;
      var settings = LineSettings.of(115_200).identifyWithin(Duration.ofSeconds(8));
      agent.start(listener -> SerialPorts.open(line, settings, listener));
      var _ = clock.scheduleAtFixedRate(agent::tick, 10, 10, TimeUnit.MILLISECONDS);
      for (var vend = 0; vend < 30; vend++) {
        var jammed = vend % 7 == 3;
        machine.at(
            it -> {
              it.jam(17, jammed);
              return true;
            });
        until(() -> machine.at(it -> it.press(17, MachineOnTerminal.nowMillis())));
        if (vend == 5) {
          until(() -> machine.at(it -> it.isDispensing() || !it.isBusy()));
          machine.unplug();
          machine.plug();
        }
        // What was pressed while the cable was being plugged in is lost, and nothing is paid.
        until(() -> !machine.at(SimulatedMachine::isBusy) && isAtRest(agent.state()));
      }
      long dropped = machine.at(SimulatedMachine::dropped);
      int left = machine.at(it -> it.stock(17));
      assertThat(captured.get()).isEqualTo(dropped).isEqualTo(100 - left).isGreaterThan(15);
      assertThat(incidents).isEmpty();
    }
  }

  private static boolean isAtRest(SaleState state) {
    return state.currentSale().isEmpty() && state.settling().isEmpty();
  }

  // The machine says when it sells again; nobody else would.
  private static void until(BooleanSupplier reached) {
    while (!reached.getAsBoolean()) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** A customer who pays what is shown, at a ledger that answers at once. */
  private static final class PromptLedger implements LedgerPort {
    private volatile @Nullable VendingAgent agent;

    @Override
    public void showPrice(VendId sale, int item, long won) {
      Objects.requireNonNull(agent).customerConfirmed(sale, "mina");
    }

    @Override
    public void hidePrice(VendId sale) {}

    @Override
    public void hold(VendId sale, String payer, long won, Consumer<Boolean> answer) {
      answer.accept(true);
    }

    @Override
    public void capture(VendId sale, long won, Runnable done) {
      done.run();
    }

    @Override
    public void release(VendId sale, Runnable done) {
      done.run();
    }
  }

  private final class Outcomes implements Watcher {
    @Override
    public void finished(VendId sale, JournalRecord.Kind outcome) {
      if (outcome == JournalRecord.Kind.CAPTURED) {
        captured.incrementAndGet();
      }
    }

    @Override
    public void incident(VendId sale, SaleAction.Incident incident) {
      incidents.add(incident);
    }

    @Override
    public void cashSold(int item, long won) {}
  }
}
