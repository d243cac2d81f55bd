package io.madang.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MadangCommandTest {
  @TempDir Path folder;

  private final StringWriter said = new StringWriter();

  @BeforeEach
  void forget() {
    said.getBuffer().setLength(0);
  }

  @Test
  void every_command_explains_itself() {
    assertThat(run("--help")).isZero();
    assertThat(said.toString())
        .contains("demo", "init", "serve", "receipt", "replay", "export", "audit")
        .contains("registrar", "trustee", "election", "monitor");
  }

  @Test
  void an_unknown_command_is_named() {
    assertThat(run("prey")).isEqualTo(2);
    assertThat(said.toString()).contains("prey");
  }

  @Test
  void serve_refuses_a_folder_that_the_demo_made() throws IOException {
    io.madang.gateway.setup.DataFolder.create(
        folder,
        "demo",
        io.madang.gateway.setup.DataFolder.Series.coins("S-COIN"),
        true,
        java.time.Instant.EPOCH.plusSeconds(1));

    assertThat(run("serve", "--data", folder.toString(), "--public-url", "https://a.example"))
        .isEqualTo(1);
    assertThat(said.toString()).contains("made by the demo");
  }

  @Test
  void serve_wants_to_know_where_browsers_find_it_and_over_https() {
    assertThat(run("init", "--data", folder.toString(), "--chain", "real-pay")).isZero();

    assertThat(run("serve", "--data", folder.toString())).isEqualTo(1);
    assertThat(said.toString()).contains("MADANG_PUBLIC_URL");
    assertThat(run("serve", "--data", folder.toString(), "--public-url", "http://a.example"))
        .isEqualTo(1);
    assertThat(said.toString()).contains("https://");
  }

  @Test
  void demo_wants_https_for_phones_and_touches_nothing_otherwise() {
    var data = folder.resolve("demo");

    assertThat(run("demo", "--data", data.toString(), "--public-url", "http://192.168.0.7:8080"))
        .isEqualTo(1);
    assertThat(said.toString()).contains("https://");
    assertThat(data).doesNotExist();
  }

  @Test
  void a_file_that_is_no_receipt_is_refused_in_a_sentence() throws IOException {
    var file = Files.writeString(folder.resolve("receipt.json"), "{\"영수증\":1}");
    run("init", "--data", folder.resolve("data").toString(), "--chain", "real-pay");
    Files.copy(folder.resolve("data/members.json"), folder.resolve("members.json"));

    assertThat(run("receipt", "verify", file.toString())).isEqualTo(1);
    assertThat(said.toString()).contains("is not a receipt");
  }

  @Test
  void a_receipt_without_members_asks_whose_signatures_count() throws IOException {
    var file = Files.writeString(folder.resolve("receipt.json"), "{}");

    assertThat(run("receipt", "verify", file.toString())).isEqualTo(1);
    assertThat(said.toString()).contains("--members");
  }

  private int run(String... arguments) {
    var out = new PrintWriter(said);
    return MadangCommand.run(out, arguments);
  }
}
