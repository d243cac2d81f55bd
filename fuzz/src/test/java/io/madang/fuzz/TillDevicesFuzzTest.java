package io.madang.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.madang.chain.Bytes;
import io.madang.pos.iso8583.Iso8583Codec;
import io.madang.pos.iso8583.Iso8583Reading;
import io.madang.pos.link.FrameProfile;
import io.madang.pos.link.LinkAction;
import io.madang.pos.link.StopAndWait;
import io.madang.pos.printer.Paper;
import io.madang.pos.printer.PrintableText;
import io.madang.pos.scanner.ScanReader;
import io.madang.pos.simulator.PaperPrinter;

class TillDevicesFuzzTest {
  private static final Iso8583Codec CODEC = new Iso8583Codec(Iso8583Codec.Bitmap.BINARY);

  @FuzzTest(maxDuration = "60s")
  void any_body_gives_a_message_or_a_refusal(FuzzedDataProvider data) {
    var body = Bytes.of(data.consumeRemainingAsBytes());
    if (CODEC.read(body) instanceof Iso8583Reading.Read(var message)) {
      assertThat(CODEC.read(CODEC.write(message))).isEqualTo(new Iso8583Reading.Read(message));
    }
  }

  @FuzzTest(maxDuration = "60s")
  void any_bytes_on_the_link_deliver_whole_bodies_only(FuzzedDataProvider data) {
    var profile = FrameProfile.standard().with(0, data.consumeBoolean(), data.consumeBoolean());
    var link = new StopAndWait(profile, StopAndWait.Side.TILL);
    link.send(Bytes.of(new byte[] {'0', '8', '0', '0'}), 0);
    long nowMillis = 0;
    while (data.remainingBytes() > 0) {
      nowMillis += data.consumeInt(0, 1_000);
      for (var action : link.received(data.consumeBytes(300), nowMillis)) {
        if (action instanceof LinkAction.Delivered(var body)) {
          assertThat(body.length()).isBetween(FrameProfile.MIN_BODY, profile.maxBody());
        }
      }
    }
  }

  @FuzzTest(maxDuration = "60s")
  void any_bytes_of_a_scanner_give_scans_or_refusals(FuzzedDataProvider data) {
    var reader = new ScanReader("");
    long nowMillis = 0;
    while (data.remainingBytes() > 0) {
      nowMillis += data.consumeInt(0, 2_000);
      reader.received(data.consumeBytes(300), nowMillis);
    }
  }

  @FuzzTest(maxDuration = "60s")
  void no_text_has_a_control_byte(FuzzedDataProvider data) {
    for (var cell : PrintableText.cells(data.consumeRemainingAsString())) {
      for (byte one : cell.code()) assertThat(one & 0xFF).isGreaterThanOrEqualTo(0x20);
    }
  }

  @FuzzTest(maxDuration = "60s")
  void the_simulated_printer_takes_any_bytes(FuzzedDataProvider data) {
    assertThat(new PaperPrinter(Paper.NARROW).print(data.consumeRemainingAsBytes())).isNotNull();
  }
}
