package io.madang.docker;

import static io.madang.docker.Checkout.map;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * A compose file (Compose Specification). Knows the keys that ours uses; another one is a fault
 * until somebody adds it here.
 */
final class ComposeFile {
  private static final Set<String> KEYS = Set.of("name", "services", "volumes", "secrets");
  private static final Set<String> SERVICE_KEYS =
      Set.of(
          "image",
          "build",
          "restart",
          "environment",
          "env_file",
          "command",
          "volumes",
          "secrets",
          "healthcheck",
          "depends_on",
          "ports");
  private static final Set<String> HEALTH_KEYS =
      Set.of("test", "interval", "timeout", "retries", "start_period");

  private final Checkout checkout;
  private final Path folder;
  private final List<String> exposedPorts;
  private final List<String> faults = new ArrayList<>();

  private ComposeFile(Checkout checkout, Path folder, List<String> exposedPorts) {
    this.checkout = checkout;
    this.folder = folder;
    this.exposedPorts = exposedPorts;
  }

  /**
   * Everything that is wrong with a compose file.
   *
   * @param folder where it lies, below the checkout
   * @param exposedPorts of the image that is built
   */
  static List<String> faults(
      String text, Checkout checkout, Path folder, List<String> exposedPorts) {
    var file = new ComposeFile(checkout, folder, exposedPorts);
    try {
      file.read(Checkout.yaml(text));
    } catch (YAMLException malformed) {
      file.faults.add("not YAML: " + malformed.getMessage());
    }
    return file.faults;
  }

  /** Everything that is wrong with an example of an environment file. */
  static List<String> faultsOfEnvironment(String text, Checkout checkout) {
    var faults = new ArrayList<String>();
    for (var line : text.lines().toList()) {
      if (line.isBlank() || line.startsWith("#")) continue;
      int equals = line.indexOf('=');
      if (equals < 1) {
        faults.add("not NAME=value: " + line);
      } else {
        setting(line.substring(0, equals), line.substring(equals + 1), checkout, faults);
      }
    }
    return faults;
  }

  private static void setting(String name, Object value, Checkout checkout, List<String> faults) {
    if (name.startsWith("MADANG_") && !checkout.settings().contains(name)) {
      faults.add("no setting of the program: " + name);
    }
    boolean secret = name.matches(".*(PASSWORD|SECRET|TOKEN|KEY).*") && !name.endsWith("_FILE");
    boolean inAddress = value.toString().matches("[a-z]+://[^/@]*:[^/@]*@.*");
    if (secret || inAddress || value.equals("trust")) {
      faults.add("a secret that everybody knows: " + name);
    }
  }

  private void read(Map<String, Object> document) {
    onlyKnown("the file", document, KEYS);
    var services = map(document.get("services"));
    if (services.isEmpty()) faults.add("no services");
    services.forEach((name, service) -> service(name, map(service), document));
    map(document.get("secrets"))
        .forEach((name, secret) -> secretFile(name, String.valueOf(map(secret).get("file"))));
  }

  private void service(String name, Map<String, Object> service, Map<String, Object> document) {
    onlyKnown(name, service, SERVICE_KEYS);
    var build = map(service.get("build"));
    if (service.get("image") instanceof String image) {
      if (!Checkout.isPinned(image)) faults.add(name + ": not pinned to a version: " + image);
    } else if (build.isEmpty()) {
      faults.add(name + ": neither image nor build");
    } else {
      var context = folder.resolve(String.valueOf(build.get("context")));
      mustExist(name, context.resolve(String.valueOf(build.get("dockerfile"))));
    }
    map(service.get("environment"))
        .forEach((setting, value) -> setting(setting, value, checkout, faults));
    if (service.get("env_file") instanceof String file) operatorsFile(name, file, ".example");
    list(service.get("volumes")).forEach(volume -> volume(name, volume, document));
    for (var secret : list(service.get("secrets"))) {
      if (!map(document.get("secrets")).containsKey(secret)) {
        faults.add(name + ": no such secret: " + secret);
      }
    }
    list(service.get("ports")).forEach(port -> port(name, port, !build.isEmpty()));
    map(service.get("depends_on"))
        .forEach((other, how) -> dependency(name, other, map(how), document));
    if (service.containsKey("healthcheck")) healthCheck(name, map(service.get("healthcheck")));
  }

  private void volume(String name, String volume, Map<String, Object> document) {
    var parts = volume.split(":", -1);
    if (parts.length < 2 || !parts[1].startsWith("/")) {
      faults.add(name + ": not source:target: " + volume);
    } else if (parts[0].startsWith(".") || parts[0].startsWith("/")) {
      mustExist(name, folder.resolve(parts[0]));
    } else if (!(document.get("volumes") instanceof Map<?, ?> declared)
        || !declared.containsKey(parts[0])) {
      faults.add(name + ": no such volume: " + parts[0]);
    }
  }

  private void port(String name, String port, boolean isBuilt) {
    var parts = port.split(":", -1);
    if (parts.length != 3 || !parts[0].equals("127.0.0.1")) {
      faults.add(name + ": published to everybody without TLS: " + port);
    } else if (isBuilt && !exposedPorts.contains(parts[2])) {
      faults.add(name + ": the image does not expose " + parts[2]);
    }
  }

  private void dependency(
      String name, String other, Map<String, Object> how, Map<String, Object> document) {
    var service = map(map(document.get("services")).get(other));
    if (service.isEmpty()) {
      faults.add(name + ": depends on no service: " + other);
    } else if ("service_healthy".equals(how.get("condition"))
        && !service.containsKey("healthcheck")) {
      faults.add(name + ": waits for the health of " + other + ", which has no check");
    }
  }

  private void healthCheck(String name, Map<String, Object> check) {
    onlyKnown(name + ".healthcheck", check, HEALTH_KEYS);
    if (!(check.get("test") instanceof String test) || test.isBlank()) {
      faults.add(name + ": a health check that asks nothing");
    } else if (test.contains("http")
        && checkout.routes().stream().noneMatch(route -> test.contains(route))) {
      faults.add(name + ": a health check of no route: " + test);
    }
  }

  private void secretFile(String name, String file) {
    operatorsFile(name, file, "");
  }

  /** A file that the operator writes: never in the repository, nor sent to the builder. */
  private void operatorsFile(String name, String file, String example) {
    var path = checkout.root().relativize(folder.resolve(file).normalize()).toString();
    if (!checkout.text(".gitignore").lines().toList().contains("/" + path)) {
      faults.add(name + ": could be committed: " + path);
    }
    if (!checkout.text(".dockerignore").lines().toList().contains(path)) {
      faults.add(name + ": would be sent to the builder: " + path);
    }
    if (!example.isEmpty()) mustExist(name, folder.resolve(file + example));
  }

  private void mustExist(String name, Path path) {
    if (!checkout.has(path.toString())) faults.add(name + ": not in the checkout: " + path);
  }

  private void onlyKnown(String where, Map<String, Object> object, Set<String> known) {
    for (var key : object.keySet()) {
      if (!known.contains(key)) faults.add(where + ": no known key: " + key);
    }
  }

  private static List<String> list(@Nullable Object value) {
    return value instanceof List<?> items
        ? items.stream().map(String::valueOf).toList()
        : List.of();
  }
}
