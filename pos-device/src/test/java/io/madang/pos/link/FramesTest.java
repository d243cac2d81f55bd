package io.madang.pos.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.madang.chain.Bytes;
import io.madang.chain.Seeds;
import io.madang.pos.link.FrameReader.Piece;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FramesTest {
  private static final FrameProfile STANDARD = FrameProfile.standard();

  private static Bytes body(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void a_frame_is_written_as_the_link_profile_has_it() {
    assertThat(HexFormat.of().formatHex(Frames.frame(STANDARD, body("0800"))))
        .isEqualTo("020004303830300" + "30f");
  }

  @Test
  void others_begin_the_check_byte_at_7f_and_send_no_length() {
    var theirs = STANDARD.with(0x7F, false, false);
    // 7F ^ '0' ^ '8' ^ '0' ^ '0' ^ ETX
    assertThat(HexFormat.of().formatHex(Frames.frame(theirs, body("0800"))))
        .isEqualTo("02" + "30383030" + "03" + "74");
    assertThat(new FrameReader(theirs).received(Frames.frame(theirs, body("0800")), 0))
        .containsExactly(new Piece.Frame(body("0800")));
    assertThatThrownBy(() -> Frames.frame(theirs, Bytes.of(new byte[] {'0', '8', 3, '0'})))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("io.madang.chain.Seeds#many")
  void every_body_arrives_whole_whatever_the_fragmentation(long seed) {
    var random = Seeds.random(seed);
    var content = new byte[FrameProfile.MIN_BODY + random.nextInt(600)];
    random.nextBytes(content);
    byte[] frame = Frames.frame(STANDARD, Bytes.of(content));
    var reader = new FrameReader(STANDARD);
    var pieces = new ArrayList<Piece>();
    for (int at = 0; at < frame.length; ) {
      int until = Math.min(frame.length, at + 1 + random.nextInt(5));
      pieces.addAll(reader.received(Arrays.copyOfRange(frame, at, until), at));
      at = until;
    }
    assertThat(pieces).containsExactly(new Piece.Frame(Bytes.of(content)));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("io.madang.chain.Seeds#many")
  void any_bytes_are_read_and_a_frame_after_silence_always_arrives(long seed) {
    var random = Seeds.random(seed);
    var noise = new byte[random.nextInt(5_000)];
    random.nextBytes(noise);
    var reader = new FrameReader(STANDARD);
    reader.received(noise, 0);
    assertThat(reader.received(Frames.frame(STANDARD, body("0800")), 200))
        .contains(new Piece.Frame(body("0800")));
  }

  @Test
  void no_single_flipped_bit_of_a_frame_passes() {
    byte[] frame = Frames.frame(STANDARD, body("0800 and some more"));
    for (int bit = 0; bit < frame.length * 8; bit++) {
      byte[] flipped = frame.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      var reader = new FrameReader(STANDARD);
      List<Piece> pieces = new ArrayList<>(reader.received(flipped, 0));
      pieces.addAll(reader.passed(200));
      assertThat(pieces).as("bit %d", bit).noneMatch(Piece.Frame.class::isInstance);
    }
  }
}
