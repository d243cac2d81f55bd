package io.madang.voting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Elections that belenios-tool made, and unit vectors: src/test/resources/belenios. */
public final class Fixtures {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Fixtures() {}

  /** A file's bytes, named from the folder {@code belenios}. */
  public static byte[] bytes(String file) {
    try (var stream = Fixtures.class.getResourceAsStream("/belenios/" + file)) {
      return Objects.requireNonNull(stream, file).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String text(String file) {
    return new String(bytes(file), StandardCharsets.UTF_8).strip();
  }

  /** The names of a folder's files that end so. */
  public static List<String> names(String folder, String suffix) {
    try (var files =
        Files.list(
            Path.of(
                Objects.requireNonNull(Fixtures.class.getResource("/belenios/" + folder))
                    .toURI()))) {
      return files
          .map(path -> path.getFileName().toString())
          .filter(name -> name.endsWith(suffix))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  public static JsonNode json(String file) {
    try {
      return JSON.readTree(bytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The unit vectors of a name, of the groups that we have. */
  public static List<JsonNode> vectors(String name) {
    var vectors = new ArrayList<JsonNode>();
    for (JsonNode vector : json("vectors.json").get(name)) {
      if (!vector.path("group").asText().startsWith("RFC")) {
        vectors.add(vector);
      }
    }
    return vectors;
  }
}
