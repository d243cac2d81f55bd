package io.madang.gateway.command.election;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs docs/election-by-command-line.md as it is written, each command in a process of its own. */
class ElectionByCommandLineTest {
  private static final Path PAGE = Path.of("../docs/election-by-command-line.md");
  private static final Path BELENIOS_TOOL = Path.of("/usr/bin/belenios-tool");
  private static final String ARCHIVE = "7HAFgTqYbNj3Wm.bel";

  @TempDir private static Path folder;

  private static int exitCode;
  private static String said = "";

  @BeforeAll
  static void run_the_page() throws Exception {
    var program =
        "#!/bin/sh\nexec '%s' -XX:TieredStopAtLevel=1 -cp '%s' io.madang.gateway.Main \"$@\"\n"
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"));
    Files.writeString(folder.resolve("madang"), program);
    Files.setPosixFilePermissions(
        folder.resolve("madang"), PosixFilePermissions.fromString("rwx------"));
    Files.writeString(folder.resolve("page.sh"), "set -eu\n" + blocks("sh"));
    var output = folder.resolve("output.txt");
    var process =
        new ProcessBuilder("bash", "page.sh")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    exitCode = process.waitFor();
    said = Files.readString(output);
  }

  private static String blocks(String language) throws IOException {
    return Pattern.compile("(?s)```" + language + "\n(.*?)```")
        .matcher(Files.readString(PAGE))
        .results()
        .map((MatchResult block) -> block.group(1))
        .collect(Collectors.joining("\n"));
  }

  @Test
  void every_command_of_the_page_works() {
    assertThat(said).contains("VALID", "in place of", "counted");
    assertThat(exitCode).as(said).isZero();
  }

  @Test
  void the_result_is_the_one_that_the_page_shows() throws IOException {
    assertThat(said).contains(blocks("text"));
  }

  @Test
  void private_files_are_readable_by_their_owner_alone() throws IOException {
    for (var file :
        new String[] {
          "registrar/credentials.csv",
          "registrar/credentials.html",
          "trustee1/member-private.json",
          "trustee1/trustee-private.json",
          "stick1/trustee-private.json"
        }) {
      assertThat(Files.getPosixFilePermissions(folder.resolve("election").resolve(file)))
          .as(file)
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
  }

  @Test
  void no_secret_is_ever_printed() throws IOException {
    var election = folder.resolve("election");
    var secrets =
        Pattern.compile("[0-9]{30,}")
            .matcher(Files.readString(election.resolve("trustee1/trustee-private.json")))
            .results()
            .map(MatchResult::group)
            .collect(Collectors.toList());
    secrets.addAll(
        Files.readAllLines(election.resolve("registrar/credentials.csv")).stream()
            .skip(1)
            .map(line -> line.substring(line.lastIndexOf(',') + 1))
            .toList());
    assertThat(secrets).hasSize(5);
    assertThat(said).doesNotContain(secrets);
  }

  @Test
  void a_backup_is_the_same_file() {
    var election = folder.resolve("election");
    assertThat(election.resolve("stick3/trustee-private.json"))
        .hasSameBinaryContentAs(election.resolve("trustee3/trustee-private.json"));
  }

  @Test
  void the_printed_page_has_a_code_for_each_voter_and_needs_nothing_from_outside()
      throws IOException {
    var page = Files.readString(folder.resolve("election/registrar/credentials.html"));
    assertThat(page).contains("동아리연합회", "가중치 3", "서준 2026-0413", "Show it to nobody");
    assertThat(Pattern.compile("<svg ").matcher(page).results()).hasSize(4);
    assertThat(page.replace("http://www.w3.org/2000/svg", ""))
        .doesNotContain("http:", "https:", "src=", "href=", "url(");
  }

  @Test
  void belenios_tool_accepts_the_archive() throws Exception {
    assumeTrue(
        Files.isExecutable(BELENIOS_TOOL),
        "belenios-tool is not installed; './madang test' installs it, or 'apt-get install belenios-tool'");
    var alone = Files.createDirectories(folder.resolve("belenios"));
    Files.copy(folder.resolve("election/keeper").resolve(ARCHIVE), alone.resolve(ARCHIVE));
    var process =
        new ProcessBuilder(
                BELENIOS_TOOL.toString(), "election", "verify", "--dir", alone.toString())
            .redirectErrorStream(true)
            .start();
    var answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(answer).isZero();
    assertThat(answer).contains("all checks passed");
  }
}
