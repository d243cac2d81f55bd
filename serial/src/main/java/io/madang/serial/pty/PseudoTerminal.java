package io.madang.serial.pty;

import io.madang.serial.posix.Posix;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/**
 * The device's end of a pseudo-terminal: a driver opens {@link #path} as if a real device were
 * there. Closing it is what pulling the plug is for a driver. What is written while no driver has
 * it open waits, up to some 4 kB.
 */
public final class PseudoTerminal implements AutoCloseable {
  private final int device;
  // Held open so that the device does not see a hang-up whenever a driver closes.
  private final int driverEnd;
  private final Path path;
  private final boolean linked;
  private boolean open = true;

  private PseudoTerminal(int device, int driverEnd, Path path, boolean linked) {
    this.device = device;
    this.driverEnd = driverEnd;
    this.path = path;
    this.linked = linked;
  }

  /** A new one under the name that the kernel gives it. */
  public static PseudoTerminal open() {
    var device = Posix.openPseudoTerminal();
    if (device < 0) {
      throw new UncheckedIOException(new IOException("no pseudo-terminal: errno " + -device));
    }
    return of(device, Path.of(Posix.driverPath(device)), false);
  }

  /** A new one under a stable name, as udev gives a USB adapter; the name goes with it. */
  public static PseudoTerminal open(Path name) {
    var plain = open();
    try {
      Files.deleteIfExists(name);
      Files.createSymbolicLink(name, plain.path);
    } catch (IOException refused) {
      plain.close();
      throw new UncheckedIOException(refused);
    }
    return new PseudoTerminal(plain.device, plain.driverEnd, name, true);
  }

  private static PseudoTerminal of(int device, Path path, boolean linked) {
    var driverEnd = Posix.openTerminal(path.toString());
    if (driverEnd < 0) {
      Posix.close(device);
      throw new UncheckedIOException(new IOException("cannot open " + path));
    }
    return new PseudoTerminal(device, driverEnd, path, linked);
  }

  /** What a driver opens. */
  public Path path() {
    return path;
  }

  /**
   * The bytes that the driver has sent, waiting at most so long for the first; empty if none came.
   */
  public byte[] read(Duration atMost) {
    if (Posix.poll(device, Posix.POLLIN, Math.toIntExact(atMost.toMillis())) == 0) {
      return new byte[0];
    }
    var buffer = new byte[4_096];
    var count = Posix.read(device, buffer);
    return count <= 0 ? new byte[0] : Arrays.copyOf(buffer, count);
  }

  /** Sends to the driver; the number of bytes taken, less than all when nobody reads in time. */
  public int write(byte[] bytes, Duration atMost) {
    var written = 0;
    while (written < bytes.length) {
      var count = Posix.write(device, bytes, written, bytes.length - written);
      if (count > 0) {
        written += count;
      } else if (Posix.poll(device, Posix.POLLOUT, Math.toIntExact(atMost.toMillis())) == 0) {
        break;
      }
    }
    return written;
  }

  /** The code of the speed that the driver has set (asm/termbits.h); 0xD is 9,600. */
  public int speedCode() {
    return Posix.speedCode(device);
  }

  /** Pulls the plug. */
  @Override
  public synchronized void close() {
    if (!open) {
      return;
    }
    open = false;
    if (linked) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException refused) {
        throw new UncheckedIOException(refused);
      }
    }
    Posix.close(driverEnd);
    Posix.close(device);
  }
}
