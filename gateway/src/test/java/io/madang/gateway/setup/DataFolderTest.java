package io.madang.gateway.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.madang.ledger.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  @TempDir Path folder;

  @Test
  void makes_a_genesis_that_the_ledger_begins_with() throws IOException {
    var genesis = create(false).genesis();

    new Ledger()
        .initChain(
            genesis.chain(),
            genesis.timeMillis(),
            io.madang.chain.json.CanonicalJson.bytes(genesis.applicationState()));

    assertThat(genesis.chain()).isEqualTo("test-pay");
    assertThat(genesis.members().named()).hasSize(1);
  }

  @Test
  void reads_back_the_keys_that_it_made() throws IOException {
    var made = create(false);
    var opened = DataFolder.open(folder);

    assertThat(opened.memberKey().publicKey()).isEqualTo(made.memberKey().publicKey());
    assertThat(opened.enrollerKey().publicKey()).isNotEqualTo(made.memberKey().publicKey());
    assertThat(opened.approverKeys()).hasSize(2);
    assertThat(opened.masterSecret()).isEqualTo(made.masterSecret()).hasSize(32);
  }

  @Test
  void keeps_secrets_from_everybody_but_their_owner() throws IOException {
    create(false);

    for (var secret : List.of("keys/member.key", "keys/approver-1.key", "master-secret")) {
      assertThat(Files.getPosixFilePermissions(folder.resolve(secret)))
          .containsExactlyInAnyOrder(
              PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    }
  }

  @Test
  void refuses_a_key_that_others_could_have_read() throws IOException {
    var data = create(false);
    Files.setPosixFilePermissions(
        folder.resolve("keys/member.key"), PosixFilePermissions.fromString("rw-r--r--"));

    assertThatThrownBy(data::memberKey)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("chmod 600");
  }

  @Test
  void refuses_a_key_file_that_was_cut_short() throws IOException {
    var data = create(false);
    Files.writeString(folder.resolve("keys/member.key"), "AAAA\n");

    assertThatThrownBy(data::memberKey)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("32 bytes");
  }

  @Test
  void never_replaces_what_was_set_up() throws IOException {
    var before = create(false).memberKey().publicKey();

    assertThatThrownBy(() -> create(false)).isInstanceOf(IOException.class);
    assertThat(DataFolder.open(folder).memberKey().publicKey()).isEqualTo(before);
  }

  @Test
  void tells_sample_data_from_real_data() throws IOException {
    assertThat(create(true).isSample()).isTrue();
    assertThat(DataFolder.open(folder).isSample()).isTrue();
  }

  @Test
  void says_how_to_set_up_a_folder_that_is_not() {
    assertThatThrownBy(() -> DataFolder.open(folder)).hasMessageContaining("madang init");
  }

  private DataFolder create(boolean sample) throws IOException {
    return DataFolder.create(folder, "test-pay", DataFolder.Series.coins("S-COIN"), sample, NOW);
  }
}
