package io.madang.serial;

import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/** Opens the serial ports of this machine. Linux only. */
public final class SerialPorts {
  private SerialPorts() {}

  /**
   * Keeps a port open from now on, on a thread of its own. It need not be there yet.
   *
   * @param port a name that stays, such as one below {@code /dev/serial/by-id}; looked up anew at
   *     each try, because a device may come back as another
   */
  public static SerialLink open(Path port, LineSettings settings, LinkListener listener) {
    var link =
        new PortLink(
            () -> LinuxPort.open(port, settings),
            settings,
            listener,
            () -> ThreadLocalRandom.current().nextInt(1_000));
    link.start("serial " + port.getFileName());
    return link;
  }
}
