package io.madang.gateway.gmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.madang.voting.archive.ArchiveSource;
import io.madang.voting.archive.ArchiveVerifier;
import io.madang.voting.archive.Progress;
import io.madang.voting.archive.Verdict;
import io.madang.voting.board.Checks;
import io.madang.voting.group.Group;
import io.madang.voting.group.Groups;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The library and plain Java say the same. */
class GmpTest {
  /** Made by belenios-tool. */
  private static final Path ARCHIVES = Path.of("../voting/src/test/resources/belenios");

  private static void requireLibrary() {
    assumeTrue(Gmp.library().isPresent(), "libgmp.so.10 is not on this machine (Debian: libgmp10)");
  }

  private static Checks checks(Groups groups) {
    return new Checks() {
      @Override
      public <T> List<T> run(List<Supplier<T>> checks) {
        return checks.stream().map(Supplier::get).toList();
      }

      @Override
      public Groups groups() {
        return groups;
      }
    };
  }

  private static Verdict verify(byte[] archive, Groups groups) {
    return ArchiveVerifier.verify(ArchiveSource.of(archive), checks(groups), Progress.silent());
  }

  private static byte[] archive(String name) throws IOException {
    return Files.readAllBytes(ARCHIVES.resolve(name));
  }

  @Test
  void raises_to_the_same_powers() {
    requireLibrary();
    var random = new SplittableRandom(7);
    var plain = Group.belenios2048();
    var fast = Gmp.groups().named(plain.name()).orElseThrow();
    for (int i = 0; i < 20; i++) {
      var exponent = plain.scalars().random(random::nextBytes);
      var element = fast.generatorPowers().power(exponent);
      assertThat(element).isEqualTo(plain.generatorPowers().power(exponent));
      assertThat(element.power(exponent).text())
          .isEqualTo(plain.generatorPowers().power(exponent).power(exponent).text());
      assertThat(element.times(element).dividedBy(element)).isEqualTo(element);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a-simple-2048/ohoPUBHfoamCd3.bel", "b-threshold-2048/yVsLH1NxE8Wz2H.bel"})
  void comes_to_the_same_verdict_on_right_and_on_altered_archives(String name) throws IOException {
    requireLibrary();
    byte[] archive = archive(name);
    assertThat(verify(archive, Gmp.groups())).isInstanceOf(Verdict.Valid.class);
    var random = new SplittableRandom(1);
    for (int i = 0; i < 12; i++) {
      byte[] altered = archive.clone();
      altered[random.nextInt(altered.length)] ^= (byte) (1 << random.nextInt(8));
      var fast = verify(altered, Gmp.groups());
      var plain = verify(altered, Groups.plain());
      assertThat(fast).hasSameClassAs(plain);
      if (plain instanceof Verdict.Invalid invalid) {
        assertThat(fast).isEqualTo(invalid);
      }
    }
  }

  @Test
  void is_left_alone_when_it_is_switched_off() {
    System.setProperty("madang.gmp", "off");
    try {
      assertThat(Gmp.library()).isEmpty();
    } finally {
      System.clearProperty("madang.gmp");
    }
  }
}
