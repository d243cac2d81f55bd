package io.madang.stories;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The product as a process of its own. {@code ./madang test} says where it was built ({@code
 * MADANG_CLASSPATH}) and what the Java machine learned of it ({@code MADANG_LEARNED}), so that it
 * starts as quickly as for its users; otherwise it is made of the classes that this test sees.
 */
final class Program {
  /** Stories start it dozens of times and run it for seconds: optimising it would cost more. */
  private static final List<String> OPTIONS =
      List.of(
          "-XX:TieredStopAtLevel=1",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-Djava.awt.headless=true");

  private Program() {}

  /** The command {@code madang}. */
  static ProcessBuilder madang(List<String> arguments) {
    return java(List.of(), classPath(), "io.madang.gateway.Main", arguments);
  }

  /**
   * A program of these tests that runs the product in its own way.
   *
   * @param properties such as {@code -Dmadang.log.level=WARN}
   */
  static ProcessBuilder of(Class<?> main, List<String> properties, List<String> arguments) {
    var both = classPath() + File.pathSeparator + place(main);
    return java(properties, both, main.getName(), arguments);
  }

  /** Where the product's classes are. */
  static String classPath() {
    var built = System.getenv("MADANG_CLASSPATH");
    return built == null ? System.getProperty("java.class.path") : built;
  }

  private static ProcessBuilder java(
      List<String> properties, String classPath, String main, List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    var learned = System.getenv("MADANG_LEARNED");
    if (learned != null) {
      command.addAll(List.of("-XX:AOTCache=" + learned, "-Xlog:aot*=off,cds*=off"));
    }
    command.addAll(OPTIONS);
    command.addAll(properties);
    command.addAll(List.of("-cp", classPath, main));
    command.addAll(arguments);
    // What was learned names the program's files as they are seen from here.
    return new ProcessBuilder(command).directory(Path.of("..").toFile());
  }

  /**
   * Lets a data folder that is yet to be made find PostgreSQL's programs unpacked: each would
   * unpack them for itself otherwise.
   */
  static void shareDatabaseSoftware(Path data) throws IOException {
    var shared = Files.createDirectories(Path.of("target", "postgres-software").toAbsolutePath());
    var software = data.resolve("postgres").resolve("software");
    if (Files.notExists(software, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectories(software.getParent());
      Files.createSymbolicLink(software, shared);
    }
  }

  private static Path place(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException neverOfAFile) {
      throw new IllegalStateException(neverOfAFile);
    }
  }
}
