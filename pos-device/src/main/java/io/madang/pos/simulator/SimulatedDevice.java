package io.madang.pos.simulator;

import io.madang.pos.agent.ByteDevice;
import io.madang.serial.pty.PseudoTerminal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A device at the far end of a pseudo-terminal: a driver opens {@link #path} as it opens a real
 * port. Closing it pulls the plug.
 */
public final class SimulatedDevice implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final PseudoTerminal terminal;
  private final ByteDevice device;
  private final Thread thread;
  private volatile boolean open = true;

  /**
   * Plugs a device in.
   *
   * @param name the stable name that its port gets
   * @param made makes the device, given where its bytes go
   */
  public SimulatedDevice(Path name, Function<Consumer<byte[]>, ? extends ByteDevice> made) {
    terminal = PseudoTerminal.open(name);
    // A driver that does not read for so long loses what a real device would have lost.
    device = made.apply(bytes -> terminal.write(bytes, PATIENCE));
    thread =
        Thread.ofPlatform().name("simulated " + name.getFileName()).daemon(true).start(this::read);
    device.opened();
  }

  /** What a driver opens. */
  public Path path() {
    return terminal.path();
  }

  private void read() {
    while (open) {
      byte[] bytes = terminal.read(PAUSE);
      if (bytes.length > 0) device.received(bytes);
    }
  }

  /** Pulls the plug. */
  @Override
  public void close() {
    open = false;
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    device.close();
    terminal.close();
  }
}
