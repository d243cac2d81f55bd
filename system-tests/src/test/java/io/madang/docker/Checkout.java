package io.madang.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * What the container files may name: the checkout that they are part of.
 *
 * @param routes paths that the gateway answers
 * @param settings environment variables that the program reads
 */
record Checkout(Path root, Set<String> routes, Set<String> settings) {
  private static final Pattern SETTING =
      Pattern.compile("(?:env:|getenv\\(\")(MADANG_[A-Z_]+)[}:\"]");

  static Checkout read(Path root) throws IOException {
    var gateway = root.resolve("gateway/src/main");
    var contract = yaml(Files.readString(gateway.resolve("resources/openapi.yaml")));
    var settings = new TreeSet<String>();
    try (var files = Files.walk(gateway.resolve("java"))) {
      for (var file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        SETTING
            .matcher(Files.readString(file))
            .results()
            .forEach(found -> settings.add(found.group(1)));
      }
    }
    return new Checkout(root, map(contract.get("paths")).keySet(), settings);
  }

  /** A YAML mapping in which no key stands twice. */
  static Map<String, Object> yaml(String text) {
    var options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    Object document = new Yaml(new SafeConstructor(options)).load(text);
    return map(document);
  }

  /** A mapping by its keys' text; empty when it is something else. */
  static Map<String, Object> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map
        ? map.entrySet().stream()
            .filter(entry -> entry.getValue() != null)
            .collect(Collectors.toMap(entry -> String.valueOf(entry.getKey()), Map.Entry::getValue))
        : Map.of();
  }

  boolean has(String path) {
    return Files.exists(root.resolve(path).normalize());
  }

  /** The text of a file. */
  String text(String path) {
    try {
      return Files.readString(root.resolve(path));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /**
   * Whether an image is named with a version, so that another day's build is not another system.
   */
  static boolean isPinned(String image) {
    return image.matches("[a-z0-9./_-]+:[0-9][A-Za-z0-9._-]*(@sha256:[0-9a-f]{64})?");
  }
}
