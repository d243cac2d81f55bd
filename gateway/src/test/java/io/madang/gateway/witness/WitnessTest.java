package io.madang.gateway.witness;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.Hash;
import io.madang.chain.SigningKey;
import io.madang.gateway.Town;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WitnessTest {
  private static final SigningKey MEMBER = Town.key("member");
  private static final Witness SEEN =
      new Witness("town-1", 42, Hash.sha256("block 42".getBytes(StandardCharsets.US_ASCII)));

  @TempDir Path folder;
  private Path path = Path.of("");
  private WitnessFile file = new WitnessFile(path, "", MEMBER);

  @BeforeEach
  void choose() {
    path = folder.resolve("witness-town-1.jws");
    file = new WitnessFile(folder, "town-1", MEMBER);
  }

  @Test
  void is_read_as_it_was_written_over_an_older_one() throws IOException {
    assertThat(file.read()).isInstanceOf(WitnessFile.Reading.Missing.class);
    file.write(new Witness("town-1", 41, SEEN.hash()));
    file.write(SEEN);
    assertThat(file.read()).isEqualTo(new WitnessFile.Reading.Read(SEEN));
  }

  @Test
  void is_never_half_written_whenever_the_writer_is_killed() throws IOException {
    file.write(SEEN);
    // The writer died while the next one was not yet in its place.
    Files.writeString(folder.resolve("witness-town-1.jws.next"), "eyJhbGciOi");
    assertThat(file.read()).isEqualTo(new WitnessFile.Reading.Read(SEEN));
    file.write(new Witness("town-1", 43, SEEN.hash()));
    assertThat(file.read()).isInstanceOf(WitnessFile.Reading.Read.class);
  }

  @Test
  void is_damaged_when_a_bit_or_its_end_is_another() throws IOException {
    file.write(SEEN);
    byte[] right = Files.readAllBytes(path);
    for (int i = 0; i < right.length; i++) {
      byte[] flipped = right.clone();
      flipped[i] ^= (byte) (1 << i % 7);
      Files.write(path, flipped);
      assertThat(file.read()).as("byte %d", i).isInstanceOf(WitnessFile.Reading.Damaged.class);
      Files.write(path, Arrays.copyOf(right, i));
      assertThat(file.read()).as("length %d", i).isInstanceOf(WitnessFile.Reading.Damaged.class);
    }
    Files.write(path, Arrays.copyOf(right, 1_000_000));
    assertThat(file.read()).isInstanceOf(WitnessFile.Reading.Damaged.class);
  }

  @Test
  void is_damaged_when_another_key_signed_it_or_it_is_of_another_chain() throws IOException {
    new WitnessFile(folder, "town-1", Town.key("thief")).write(SEEN);
    assertThat(file.read()).isInstanceOf(WitnessFile.Reading.Damaged.class);
    file.write(new Witness("town-2", 42, SEEN.hash()));
    assertThat(file.read()).isInstanceOf(WitnessFile.Reading.Damaged.class);
  }
}
