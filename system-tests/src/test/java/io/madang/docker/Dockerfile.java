package io.madang.docker;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A Dockerfile, read line by line (Dockerfile reference, "Format"). Knows the instructions that
 * ours uses; another one is a fault until somebody adds it here.
 */
final class Dockerfile {
  private static final List<String> KNOWN =
      List.of(
          "FROM",
          "RUN",
          "COPY",
          "WORKDIR",
          "USER",
          "VOLUME",
          "ENV",
          "EXPOSE",
          "HEALTHCHECK",
          "ENTRYPOINT",
          "CMD");
  private static final Pattern INSTRUCTION = Pattern.compile("([A-Z]+)\\s+(\\S.*)");
  private static final Pattern ASSIGNMENT = Pattern.compile("([A-Z_]+)=\\S+");
  private static final Pattern REQUEST =
      Pattern.compile("/dev/tcp/127\\.0\\.0\\.1/(\\d+).*GET (/\\S*) HTTP/1\\.[01]");
  private static final Pattern MODULE_ARTIFACT =
      Pattern.compile("/src/([a-z-]+)/target/(lib|([a-z-]+)-([0-9.]+)\\.jar)");

  private final Checkout checkout;
  private final List<String> faults = new ArrayList<>();
  private final List<String> stages = new ArrayList<>();
  private final TreeSet<String> exposed = new TreeSet<>();
  private final List<String> last = new ArrayList<>();
  private String user = "root";

  private Dockerfile(Checkout checkout) {
    this.checkout = checkout;
  }

  /** Everything that is wrong with a Dockerfile; ports that it exposes are added to a list. */
  static List<String> faults(String text, Checkout checkout, List<String> exposedPorts) {
    var file = new Dockerfile(checkout);
    file.read(text);
    exposedPorts.addAll(file.exposed);
    return file.faults;
  }

  private void read(String text) {
    var instruction = new StringBuilder();
    for (var line : text.lines().toList()) {
      if (line.startsWith("#") || line.isBlank()) continue;
      boolean goesOn = line.endsWith("\\");
      instruction.append(goesOn ? line.substring(0, line.length() - 1) : line);
      if (goesOn) continue;
      take(instruction.toString().strip());
      instruction.setLength(0);
    }
    if (!instruction.isEmpty()) faults.add("the last instruction does not end");
    if (!last.contains("ENTRYPOINT")) faults.add("the last stage starts nothing");
    if (!last.contains("HEALTHCHECK")) faults.add("the last stage has no health check");
    if (user.equals("root")) faults.add("the last stage runs as root");
  }

  private void take(String line) {
    var parts = INSTRUCTION.matcher(line);
    if (!parts.matches() || !KNOWN.contains(parts.group(1))) {
      faults.add("no known instruction: " + line);
      return;
    }
    var name = parts.group(1);
    var rest = parts.group(2);
    if (stages.isEmpty() && !name.equals("FROM")) faults.add("before any FROM: " + line);
    last.add(name);
    switch (name) {
      case "FROM" -> from(rest);
      case "COPY" -> copy(rest);
      case "ENV" -> environment(rest);
      case "EXPOSE" -> expose(rest);
      case "USER" -> user = rest;
      case "HEALTHCHECK" -> healthCheck(rest);
      case "ENTRYPOINT", "CMD" -> words(rest).ifPresent(this::command);
      case "WORKDIR", "VOLUME" -> {
        if (!rest.startsWith("/")) faults.add("not an absolute path: " + rest);
      }
      default -> {}
    }
  }

  private void from(String rest) {
    var words = rest.split("\\s+", -1);
    if (!Checkout.isPinned(words[0])) faults.add("not pinned to a version: " + words[0]);
    boolean named = words.length == 3 && words[1].equals("AS");
    if (words.length != 1 && !named) faults.add("not FROM image AS stage: " + rest);
    stages.add(named ? words[2] : "");
    last.clear();
    user = "root";
  }

  private void copy(String rest) {
    var words = new ArrayList<>(Arrays.asList(rest.split("\\s+", -1)));
    var source = "";
    if (words.getFirst().startsWith("--from=")) {
      source = words.removeFirst().substring("--from=".length());
    }
    if (words.size() < 2) {
      faults.add("COPY without a target: " + rest);
      return;
    }
    for (var path : words.subList(0, words.size() - 1)) {
      if (source.isEmpty()) {
        if (!checkout.has(path)) faults.add("not in the checkout: " + path);
      } else if (stages.subList(0, stages.size() - 1).contains(source)) {
        if (!isBuilt(path)) faults.add("not made by an earlier stage: " + path);
      } else if (!Checkout.isPinned(source)) {
        faults.add("neither an earlier stage nor pinned to a version: " + source);
      }
    }
  }

  /** Whether Maven makes this: a module's jar in the version of the build, or its libraries. */
  private boolean isBuilt(String path) {
    var parts = MODULE_ARTIFACT.matcher(path);
    if (!parts.matches() || !checkout.has(parts.group(1) + "/pom.xml")) return false;
    if (parts.group(2).equals("lib")) {
      return checkout.text(parts.group(1) + "/pom.xml").contains("${project.build.directory}/lib<");
    }
    return parts.group(3).equals(parts.group(1))
        && checkout.text("pom.xml").contains("<version>" + parts.group(4) + "</version>");
  }

  private void environment(String rest) {
    for (var assignment : rest.split("\\s+", -1)) {
      var parts = ASSIGNMENT.matcher(assignment);
      if (!parts.matches()) {
        faults.add("not NAME=value: " + assignment);
      } else if (!checkout.settings().contains(parts.group(1))) {
        faults.add("no setting of the program: " + parts.group(1));
      }
    }
  }

  private void expose(String rest) {
    if (!rest.matches("[1-9]\\d{0,4}")) faults.add("not a port: " + rest);
    exposed.add(rest);
  }

  private void healthCheck(String rest) {
    int command = rest.indexOf("CMD ");
    if (command < 0 || !rest.substring(0, command).matches("(--[a-z-]+=\\d+m?s\\s+)*")) {
      faults.add("not HEALTHCHECK --option=time CMD …: " + rest);
      return;
    }
    words(rest.substring(command + "CMD ".length()))
        .ifPresent(
            words -> {
              var request = REQUEST.matcher(String.join(" ", words));
              if (!request.find()) {
                faults.add("a health check that asks for no page: " + words);
              } else if (!exposed.contains(request.group(1))) {
                faults.add("a health check of a port that is not exposed: " + request.group(1));
              } else if (!checkout.routes().contains(request.group(2))) {
                faults.add("a health check of no route: " + request.group(2));
              }
            });
  }

  /** The exec form: a JSON array of texts, so that no shell stands between. */
  private Optional<List<String>> words(String json) {
    try {
      var words = new ArrayList<String>();
      for (var word : new JsonArray(json)) {
        words.add((String) word);
      }
      return Optional.of(words);
    } catch (DecodeException | ClassCastException notWords) {
      faults.add("not a JSON array of texts: " + json);
      return Optional.empty();
    }
  }

  private void command(List<String> words) {
    for (var word : words) {
      if (word.startsWith("io.madang.")
          && !checkout.has("gateway/src/main/java/" + word.replace('.', '/') + ".java")) {
        faults.add("no such class: " + word);
      }
    }
  }
}
