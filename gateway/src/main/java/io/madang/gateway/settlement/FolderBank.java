package io.madang.gateway.settlement;

import io.madang.ledger.PayoutId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A folder that is shared with the bank, as over SFTP: it takes {@code outbox/NAME.xml} and puts
 * its answers into {@code inbox}. A file appears there whole, by a rename; what was read is moved
 * to {@code inbox/taken} or {@code inbox/refused}.
 *
 * <p>A file is ready as {@code outbox/.NAME.ready} before anybody stores that it leaves, and leaves
 * by one rename. So the folder itself knows after any crash whether it left: it did if the ready
 * file is gone.
 */
public final class FolderBank implements PayoutBank {
  /** What the readers of banks' files take. */
  private static final long MAX_FILE = 32L << 20;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}\\.xml");

  private final Path outbox;
  private final Path inbox;
  private final Path taken;
  private final Path refused;

  /** A folder, with what is in it, made when it is not there. */
  public FolderBank(Path folder) throws IOException {
    outbox = folder.resolve("outbox");
    inbox = folder.resolve("inbox");
    taken = inbox.resolve("taken");
    refused = inbox.resolve("refused");
    for (var one : List.of(outbox, inbox, taken, refused)) {
      Files.createDirectories(one);
    }
  }

  @Override
  public void prepare(String name, byte[] file) throws IOException {
    write(ready(name), file);
  }

  @Override
  public void deliver(String name) throws IOException {
    Files.move(ready(name), outbox.resolve(name + ".xml"), StandardCopyOption.ATOMIC_MOVE);
    sync(outbox);
  }

  @Override
  public boolean has(String name) throws IOException {
    if (!Files.isDirectory(outbox)) return false;
    if (Files.exists(ready(name))) deliver(name);
    return true;
  }

  @Override
  public void withdraw(String name) throws IOException {
    var left = outbox.resolve(name + ".xml");
    if (!Files.exists(left)) return;
    Files.move(left, outbox.resolve("." + name + ".withdrawn"), StandardCopyOption.ATOMIC_MOVE);
    sync(outbox);
  }

  private Path ready(String name) {
    return outbox.resolve("." + name + ".ready");
  }

  /** Banks have no common form for a customer's question: one payout id a line. */
  @Override
  public void ask(String name, List<PayoutId> payouts) throws IOException {
    var lines = new StringBuilder();
    payouts.forEach(payout -> lines.append(payout).append('\n'));
    write(
        outbox.resolve(name + ".question.txt"),
        lines.toString().getBytes(StandardCharsets.US_ASCII));
  }

  private static void write(Path file, byte[] content) throws IOException {
    var unfinished = file.resolveSibling("." + file.getFileName() + ".part");
    Files.deleteIfExists(unfinished);
    Files.createFile(
        unfinished,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")));
    try (var channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
      var bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    sync(file.resolveSibling("."));
  }

  /** A rename is durable when its folder is. */
  private static void sync(Path folder) throws IOException {
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public List<Incoming> incoming(int limit) throws IOException {
    List<Path> found;
    try (var files = Files.list(inbox)) {
      found =
          files
              .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
              .filter(file -> NAME.matcher(file.getFileName().toString()).matches())
              .sorted(
                  Comparator.comparingLong(FolderBank::modifiedMillis).thenComparing(file -> file))
              .limit(limit)
              .toList();
    }
    var incoming = new ArrayList<Incoming>();
    for (var file : found) {
      // One byte too many is enough for a reader to refuse it as too large.
      try (var in = Files.newInputStream(file)) {
        incoming.add(
            new Incoming(file.getFileName().toString(), in.readNBytes((int) MAX_FILE + 1)));
      }
    }
    return incoming;
  }

  private static long modifiedMillis(Path file) {
    try {
      return Files.getLastModifiedTime(file).toMillis();
    } catch (IOException gone) {
      return Long.MAX_VALUE;
    }
  }

  @Override
  public void done(String name, boolean wasTaken) throws IOException {
    var to = (wasTaken ? taken : refused).resolve(name);
    Files.move(inbox.resolve(name), to, StandardCopyOption.REPLACE_EXISTING);
    sync(inbox);
  }
}
