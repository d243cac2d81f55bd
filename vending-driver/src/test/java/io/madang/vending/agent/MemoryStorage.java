package io.madang.vending.agent;

import io.madang.vending.journal.Storage;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** A disk in memory, on which the power goes at a chosen write. */
final class MemoryStorage implements Storage {
  /** The agent's process is gone. */
  static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** Writes that still succeed; negative for all. */
  int writesLeft = -1;

  /** How many thousandths of the write that fails reach the disk; 1000 = all of it. */
  int permilleWritten;

  @Override
  public byte[] read() {
    return bytes.toByteArray();
  }

  @Override
  public void append(byte[] line) {
    if (writesLeft == 0) {
      writesLeft = -1;
      bytes.writeBytes(Arrays.copyOf(line, line.length * permilleWritten / 1_000));
      throw new Killed();
    }
    if (writesLeft > 0) {
      writesLeft--;
    }
    bytes.writeBytes(line);
  }

  @Override
  public void replace(byte[] all) {
    bytes.reset();
    bytes.writeBytes(all);
  }
}
