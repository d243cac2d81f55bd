package io.madang.vending.mdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.vending.machine.Decision;
import io.madang.vending.machine.MachineEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Each bit of each block of a session, changed once. The controller does what the standard has it
 * do: after silence it says the block again, and a block of ours that it knows already it
 * acknowledges.
 */
class MdbBitFlipsTest {
  private record Exchange(String sent, String answer) {}

  private static final List<Exchange> SETTING_UP =
      List.of(
          new Exchange("*10 10", "*00"),
          new Exchange("*12 12", "00 *00"),
          new Exchange("00", ""),
          new Exchange("*11 00 02 00 00 00 13", "01 01 14 10 01 00 78 08 *A7"),
          new Exchange("00", ""),
          new Exchange("*11 01 FF FF 00 00 10", "*00"),
          new Exchange("*14 01 15", "*00"));

  private static final List<Exchange> SALE =
      List.of(
          new Exchange("begin", ""),
          new Exchange("*12 12", "03 13 88 *9E"),
          new Exchange("00", ""),
          new Exchange("*13 00 05 DC 00 07 FB", "*00"),
          new Exchange("approve", ""),
          new Exchange("*12 12", "05 05 DC *E6"),
          new Exchange("00", ""),
          new Exchange("*13 02 00 07 1C", "*00"),
          new Exchange("*13 04 17", "07 *07"),
          new Exchange("00", ""),
          new Exchange("*12 12", "*00"));

  private static final List<Exchange> JAM =
      List.of(
          new Exchange("begin", ""),
          new Exchange("*12 12", "03 13 88 *9E"),
          new Exchange("00", ""),
          new Exchange("*13 00 05 DC 00 07 FB", "*00"),
          new Exchange("approve", ""),
          new Exchange("*12 12", "05 05 DC *E6"),
          new Exchange("00", ""),
          new Exchange("*13 03 16", "*00"),
          new Exchange("*13 04 17", "07 *07"),
          new Exchange("00", ""),
          new Exchange("*12 12", "*00"));

  private static final List<Exchange> GIVEN_UP =
      List.of(
          new Exchange("begin", ""),
          new Exchange("*12 12", "03 13 88 *9E"),
          new Exchange("00", ""),
          new Exchange("*13 00 05 DC 00 07 FB", "*00"),
          new Exchange("*13 01 14", "*00"),
          new Exchange("*12 12", "06 *06"),
          new Exchange("00", ""),
          new Exchange("*13 04 17", "07 *07"),
          new Exchange("00", ""),
          new Exchange("*14 00 14", "*00"),
          new Exchange("*14 01 15", "*00"));

  private final List<MachineEvent> events = new ArrayList<>();
  private LabDialogue reader = GoldenExchangeTest.reader(1, 0, "EFR");
  private String unacknowledged = "";

  @Test
  void make_no_sale_and_undo_none_and_the_next_sale_goes_through() {
    var flips = 0;
    for (var story : List.of(SALE, JAM, GIVEN_UP)) {
      var script = new ArrayList<>(SETTING_UP);
      script.addAll(story);
      script.addAll(SALE);
      play(script, -1, 0);
      var expected = List.copyOf(events);
      for (var step = 0; step < script.size() - SALE.size(); step++) {
        if (isOurs(script.get(step))) {
          continue;
        }
        var bits = GoldenExchangeTest.words(script.get(step).sent()).length * 8;
        for (var bit = 0; bit < bits; bit++) {
          play(script, step, bit);
          assertThat(events).as("bit %s of %s", bit, script.get(step)).isEqualTo(expected);
          flips++;
        }
      }
    }
    assertThat(flips).isGreaterThan(2_000);
  }

  @Test
  void an_approval_whose_acknowledgement_was_lost_pays_for_nothing_else() {
    var script = new ArrayList<>(SETTING_UP);
    script.addAll(SALE.subList(0, 6)); // approved, and nobody acknowledges
    script.add(new Exchange("*13 02 00 07 1C", "*00"));
    script.add(new Exchange("*12 12", "*00"));
    script.add(new Exchange("*13 00 05 DC 00 07 FB", "*00"));
    script.add(new Exchange("*12 12", "*00"));
    play(script, -1, 0);
  }

  private void play(List<Exchange> script, int changedStep, int bit) {
    events.clear();
    reader = GoldenExchangeTest.reader(1, 0, "EFR");
    unacknowledged = "";
    for (var step = 0; step < script.size(); step++) {
      var exchange = script.get(step);
      if (isOurs(exchange)) {
        decide(exchange);
      } else {
        var changed = GoldenExchangeTest.words(exchange.sent());
        if (step == changedStep) {
          changed[bit / 8] ^= (byte) (1 << bit % 8);
        }
        exchange(exchange, changed);
      }
    }
  }

  private void exchange(Exchange exchange, byte[] first) {
    var isAcknowledgement = exchange.sent().equals("00");
    var answer = send(first);
    if (isAcknowledgement) {
      if (Arrays.equals(first, GoldenExchangeTest.words("00"))) {
        unacknowledged = "";
      }
      return; // to an acknowledgement there is no answer, so a lost one is not noticed
    }
    for (var tries = 1; answer.length == 0 && tries < 3; tries++) {
      answer = send(GoldenExchangeTest.words(exchange.sent()));
    }
    if (!unacknowledged.isEmpty()
        && exchange.sent().equals("*12 12")
        && Arrays.equals(answer, GoldenExchangeTest.words(unacknowledged))) {
      send(GoldenExchangeTest.words("00"));
      answer = send(GoldenExchangeTest.words(exchange.sent()));
    }
    assertThat(answer).as("%s", exchange).isEqualTo(GoldenExchangeTest.words(exchange.answer()));
    if (exchange.answer().length() > "*00".length()) {
      unacknowledged = exchange.answer();
    }
  }

  private byte[] send(byte[] bytes) {
    var output = reader.received(bytes, 0);
    events.addAll(output.events());
    return output.toMachine();
  }

  private void decide(Exchange exchange) {
    var decision =
        exchange.sent().equals("begin")
            ? new Decision.BeginSession(5_000)
            : new Decision.Approve(1_500);
    events.addAll(reader.decided(decision, 0).events());
  }

  private static boolean isOurs(Exchange exchange) {
    return exchange.sent().equals("begin") || exchange.sent().equals("approve");
  }
}
