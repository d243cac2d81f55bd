package io.madang.voting.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class VotingRefusalTest {
  private static String table() {
    return Arrays.stream(VotingRefusal.values())
        .map(
            refusal ->
                "| %d | `%s` | %s | %s |\n"
                    .formatted(
                        refusal.code(),
                        refusal.kebabName(),
                        refusal.sentence(),
                        refusal.retryCanHelp() ? "yes" : "no"))
        .collect(
            Collectors.joining("", "| code | name | meaning | retry |\n|---|---|---|---|\n", ""));
  }

  @Test
  void the_page_of_refusals_says_what_the_code_says() throws Exception {
    assertThat(Files.readString(Path.of("../docs/refusals-voting.md"))).endsWith(table());
  }

  @Test
  void codes_ascend_and_differ() {
    var codes = Arrays.stream(VotingRefusal.values()).map(VotingRefusal::code).toList();
    assertThat(codes).isSorted().doesNotHaveDuplicates().allMatch(code -> code > 0);
  }
}
