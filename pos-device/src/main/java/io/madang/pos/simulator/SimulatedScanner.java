package io.madang.pos.simulator;

import io.madang.pos.agent.ByteDevice;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** A hand scanner for a line: sends each code as QR code in UTF-8 with its identifier and CR LF. */
public final class SimulatedScanner implements ByteDevice {
  private final Consumer<byte[]> line;

  public SimulatedScanner(Consumer<byte[]> line) {
    this.line = line;
  }

  /** Reads a code that somebody holds before it. */
  public void scan(String text) {
    line.accept(("]Q1" + text + "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void received(byte[] bytes) {
    // Commands of the host: this one needs no trigger.
  }

  @Override
  public void lost() {}

  @Override
  public void close() {}
}
