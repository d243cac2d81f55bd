package io.madang.vending.simulator;

import io.madang.serial.pty.PseudoTerminal;
import io.madang.vending.agent.AuditPort;
import io.madang.vending.sale.Counters;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A {@link SimulatedMachine} in real time behind a pseudo-terminal, on a thread of its own, with a
 * cable that can be pulled. Its audit port answers at once.
 */
public final class MachineOnTerminal implements AutoCloseable, AuditPort {
  private static final Duration STEP = Duration.ofMillis(10);

  private final Path name;
  private final SimulatedMachine machine;
  private final Thread thread;
  private @Nullable PseudoTerminal terminal;
  private volatile boolean closed;

  /**
   * Starts it.
   *
   * @param name under which a driver finds it; the cable is plugged in
   */
  public MachineOnTerminal(Path name, SimulatedMachine machine) {
    this.name = name;
    this.machine = machine;
    terminal = PseudoTerminal.open(name);
    thread = Thread.ofPlatform().daemon().name("simulated machine").start(this::run);
  }

  /** Does something at the machine, while its own thread waits. */
  public synchronized <T> T at(Function<SimulatedMachine, T> what) {
    return what.apply(machine);
  }

  /** The machine's clock, for what is done {@link #at} it. */
  public static long nowMillis() {
    return System.nanoTime() / 1_000_000;
  }

  /** Pulls the cable. */
  public synchronized void unplug() {
    if (terminal != null) {
      terminal.close();
      terminal = null;
    }
  }

  /** Plugs it in again. */
  public synchronized void plug() {
    if (terminal == null) {
      terminal = PseudoTerminal.open(name);
      machine.takeOutput();
    }
  }

  @Override
  public void read(int item, Consumer<Optional<Counters>> answer) {
    answer.accept(Optional.of(at(it -> it.counters(item))));
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    unplug();
  }

  private void run() {
    try {
      while (!closed) {
        step();
        Thread.sleep(STEP);
      }
    } catch (InterruptedException _) {
      // Closed.
    }
  }

  private synchronized void step() {
    var now = nowMillis();
    if (terminal != null) {
      machine.received(terminal.read(Duration.ZERO), now);
    }
    machine.tick(now);
    var output = machine.takeOutput();
    if (terminal != null) {
      terminal.write(output, Duration.ZERO);
    }
  }
}
