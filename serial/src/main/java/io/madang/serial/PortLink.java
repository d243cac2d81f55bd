package io.madang.serial;

import io.madang.serial.posix.Posix;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One thread that reads, writes and watches one port. It sleeps in poll until the device or a
 * caller has something for it, so that an idle line costs nothing.
 */
final class PortLink implements SerialLink, Runnable {
  /** Bytes that wait for a slow device; more is refused. */
  private static final int OUTPUT_LIMIT_BYTES = 16 * 1_024;

  /** Bytes of one write: what a slow line carries in some tens of milliseconds. */
  private static final int WRITE_BYTES = 512;

  private final Callable<LinuxPort> opener;
  private final LineSettings settings;
  private final LinkListener listener;
  private final IntSupplier jitterPermille;
  private final int wake = Posix.openWake();
  private final ConcurrentLinkedQueue<Supervisor.Event> asked = new ConcurrentLinkedQueue<>();

  /** Guards what callers and the line's thread share: the output, the state, the end. */
  private final Object guard = new Object();

  private final ArrayDeque<byte[]> output = new ArrayDeque<>();
  private int outputBytes;
  private LinkState state = LinkState.OPENING;
  private boolean ended;

  // The line's thread only.
  private Supervisor supervisor = Supervisor.closed();
  private @Nullable LinuxPort port;
  private byte[] writing = new byte[0];
  private int written;

  /** When the device last took a byte of what is being written, or -1. */
  private long stuckSinceMillis = -1;

  PortLink(
      Callable<LinuxPort> opener,
      LineSettings settings,
      LinkListener listener,
      IntSupplier jitterPermille) {
    this.opener = opener;
    this.settings = settings;
    this.listener = listener;
    this.jitterPermille = jitterPermille;
  }

  void start(String name) {
    Thread.ofPlatform().daemon().name(name).start(this);
  }

  @Override
  public Sending send(byte[] bytes) {
    synchronized (guard) {
      if (state != LinkState.IDENTIFYING && state != LinkState.READY) {
        return Sending.DOWN;
      }
      if (outputBytes + bytes.length > OUTPUT_LIMIT_BYTES) {
        return Sending.FULL;
      }
      output.add(bytes.clone());
      outputBytes += bytes.length;
      Posix.wake(wake);
      return Sending.QUEUED;
    }
  }

  @Override
  public void identified() {
    ask(new Supervisor.Identified());
  }

  @Override
  public void reopen() {
    ask(new Supervisor.Lost(LinkLoss.REOPENED));
  }

  @Override
  public LinkState state() {
    synchronized (guard) {
      return state;
    }
  }

  @Override
  public void close() {
    ask(new Supervisor.Stop());
  }

  private void ask(Supervisor.Event event) {
    synchronized (guard) {
      if (!ended) {
        asked.add(event);
        Posix.wake(wake);
      }
    }
  }

  @Override
  public void run() {
    try {
      on(new Supervisor.Start());
      while (supervisor.state() != LinkState.CLOSED) {
        work();
      }
    } finally {
      closePort();
      synchronized (guard) {
        ended = true;
        state = LinkState.CLOSED;
        Posix.close(wake);
      }
    }
  }

  private void work() {
    var fd = port == null ? -1 : port.fd();
    short wanted = fillWriting() ? Posix.POLLIN | Posix.POLLOUT : Posix.POLLIN;
    var seen = Posix.poll(fd, wanted, wake, millisToWait());
    Posix.forgetWake(wake);
    for (var event = asked.poll(); event != null; event = asked.poll()) {
      on(event);
    }
    if (port != null && port.fd() == fd) {
      // Bytes that came before a hang-up are still worth reading.
      if ((seen & (Posix.POLLIN | Posix.GONE)) != 0) {
        readOnce(fd, (seen & Posix.GONE) != 0);
      }
      if (port != null) {
        writeOnce(fd);
      }
    }
    on(new Supervisor.Tick());
  }

  private int millisToWait() {
    var now = nowMillis();
    var until = supervisor.deadlineMillis();
    if (stuckSinceMillis >= 0) {
      until = Math.min(until, stuckSinceMillis + settings.writeLimit().toMillis());
    }
    return until == Long.MAX_VALUE ? -1 : Math.clamp(until - now, 0, 60_000);
  }

  private void readOnce(int fd, boolean gone) {
    var buffer = new byte[4_096];
    var count = Posix.read(fd, buffer);
    if (count > 0) {
      listener.received(Arrays.copyOf(buffer, count));
    } else if (gone || count == 0 || (count != -Posix.EAGAIN && count != -Posix.EINTR)) {
      on(new Supervisor.Lost(LinkLoss.UNPLUGGED));
    }
  }

  private void writeOnce(int fd) {
    if (written == writing.length) {
      return;
    }
    var length = Math.min(WRITE_BYTES, writing.length - written);
    var count = Posix.write(fd, writing, written, length);
    if (count > 0) {
      written += count;
      stuckSinceMillis = nowMillis();
      synchronized (guard) {
        outputBytes -= count;
      }
    } else if (count != -Posix.EAGAIN && count != -Posix.EINTR) {
      on(new Supervisor.Lost(LinkLoss.UNPLUGGED));
    } else if (nowMillis() - stuckSinceMillis >= settings.writeLimit().toMillis()) {
      on(new Supervisor.Lost(LinkLoss.FROZEN));
    }
  }

  /** Whether there is something to write. */
  private boolean fillWriting() {
    if (port == null) {
      return false;
    }
    if (written == writing.length) {
      synchronized (guard) {
        var next = output.poll();
        writing = next == null ? new byte[0] : next;
      }
      written = 0;
      stuckSinceMillis = writing.length == 0 ? -1 : nowMillis();
    }
    return written < writing.length;
  }

  private void on(Supervisor.Event event) {
    var step =
        supervisor.on(
            event, nowMillis(), settings.identifyWithin().toMillis(), jitterPermille.getAsInt());
    supervisor = step.next();
    synchronized (guard) {
      state = supervisor.state();
    }
    for (var action : step.actions()) {
      switch (action) {
        case Supervisor.Open _ -> on(tryToOpen());
        case Supervisor.Close _ -> closePort();
        case Supervisor.TellOpened _ -> listener.opened();
        case Supervisor.TellLost(var why) -> listener.lost(why);
      }
    }
  }

  private Supervisor.Event tryToOpen() {
    try {
      port = opener.call();
      return new Supervisor.Opened();
    } catch (Exception _) {
      // Not there, taken, not a serial port: all of it may change, so it is tried again.
      return new Supervisor.OpenFailed();
    }
  }

  private void closePort() {
    synchronized (guard) {
      output.clear();
      outputBytes = 0;
    }
    writing = new byte[0];
    written = 0;
    stuckSinceMillis = -1;
    if (port != null) {
      try {
        port.close();
      } catch (IOException _) {
        // It is given up either way.
      }
      port = null;
    }
  }

  private static long nowMillis() {
    return System.nanoTime() / 1_000_000;
  }
}
