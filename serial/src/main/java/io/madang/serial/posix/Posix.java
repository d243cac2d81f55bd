package io.madang.serial.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * Calls of libc on file descriptors, for Linux with glibc on 64 bits. A refusal by the system is
 * {@code -errno}, as the kernel itself says it.
 */
public final class Posix {
  public static final int EAGAIN = 11;
  public static final int EINTR = 4;

  public static final short POLLIN = 1;
  public static final short POLLOUT = 4;

  /** POLLERR, POLLHUP and POLLNVAL: nobody is at the other end any more. */
  public static final short GONE = 0x8 | 0x10 | 0x20;

  private static final int O_RDWR_NOCTTY_NONBLOCK_CLOEXEC = 0x2 | 0x100 | 0x800 | 0x80000;
  private static final int O_NONBLOCK = 0x800;
  private static final int F_GETFL = 3;
  private static final int F_SETFL = 4;
  private static final int TERMIOS_BYTES = 60;
  private static final int CBAUD = 0x100F;

  private static final Linker linker = Linker.nativeLinker();
  private static final MemoryLayout errnoLayout = Linker.Option.captureStateLayout();
  private static final VarHandle errnoHandle =
      errnoLayout.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private static final MethodHandle poll =
      call("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  private static final MethodHandle read =
      call("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
  private static final MethodHandle write =
      call("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
  private static final MethodHandle close =
      call("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle open =
      call(
          "open",
          FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle fcntl =
      call(
          "fcntl",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle eventfd =
      call("eventfd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle openMaster =
      call("posix_openpt", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle grantMaster =
      call("grantpt", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle unlockMaster =
      call("unlockpt", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle nameOfSlave =
      call("ptsname_r", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_LONG));
  private static final MethodHandle getTerminal =
      call("tcgetattr", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
  private static final MethodHandle setTerminal =
      call("tcsetattr", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
  private static final MethodHandle makeRaw = call("cfmakeraw", FunctionDescriptor.ofVoid(ADDRESS));

  private Posix() {}

  /**
   * Waits for one descriptor; what of {@code events} or {@link #GONE} is true, 0 after the time.
   */
  public static int poll(int fd, short events, int timeoutMillis) {
    return poll(fd, events, -1, timeoutMillis);
  }

  /**
   * Waits for {@code fd}, or for {@code wake} to be readable.
   *
   * @param timeoutMillis -1 for ever
   * @return what of {@code events} or {@link #GONE} is true of {@code fd}; 0 otherwise
   */
  public static int poll(int fd, short events, int wake, int timeoutMillis) {
    try (var arena = Arena.ofConfined()) {
      var descriptors = arena.allocate(16, 4);
      // poll skips negative descriptors.
      descriptors.set(JAVA_INT, 0, fd);
      descriptors.set(JAVA_SHORT, 4, events);
      descriptors.set(JAVA_INT, 8, wake);
      descriptors.set(JAVA_SHORT, 12, POLLIN);
      var result = (int) poll.invokeExact(errno(arena), descriptors, 2L, timeoutMillis);
      return result <= 0 ? 0 : descriptors.get(JAVA_SHORT, 6);
    } catch (Throwable bug) {
      throw new IllegalStateException(bug);
    }
  }

  /** Reads into {@code buffer}: the count, 0 at the end, or -errno. */
  public static int read(int fd, byte[] buffer) {
    try (var arena = Arena.ofConfined()) {
      var memory = arena.allocate(Math.max(1, buffer.length));
      var errno = errno(arena);
      var count = (long) read.invokeExact(errno, fd, memory, (long) buffer.length);
      if (count < 0) {
        return refusal(errno);
      }
      MemorySegment.copy(memory, JAVA_BYTE, 0, buffer, 0, (int) count);
      return (int) count;
    } catch (Throwable bug) {
      throw new IllegalStateException(bug);
    }
  }

  /** Writes as many bytes from {@code offset} on as are taken now: the count, or -errno. */
  public static int write(int fd, byte[] bytes, int offset, int length) {
    try (var arena = Arena.ofConfined()) {
      var memory = arena.allocate(Math.max(1, length));
      MemorySegment.copy(bytes, offset, memory, JAVA_BYTE, 0, length);
      var errno = errno(arena);
      var count = (long) write.invokeExact(errno, fd, memory, (long) length);
      return count < 0 ? refusal(errno) : (int) count;
    } catch (Throwable bug) {
      throw new IllegalStateException(bug);
    }
  }

  public static void close(int fd) {
    try (var arena = Arena.ofConfined()) {
      var _ = (int) close.invokeExact(errno(arena), fd);
    } catch (Throwable bug) {
      throw new IllegalStateException(bug);
    }
  }

  /** Opens a terminal without becoming its session's leader and without waiting: fd, or -errno. */
  public static int openTerminal(String path) {
    try (var arena = Arena.ofConfined()) {
      var errno = errno(arena);
      var fd =
          (int) open.invokeExact(errno, arena.allocateFrom(path), O_RDWR_NOCTTY_NONBLOCK_CLOEXEC);
      return fd < 0 ? refusal(errno) : fd;
    } catch (Throwable bug) {
      throw new IllegalStateException(bug);
    }
  }

  /** From now on no read and no write on it waits. */
  public static void neverBlock(int fd) {
    try (var arena = Arena.ofConfined()) {
      var errno = errno(arena);
      var flags = (int) fcntl.invokeExact(errno, fd, F_GETFL, 0);
      if (flags < 0 || (int) fcntl.invokeExact(errno, fd, F_SETFL, flags | O_NONBLOCK) < 0) {
        throw new IllegalStateException("fcntl: " + refusal(errno));
      }
    } catch (IllegalStateException refused) {
      throw refused;
    } catch (Throwable bug) {
      throw new IllegalStateException(bug);
    }
  }

  /** A counter that one thread raises to wake another from {@link #poll}. */
  public static int openWake() {
    try (var arena = Arena.ofConfined()) {
      var errno = errno(arena);
      var fd = (int) eventfd.invokeExact(errno, 0, O_NONBLOCK | 0x80000);
      if (fd < 0) {
        throw new IllegalStateException("eventfd: " + refusal(errno));
      }
      return fd;
    } catch (IllegalStateException refused) {
      throw refused;
    } catch (Throwable bug) {
      throw new IllegalStateException(bug);
    }
  }

  /** Raises the counter of {@link #openWake}. */
  public static void wake(int fd) {
    var _ = write(fd, new byte[] {1, 0, 0, 0, 0, 0, 0, 0}, 0, 8);
  }

  /** Sets the counter of {@link #openWake} back to nothing. */
  public static void forgetWake(int fd) {
    var _ = read(fd, new byte[8]);
  }

  /** Opens the device's end of a new pseudo-terminal, in raw mode: fd, or -errno. */
  public static int openPseudoTerminal() {
    try (var arena = Arena.ofConfined()) {
      var errno = errno(arena);
      var fd = (int) openMaster.invokeExact(errno, O_RDWR_NOCTTY_NONBLOCK_CLOEXEC);
      if (fd < 0
          || (int) grantMaster.invokeExact(errno, fd) < 0
          || (int) unlockMaster.invokeExact(errno, fd) < 0) {
        return refusal(errno);
      }
      var terminal = arena.allocate(TERMIOS_BYTES, 8);
      if ((int) getTerminal.invokeExact(errno, fd, terminal) < 0) {
        return refusal(errno);
      }
      makeRaw.invokeExact(errno, terminal);
      return (int) setTerminal.invokeExact(errno, fd, 0, terminal) < 0 ? refusal(errno) : fd;
    } catch (Throwable bug) {
      throw new IllegalStateException(bug);
    }
  }

  /** The path under which a driver opens a pseudo-terminal. */
  public static String driverPath(int pseudoTerminal) {
    try (var arena = Arena.ofConfined()) {
      var name = arena.allocate(64);
      var refusal = (int) nameOfSlave.invokeExact(errno(arena), pseudoTerminal, name, 64L);
      if (refusal != 0) {
        throw new IllegalStateException("ptsname_r: " + refusal);
      }
      return name.getString(0);
    } catch (IllegalStateException refused) {
      throw refused;
    } catch (Throwable bug) {
      throw new IllegalStateException(bug);
    }
  }

  /** The code of the speed that was set (asm/termbits.h), or -errno for what is no terminal. */
  public static int speedCode(int fd) {
    try (var arena = Arena.ofConfined()) {
      var errno = errno(arena);
      var terminal = arena.allocate(TERMIOS_BYTES, 8);
      return (int) getTerminal.invokeExact(errno, fd, terminal) < 0
          ? refusal(errno)
          : terminal.get(JAVA_INT, 8) & CBAUD;
    } catch (Throwable bug) {
      throw new IllegalStateException(bug);
    }
  }

  // Whoever starts the program allows native access by name (--enable-native-access).
  @SuppressWarnings("restricted")
  private static MethodHandle call(
      String name, FunctionDescriptor shape, Linker.Option... variadic) {
    var options = new Linker.Option[variadic.length + 1];
    options[0] = Linker.Option.captureCallState("errno");
    System.arraycopy(variadic, 0, options, 1, variadic.length);
    return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), shape, options);
  }

  private static MemorySegment errno(Arena arena) {
    return arena.allocate(errnoLayout);
  }

  private static int refusal(MemorySegment errno) {
    return -(int) errnoHandle.get(errno, 0L);
  }
}
