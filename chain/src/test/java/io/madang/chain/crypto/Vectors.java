package io.madang.chain.crypto;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Test vectors from the JSON files that the browser's tests read too: flat objects inside one list.
 */
final class Vectors {
  private static final Pattern OBJECT = Pattern.compile("\\{([^{}]*)}");
  private static final Pattern MEMBER = Pattern.compile("\"(\\w+)\":\\s*\"?([^\",}\\n]*)");

  private Vectors() {}

  /** One vector's members as text. */
  record Vector(Map<String, String> members) {
    String text(String name) {
      return Objects.requireNonNull(members.get(name), name);
    }

    byte[] bytes(String name) {
      return HexFormat.of().parseHex(text(name));
    }

    @Override
    public String toString() {
      return members.getOrDefault("about", text("publicKey"));
    }
  }

  static List<Vector> read(String file) {
    try (var stream = Vectors.class.getResourceAsStream("/" + file)) {
      byte[] content = Objects.requireNonNull(stream, file).readAllBytes();
      return OBJECT
          .matcher(new String(content, StandardCharsets.UTF_8))
          .results()
          .map(Vectors::vector)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Vector vector(MatchResult object) {
    return new Vector(
        MEMBER
            .matcher(object.group(1))
            .results()
            .collect(Collectors.toMap(member -> member.group(1), member -> member.group(2))));
  }
}
