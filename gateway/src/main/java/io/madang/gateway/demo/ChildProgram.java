package io.madang.gateway.demo;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program of ours that another one starts, with the same classes, and that ends with it. */
public final class ChildProgram {
  private static final String ENDS_WITH_PARENT = "madang.ends-with-parent";

  private ChildProgram() {}

  /**
   * Prepares one; what it says is read from its standard output.
   *
   * @param options for its Java machine
   * @param arguments as after {@code ./madang}
   */
  public static ProcessBuilder prepare(List<String> options, List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Djava.awt.headless=true",
            "-Dmadang.log.level=WARN",
            "-D" + ENDS_WITH_PARENT + "=true"));
    // What makes this program start quickly makes that one start quickly too.
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("-XX:AOTCache=") || option.startsWith("-Xlog:aot"))
        .forEach(command::add);
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("io.madang.gateway.Main");
    command.addAll(arguments);
    return new ProcessBuilder(command).redirectErrorStream(true);
  }

  /** Makes this program end when the one that started it does, if it was started in this way. */
  public static void endWithParentIfAsked() {
    if (Boolean.getBoolean(ENDS_WITH_PARENT)) {
      ProcessHandle.current()
          .parent()
          .ifPresent(
              parent -> {
                var _ = parent.onExit().thenRun(() -> Runtime.getRuntime().halt(1));
              });
    }
  }
}
