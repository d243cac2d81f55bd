package io.madang.gateway.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemberKeyFileTest {
  @TempDir Path folder;

  @Test
  void makes_a_key_once_and_lets_nobody_else_read_it() throws IOException {
    var file = folder.resolve("member.key");
    var made = MemberKeyFile.readOrMake(file);
    assertThat(MemberKeyFile.readOrMake(file).publicKey()).isEqualTo(made.publicKey());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(folder).isDirectoryNotContaining(other -> !other.equals(file));
  }

  @Test
  void refuses_a_key_that_others_may_read_or_that_is_none() throws IOException {
    var file = folder.resolve("member.key");
    MemberKeyFile.readOrMake(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> MemberKeyFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Others may read");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Files.writeString(file, "0123");
    assertThatThrownBy(() -> MemberKeyFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no Ed25519 seed");
  }
}
