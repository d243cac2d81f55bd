package io.madang.serial;

import io.madang.serial.posix.Posix;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import jssc.SerialNativeInterface;

/**
 * One open port: opened and set by jssc, read and written without ever waiting. Why not jssc's own
 * reading and writing: docs/decisions/0034.
 */
final class LinuxPort implements AutoCloseable {
  private static final SerialNativeInterface jssc = new SerialNativeInterface();

  private static final int PURGE_ALL = 0xF;

  private final int fd;
  private final FileChannel lock;

  private LinuxPort(int fd, FileChannel lock) {
    this.fd = fd;
    this.lock = lock;
  }

  /**
   * @throws IOException when the port is not there, taken, or does not take the settings
   */
  static LinuxPort open(Path port, LineSettings settings) throws IOException {
    var device = port.toRealPath();
    var lock = lock(device);
    try {
      var handle = jssc.openPort(device.toString(), true);
      if (handle < 0) {
        throw new IOException("cannot open " + port + ": jssc " + handle);
      }
      var fd = Math.toIntExact(handle);
      try {
        set(fd, settings);
        Posix.neverBlock(fd);
        discardInput(fd);
      } catch (IOException | RuntimeException refused) {
        jssc.closePort(fd);
        throw refused;
      }
      return new LinuxPort(fd, lock);
    } catch (IOException | RuntimeException refused) {
      lock.close();
      throw refused;
    }
  }

  int fd() {
    return fd;
  }

  @Override
  public void close() throws IOException {
    // Otherwise the kernel may wait half a minute for a device that takes nothing.
    jssc.purgePort(fd, PURGE_ALL);
    jssc.closePort(fd);
    lock.close();
  }

  private static void set(int fd, LineSettings settings) throws IOException {
    var complete =
        jssc.setParams(
            fd,
            settings.baud(),
            8,
            settings.stopBits() == LineSettings.StopBits.TWO ? 2 : 0,
            parity(settings.parity()),
            true,
            true,
            0);
    // Without modem lines the answer is false even though speed and framing were set: look.
    var required = settings.modemLines() == LineSettings.ModemLines.REQUIRED;
    if (!complete && (required || Posix.speedCode(fd) != SpeedCode.of(settings.baud()))) {
      throw new IOException("the port does not take its settings");
    }
  }

  private static int parity(LineSettings.Parity parity) {
    return switch (parity) {
      case NONE -> 0;
      case ODD -> 1;
      case EVEN -> 2;
    };
  }

  private static void discardInput(int fd) {
    var buffer = new byte[4_096];
    // A device that floods is not worth waiting for: what is left is read as if it were news.
    for (var round = 0; round < 64 && Posix.read(fd, buffer) > 0; round++) {}
  }

  // The kernel refuses a second opening only to those who are not root.
  private static FileChannel lock(Path device) throws IOException {
    var run = Path.of("/run/lock");
    var folder = Files.isWritable(run) ? run : Path.of(System.getProperty("java.io.tmpdir"));
    var name = "madang-" + device.toString().replace('/', '-').substring(1) + ".lock";
    var channel =
        FileChannel.open(folder.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException _) {
      // Another line of this process has it.
    }
    channel.close();
    throw new IOException("another program has " + device);
  }
}
