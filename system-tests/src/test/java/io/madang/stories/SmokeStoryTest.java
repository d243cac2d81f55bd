package io.madang.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a newcomer's smoke run leaves behind, checked with the commands that anybody has. */
class SmokeStoryTest {
  private static final int LONGEST_RUN_MINUTES = 5;

  @TempDir static Path folder;

  private record Ended(int exitCode, String said) {}

  @BeforeAll
  static void run_the_smoke() throws Exception {
    var ended = madang("demo", "--smoke", "--port", "0", "--out", folder.toString());

    assertThat(ended.said()).contains("All of it works.");
    assertThat(ended.exitCode()).isZero();
  }

  @Test
  void every_receipt_of_both_chains_verifies_with_the_members_beside_it() throws Exception {
    var receipts = files("receipt.json");
    assertThat(receipts).hasSizeGreaterThanOrEqualTo(3);

    for (var receipt : receipts) {
      assertThat(madang("receipt", "verify", receipt.toString()).said()).startsWith("VALID");
    }
  }

  @Test
  void a_receipt_does_not_pass_with_the_members_of_the_other_chain() throws Exception {
    var ended =
        madang(
            "receipt",
            "verify",
            folder.resolve("ballot-receipt.json").toString(),
            "--members",
            folder.resolve("members.json").toString());

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.said()).contains("another chain");
  }

  @Test
  void the_election_verifies_here_and_with_a_tool_that_we_did_not_write() throws Exception {
    var archive = files(".bel").getFirst();
    assertThat(madang("election", "verify", archive.toString()).said()).contains("VALID");

    var alone = Files.createDirectory(folder.resolve("alone"));
    Files.copy(archive, alone.resolve(archive.getFileName()));
    var tool = List.of("belenios-tool", "election", "verify", "--dir", alone.toString());

    assertThat(run(new ProcessBuilder(tool)).said()).contains("all checks passed");
  }

  private static List<Path> files(String ending) throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  private static Ended madang(String... arguments) throws Exception {
    return run(Program.madang(List.of(arguments)));
  }

  private static Ended run(ProcessBuilder command) throws Exception {
    var process = command.redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(LONGEST_RUN_MINUTES, TimeUnit.MINUTES)).isTrue();
    return new Ended(process.exitValue(), said);
  }
}
