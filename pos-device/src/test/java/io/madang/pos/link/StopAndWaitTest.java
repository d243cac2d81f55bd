package io.madang.pos.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.Bytes;
import io.madang.pos.link.LinkAction.Acknowledged;
import io.madang.pos.link.LinkAction.Delivered;
import io.madang.pos.link.LinkAction.GaveUp;
import io.madang.pos.link.LinkAction.Why;
import io.madang.pos.link.LinkAction.Write;
import io.madang.pos.link.StopAndWait.Side;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StopAndWaitTest {
  private static final FrameProfile STANDARD = FrameProfile.standard();
  private static final FrameProfile SILENT = STANDARD.with(0, true, false);
  private static final Bytes BODY = body("0800");
  private static final Write FRAME = new Write(Bytes.of(Frames.frame(STANDARD, BODY)));
  private static final Write ENQ = write(0x05);
  private static final Write ACK = write(0x06);
  private static final Write NAK = write(0x15);

  private final StopAndWait till = new StopAndWait(STANDARD, Side.TILL);

  private static Bytes body(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static Write write(int... bytes) {
    return new Write(Bytes.of(one(bytes)));
  }

  private static byte[] one(int... bytes) {
    var all = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) all[i] = (byte) bytes[i];
    return all;
  }

  @Test
  void a_message_is_announced_sent_and_acknowledged() {
    assertThat(till.send(BODY, 0)).containsExactly(ENQ);
    assertThat(till.received(one(0x06), 10)).containsExactly(FRAME);
    assertThat(till.received(one(0x06), 20)).containsExactly(new Acknowledged(BODY));
    assertThat(till.wakeAtMillis()).isEmpty();
  }

  @Test
  void the_same_bytes_are_sent_again_on_nak_and_on_silence_three_times_in_all() {
    var link = new StopAndWait(SILENT, Side.TILL);
    assertThat(link.send(BODY, 0)).containsExactly(FRAME);
    assertThat(link.received(one(0x15), 10)).containsExactly(FRAME);
    assertThat(link.wakeAtMillis()).hasValue(3_010);
    assertThat(link.passed(3_010)).containsExactly(FRAME);
    assertThat(link.passed(6_010)).containsExactly(new GaveUp(BODY, Why.LINE_DOWN));
  }

  @Test
  void an_answer_that_nobody_can_read_counts_as_nak() {
    var link = new StopAndWait(SILENT, Side.TILL);
    link.send(BODY, 0);
    assertThat(link.received(one(0x07), 10)).isEmpty();
    assertThat(link.passed(210)).containsExactly(FRAME);
  }

  @Test
  void nobody_there_means_that_the_line_is_down_after_about_a_second() {
    till.send(BODY, 0);
    assertThat(till.passed(350)).containsExactly(ENQ);
    assertThat(till.passed(700)).containsExactly(ENQ);
    assertThat(till.passed(1_050)).containsExactly(new GaveUp(BODY, Why.LINE_DOWN));
  }

  @Test
  void a_busy_peer_is_asked_again_later() {
    till.send(BODY, 0);
    assertThat(till.received(one(0x15), 10)).isEmpty();
    assertThat(till.passed(350)).containsExactly(ENQ);
    assertThat(till.received(one(0x15), 360)).isEmpty();
    till.passed(700);
    assertThat(till.received(one(0x15), 710)).isEmpty();
    assertThat(till.passed(1_050)).containsExactly(new GaveUp(BODY, Why.BUSY));
  }

  @Test
  void a_frame_is_acknowledged_each_time_and_a_damaged_one_is_not() {
    byte[] frame = Frames.frame(STANDARD, BODY);
    assertThat(till.received(frame, 0)).containsExactly(ACK, new Delivered(BODY));
    assertThat(till.received(frame, 100)).containsExactly(ACK, new Delivered(BODY));
    frame[4] ^= 1;
    assertThat(till.received(frame, 200)).isEmpty();
    assertThat(till.passed(400)).containsExactly(NAK);
  }

  @Test
  void the_till_yields_when_both_ask_at_once() {
    var terminal = new StopAndWait(STANDARD, Side.TERMINAL);
    var theirs = body("0210 answer");
    assertThat(till.send(BODY, 0)).containsExactly(ENQ);
    assertThat(terminal.send(theirs, 0)).containsExactly(ENQ);
    assertThat(terminal.received(one(0x05), 5)).isEmpty();
    assertThat(till.received(one(0x05), 5)).containsExactly(ACK);
    var frame = terminal.received(one(0x06), 10);
    assertThat(frame).hasSize(1);
    var arrived = till.received(((Write) frame.getFirst()).bytes().toByteArray(), 20);
    assertThat(arrived).containsExactly(ACK, new Delivered(theirs));
    // And then it is the till's turn.
    assertThat(till.passed(20)).containsExactly(ENQ);
  }

  @Test
  void eot_and_a_lost_line_end_what_is_being_sent() {
    till.send(BODY, 0);
    till.send(body("0800 second"), 0);
    assertThat(till.received(one(0x04), 10)).containsExactly(ENQ);
    assertThat(till.received(one(0x04), 20)).containsExactly(ENQ);
    assertThat(till.received(one(0x04), 30)).containsExactly(new GaveUp(BODY, Why.ABORTED), ENQ);
    assertThat(till.lost()).containsExactly(new GaveUp(body("0800 second"), Why.LINE_DOWN));
    assertThat(till.wakeAtMillis()).isEmpty();
  }

  @Test
  void the_queue_has_an_end() {
    for (int i = 0; i < 16; i++) till.send(BODY, 0);
    assertThat(till.send(BODY, 0)).containsExactly(new GaveUp(BODY, Why.QUEUE_FULL));
  }

  @Test
  void stray_answers_do_nothing() {
    assertThat(till.received(one(0x06, 0x15, 0x04), 0)).isEmpty();
  }
}
