package io.madang.gateway.witness;

import io.madang.chain.SigningKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The file that one chain's witness is kept in, replaced whole or not at all. Blocking. */
final class WitnessFile {
  /** More is no witness. */
  private static final int MAX_LENGTH = 4 * 1024;

  private final Path file;
  private final String chain;
  private final SigningKey member;

  WitnessFile(Path folder, String chain, SigningKey member) {
    this.file = folder.resolve("witness-" + chain + ".jws");
    this.chain = chain;
    this.member = member;
  }

  /** What reading the file gives. */
  sealed interface Reading {
    record Read(Witness witness) implements Reading {}

    record Missing() implements Reading {}

    /** It is there, but it is not what this gateway wrote. */
    record Damaged() implements Reading {}
  }

  Reading read() throws IOException {
    byte[] bytes;
    try (var in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_LENGTH);
    } catch (NoSuchFileException missing) {
      return new Reading.Missing();
    }
    var text = new String(bytes, StandardCharsets.ISO_8859_1);
    // Without its last character it was not written to its end.
    if (!text.endsWith("\n")) return new Reading.Damaged();
    return Witness.read(text.substring(0, text.length() - 1), chain, member)
        .<Reading>map(Reading.Read::new)
        .orElseGet(Reading.Damaged::new);
  }

  /** Replaces the file; durable when it returns. */
  void write(Witness witness) throws IOException {
    var folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    var next = file.resolveSibling(file.getFileName() + ".next");
    try (var channel =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      var line = ByteBuffer.wrap((witness.sign(member) + "\n").getBytes(StandardCharsets.US_ASCII));
      while (line.hasRemaining()) {
        channel.write(line);
      }
      channel.force(true);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    // The rename itself is durable once the folder is.
    try (var folderChannel = FileChannel.open(folder, StandardOpenOption.READ)) {
      folderChannel.force(true);
    }
  }

  /** Keeps what was found as evidence, beside the place where the next witness goes. */
  void setAside(long nowMillis) throws IOException {
    if (Files.exists(file)) {
      Files.move(file, file.resolveSibling(file.getFileName() + ".before-" + nowMillis));
    }
  }

  /** Where it is. */
  @Override
  public String toString() {
    return file.toString();
  }
}
