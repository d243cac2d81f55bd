package io.madang.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RefusalTableTest {
  private static String table() {
    return Arrays.stream(LedgerRefusal.values())
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
    assertThat(Files.readString(Path.of("../docs/refusals.md"))).endsWith(table());
  }

  @Test
  void codes_ascend_and_names_differ() {
    var codes = Arrays.stream(LedgerRefusal.values()).map(LedgerRefusal::code).toList();
    assertThat(codes).isSorted().doesNotHaveDuplicates().allMatch(code -> code > 0);
  }
}
