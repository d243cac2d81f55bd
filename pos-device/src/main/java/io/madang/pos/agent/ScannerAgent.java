package io.madang.pos.agent;

import io.madang.pos.scanner.Scan;
import io.madang.pos.scanner.ScanReader;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Reads a scanner on a line. */
public final class ScannerAgent implements ByteDevice {
  private final EventLoop loop;
  private final ScanReader reader;
  private final Consumer<Scan> scans;

  /**
   * @param prefix what the scanner puts before every code; empty when nothing
   * @param scans what it read, on the agent's thread
   */
  public ScannerAgent(String prefix, Consumer<Scan> scans) {
    reader = new ScanReader(prefix);
    this.scans = scans;
    loop =
        new EventLoop(
            "scanner",
            this::wakeInMillis,
            () -> reader.passed(EventLoop.steadyMillis()).ifPresent(scans));
  }

  @Override
  public void received(byte[] bytes) {
    loop.run(() -> reader.received(bytes, EventLoop.steadyMillis()).forEach(scans));
  }

  @Override
  public void lost() {
    loop.run(reader::lost);
  }

  @Override
  public void close() {
    loop.close();
  }

  private OptionalLong wakeInMillis() {
    var wake = reader.wakeAtMillis();
    return wake.isEmpty() ? wake : OptionalLong.of(wake.getAsLong() - EventLoop.steadyMillis());
  }
}
