package io.madang.vending.mdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.vending.machine.Decision;
import io.madang.vending.machine.MachineDialogue;
import io.madang.vending.machine.MachineEvent;
import io.madang.vending.machine.PriceScale;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Exchanges between programs that we did not write, byte for byte; {@code *} is the mode bit. */
class GoldenExchangeTest {
  private final LabDialogue reader = reader(1, 0, "EFR");
  private final List<MachineEvent> events = new ArrayList<>();

  @Test
  void a_whole_session_of_level_one_is_answered_as_the_other_program_does() {
    vmc(reader, "*10 10", "*00");
    vmc(reader, "*12 12", "00 *00");
    vmc(reader, "00", "");
    vmc(reader, "*11 00 02 00 00 00 13", "01 01 14 10 01 00 78 08 *A7");
    vmc(reader, "00", "");
    vmc(reader, "*11 01 FF FF 00 00 10", "*00");
    var id = "45 46 52 " + hex("0123456789AB") + hex("0123456789AB") + "01 00";
    vmc(reader, "*17 00 " + id + " 15", "09 " + id + " *07");
    vmc(reader, "00", "");
    vmc(reader, "*14 01 15", "*00");
    reader.decided(new Decision.BeginSession(5_000), 0);
    vmc(reader, "*12 12", "03 13 88 *9E");
    vmc(reader, "00", "");
    vmc(reader, "*13 00 05 DC 00 07 FB", "*00");
    assertThat(events).endsWith(new MachineEvent.VendRequested(1_500, 7));
    reader.decided(new Decision.Approve(1_500), 0);
    vmc(reader, "*12 12", "05 05 DC *E6");
    vmc(reader, "00", "");
    vmc(reader, "*13 02 00 07 1C", "*00");
    assertThat(events).endsWith(new MachineEvent.VendSucceeded());
    vmc(reader, "*13 04 17", "07 *07");
    vmc(reader, "00", "");
    vmc(reader, "*12 12", "*00");
  }

  @Test
  void a_level_three_reader_sells_always_idle_with_amounts_of_32_bits() {
    var wide = reader(3, ReaderSettings.ALWAYS_IDLE | ReaderSettings.WIDE_MONEY, "MDG");
    vmc(wide, "*10 10", "*00");
    vmc(wide, "*12 12", "00 *00");
    vmc(wide, "*00", "");
    vmc(wide, "*11 00 03 10 02 01 27", "01 03 14 10 01 00 78 08 *A9");
    vmc(wide, "00", "");
    vmc(wide, "*17 04 00 00 00 22 3D", "*00");
    vmc(wide, "*14 01 15", "*00");
    vmc(wide, "*13 00 00 01 86 A0 00 07 41", "*00");
    assertThat(events).endsWith(new MachineEvent.VendRequested(100_000, 7));
    vmc(wide, "*15 01 16", "0F 00 00 00 00 *0F");
  }

  @Test
  void a_revalue_limit_is_nothing_in_16_bits() {
    vmc(reader, "*15 01 16", "0F 00 00 *0F");
  }

  @Test
  void an_answer_that_was_not_acknowledged_is_sent_again() {
    vmc(reader, "*10 10", "*00");
    vmc(reader, "*12 12", "00 *00");
    vmc(reader, "FF", "");
    vmc(reader, "*12 12", "00 *00");
    vmc(reader, "AA", "00 *00");
    vmc(reader, "00", "");
    vmc(reader, "*12 12", "*00");
  }

  @Test
  void a_wrong_checksum_is_met_with_silence_and_the_next_block_is_read() {
    vmc(reader, "*10 11", "");
    vmc(reader, "*10 10", "*00");
  }

  @Test
  void a_request_repeated_while_it_is_decided_is_no_new_request() {
    sellingReader();
    vmc(reader, "*13 00 05 DC 00 07 FB", "*00");
    events.clear();
    vmc(reader, "*13 00 05 DC 00 07 FB", "*00");
    assertThat(events).isEmpty();
  }

  @Test
  void what_is_decided_after_the_customer_gave_up_never_reaches_the_machine() {
    sellingReader();
    vmc(reader, "*13 00 05 DC 00 07 FB", "*00");
    vmc(reader, "*13 01 14", "*00");
    assertThat(reader.decided(new Decision.Approve(1_500), 0).events())
        .containsExactly(new MachineEvent.DecisionRefused());
    vmc(reader, "*12 12", "06 *06");
  }

  @Test
  void a_running_vend_is_not_aborted_by_disable() {
    sellingReader();
    vmc(reader, "*13 00 05 DC 00 07 FB", "*00");
    vmc(reader, "*14 00 14", "*00");
    reader.decided(new Decision.Approve(1_500), 0);
    vmc(reader, "*12 12", "05 05 DC *E6");
    vmc(reader, "00", "");
    vmc(reader, "*13 02 00 07 1C", "*00");
    assertThat(events).endsWith(new MachineEvent.VendSucceeded());
  }

  @Test
  void reset_is_obeyed_in_every_phase() {
    sellingReader();
    vmc(reader, "*13 00 05 DC 00 07 FB", "*00");
    reader.decided(new Decision.Approve(1_500), 0);
    vmc(reader, "*10 10", "*00");
    assertThat(events).endsWith(new MachineEvent.MachineReset());
    assertThat(reader.state()).isEqualTo(ReaderState.justReset());
    vmc(reader, "*12 12", "00 *00");
  }

  private void sellingReader() {
    vmc(reader, "*10 10", "*00");
    vmc(reader, "*12 12", "00 *00");
    vmc(reader, "00", "");
    vmc(reader, "*11 00 02 00 00 00 13", "01 01 14 10 01 00 78 08 *A7");
    vmc(reader, "00", "");
    vmc(reader, "*14 01 15", "*00");
    reader.decided(new Decision.BeginSession(5_000), 0);
    vmc(reader, "*12 12", "03 13 88 *9E");
    vmc(reader, "00", "");
  }

  private void vmc(LabDialogue device, String sent, String answer) {
    MachineDialogue.Output output = device.received(words(sent), 0);
    events.addAll(output.events());
    assertThat(output.toMachine()).as(sent).isEqualTo(words(answer));
  }

  static LabDialogue reader(int level, long options, String maker) {
    return new LabDialogue(
        new ReaderSettings(
            0x10,
            level,
            options,
            0x1410,
            new PriceScale(1),
            0x78,
            0x08,
            maker,
            "0123456789AB",
            "0123456789AB"));
  }

  static byte[] words(String text) {
    var words = new ArrayList<MdbWord>();
    for (var word : text.split(" ", -1)) {
      if (!word.isEmpty()) {
        words.add(new MdbWord(word.startsWith("*"), Integer.parseInt(word.replace("*", ""), 16)));
      }
    }
    return MdbWord.bytes(words);
  }

  private static String hex(String text) {
    var hex = new StringBuilder();
    for (var b : text.getBytes(StandardCharsets.US_ASCII)) {
      hex.append("%02X ".formatted(b));
    }
    return hex.toString();
  }
}
