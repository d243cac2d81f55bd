package io.madang.pos.agent;

import io.madang.serial.LineSettings;
import io.madang.serial.LinkListener;
import io.madang.serial.LinkLoss;
import io.madang.serial.Sending;
import io.madang.serial.SerialLink;
import io.madang.serial.SerialPorts;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/** A device on a real serial port, which is kept open by itself. */
public final class SerialDevice implements AutoCloseable {
  private final ByteDevice device;
  private final SerialLink link;

  /**
   * Opens a port for a device, now and whenever it comes back.
   *
   * @param port a name that stays, such as one below {@code /dev/serial/by-id}
   * @param made makes the device, given where its bytes go
   */
  public static SerialDevice open(
      Path port, LineSettings settings, Function<Consumer<byte[]>, ? extends ByteDevice> made) {
    return new SerialDevice(listener -> SerialPorts.open(port, settings, listener), made);
  }

  private SerialDevice(
      Function<LinkListener, SerialLink> opening,
      Function<Consumer<byte[]>, ? extends ByteDevice> made) {
    var line = new CompletableFuture<SerialLink>();
    device =
        made.apply(
            bytes -> {
              if (!line.isDone()) return;
              var open = line.join();
              // What is not taken is lost, as on any line: who sent it waits for an answer.
              if (open.send(bytes) == Sending.FULL) open.reopen();
            });
    link =
        opening.apply(
            new LinkListener() {
              @Override
              public void opened() {
                // The line may be open before whoever opens it has it in hand.
                line.join();
                device.opened();
              }

              @Override
              public void received(byte[] bytes) {
                device.received(bytes);
              }

              @Override
              public void lost(LinkLoss why) {
                device.lost();
              }
            });
    line.complete(link);
  }

  @Override
  public void close() {
    link.close();
    device.close();
  }
}
