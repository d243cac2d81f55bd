package io.madang.vending.mdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.Seeds;
import io.madang.vending.machine.Decision;
import io.madang.vending.machine.MachineEvent;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EveryCommandTest {
  private static final List<String> BLOCKS =
      List.of(
          "*10 10",
          "*11 00 03 00 00 00 14",
          "*11 01 FF FF 00 00 10",
          "*12 12",
          "00",
          "FF",
          "AA",
          "*13 00 05 DC 00 07 FB",
          "*13 01 14",
          "*13 02 00 07 1C",
          "*13 03 16",
          "*13 04 17",
          "*13 05 05 DC 00 07 00",
          "*13 06 05 DC 00 07 01",
          "*14 00 14",
          "*14 01 15",
          "*14 02 16",
          "*15 00 00 64 79",
          "*15 01 16",
          "*17 04 00 00 00 20 3B",
          "*16 16",
          "*08 08",
          "*17 FF 16");

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("io.madang.chain.Seeds#many")
  void is_answered_in_every_phase_and_a_reset_brings_the_reader_back(long seed) {
    var random = Seeds.random(seed);
    var reader = GoldenExchangeTest.reader(3, ReaderSettings.ALWAYS_IDLE, "MDG");
    for (var i = 0; i < 2_000; i++) {
      switch (random.nextInt(12)) {
        case 0 -> reader.decided(new Decision.Approve(1_500), 0);
        case 1 -> reader.decided(new Decision.Deny(), 0);
        case 2 -> reader.decided(new Decision.BeginSession(9_000), 0);
        case 3 -> reader.decided(new Decision.EndSession(), 0);
        case 4 -> {
          var noise = new byte[random.nextInt(80)];
          random.nextBytes(noise);
          reader.received(noise, 0);
        }
        default -> {
          var bytes = GoldenExchangeTest.words(BLOCKS.get(random.nextInt(BLOCKS.size())));
          if (random.nextInt(10) == 0) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
          }
          reader.received(bytes, 0);
        }
      }
      assertThat(reader.state().answers()).hasSizeLessThan(64);
    }
    // One block may fall victim to half a word of noise; the controller repeats it.
    reader.received(GoldenExchangeTest.words("*10 10"), 0);
    var again = reader.received(GoldenExchangeTest.words("*10 10"), 0);
    assertThat(again.events()).containsExactly(new MachineEvent.MachineReset());
    assertThat(reader.state()).isEqualTo(ReaderState.justReset());
  }
}
