package io.madang.gateway.command.election;

import io.madang.voting.record.Reading;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads files that may come from anybody: bounded, and refused in a sentence. */
final class InputFile {
  private InputFile() {}

  /** A file's bytes, without the end of line that editors and mail programs add. */
  static byte[] record(Path file, int maxBytes) throws IOException {
    byte[] bytes = bytes(file, maxBytes);
    int end = bytes.length;
    while (end > 0 && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r')) {
      end--;
    }
    return Arrays.copyOf(bytes, end);
  }

  /**
   * A file's UTF-8 text, without white space around it or the mark that some editors begin with.
   */
  static String text(Path file, int maxBytes) throws IOException {
    try {
      var text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes(file, maxBytes)))
              .toString();
      return (text.startsWith("\uFEFF") ? text.substring(1) : text).strip();
    } catch (CharacterCodingException notUtf8) {
      throw new IOException(file + " is not UTF-8 text.", notUtf8);
    }
  }

  /** The texts of several files, in their order. */
  static List<String> texts(List<Path> files, int maxBytes) throws IOException {
    var texts = new ArrayList<String>();
    for (var file : files) {
      texts.add(text(file, maxBytes));
    }
    return texts;
  }

  private static byte[] bytes(Path file, int maxBytes) throws IOException {
    requireFile(file);
    try (var input = Files.newInputStream(file)) {
      byte[] bytes = input.readNBytes(maxBytes + 1);
      if (bytes.length > maxBytes) {
        throw new IOException(file + " is longer than the " + maxBytes + " bytes it may have.");
      }
      return bytes;
    }
  }

  /** Refuses what is no file that can be read. */
  static void requireFile(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new IOException("There is no file " + file + ".");
    }
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new IOException(file + " is not a file that can be read.");
    }
  }

  /** The accepted value; otherwise says what was refused and why. */
  static <T> T accepted(Object what, Reading<T> reading) throws IOException {
    return switch (reading) {
      case Reading.Accepted<T>(var value) -> value;
      case Reading.Refused<T>(var refusal) ->
          throw new IOException(what + " is refused: " + refusal + ".");
    };
  }
}
