package io.madang.serial;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.madang.serial.pty.PseudoTerminal;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real link on real pseudo-terminals. */
@Timeout(60)
class PortLinkTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final Recorder told = new Recorder();

  @TempDir Path folder;

  @Test
  void carries_every_byte_value_both_ways() throws Exception {
    var all = new byte[256];
    for (var i = 0; i < 256; i++) {
      all[i] = (byte) i;
    }
    try (var device = PseudoTerminal.open();
        var link = open(device.path())) {
      told.await("opened");
      assertThat(link.send(all)).isEqualTo(Sending.QUEUED);
      assertThat(readAll(device, 256)).isEqualTo(all);
      assertThat(device.write(all, SOON)).isEqualTo(256);
      assertThat(told.awaitBytes(256)).isEqualTo(all);
    }
  }

  @Test
  void sets_the_speed_that_was_asked_for() throws Exception {
    try (var device = PseudoTerminal.open();
        var link = SerialPorts.open(device.path(), LineSettings.of(9_600), told)) {
      told.await("opened");
      assertThat(device.speedCode()).isEqualTo(0xD);
      assertThat(link.state()).isEqualTo(LinkState.READY);
    }
  }

  @Test
  void notices_an_unplug_and_is_back_under_the_same_name() throws Exception {
    var name = folder.resolve("reader");
    var first = PseudoTerminal.open(name);
    try (var link = open(name)) {
      told.await("opened");
      first.close();
      told.await("lost UNPLUGGED");
      assertThat(link.send(new byte[] {1})).isEqualTo(Sending.DOWN);
      try (var second = PseudoTerminal.open(name)) {
        told.await("opened");
        assertThat(link.send(new byte[] {7})).isEqualTo(Sending.QUEUED);
        assertThat(readAll(second, 1)).containsExactly(7);
      }
    }
  }

  @Test
  void waits_for_a_device_that_is_not_there_yet() throws Exception {
    var name = folder.resolve("late");
    try (var link = open(name)) {
      assertThat(link.send(new byte[] {1})).isEqualTo(Sending.DOWN);
      try (var device = PseudoTerminal.open(name)) {
        told.await("opened");
        assertThat(device.path()).isEqualTo(name);
      }
    }
  }

  @Test
  void never_blocks_on_a_peer_that_reads_nothing_and_gives_it_up() throws Exception {
    try (var device = PseudoTerminal.open();
        var link =
            SerialPorts.open(
                device.path(), LineSettings.of(9_600).writeLimit(Duration.ofMillis(100)), told)) {
      told.await("opened");
      while (told.isQuiet()) {
        link.send(new byte[512]);
      }
      told.await("lost FROZEN");
      told.await("opened");
    }
  }

  @Test
  void opens_again_when_the_device_does_not_say_who_it_is() throws Exception {
    try (var device = PseudoTerminal.open();
        var link =
            SerialPorts.open(
                device.path(),
                LineSettings.of(9_600).identifyWithin(Duration.ofMillis(50)),
                told)) {
      told.await("opened");
      told.await("lost NOT_IDENTIFIED");
      told.await("opened");
      link.identified();
      link.reopen();
      told.await("lost REOPENED");
    }
  }

  @Test
  void throws_away_what_had_gathered_before_it_opened() throws Exception {
    try (var device = PseudoTerminal.open()) {
      device.write("stale\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII), SOON);
      try (var link = open(device.path())) {
        told.await("opened");
        device.write(new byte[] {9}, SOON);
        assertThat(told.awaitBytes(1)).containsExactly(9);
        assertThat(link.state()).isEqualTo(LinkState.READY);
      }
    }
  }

  @Test
  void lets_two_lines_of_one_program_not_have_the_same_port() throws Exception {
    try (var device = PseudoTerminal.open();
        var link = open(device.path())) {
      told.await("opened");
      assertThat(link.state()).isEqualTo(LinkState.READY);
      org.assertj.core.api.Assertions.assertThatThrownBy(
              () -> LinuxPort.open(device.path(), LineSettings.of(9_600)))
          .hasMessageContaining("another program has");
    }
  }

  @Test
  void tells_its_end_and_takes_nothing_after_it() throws Exception {
    try (var device = PseudoTerminal.open()) {
      var link = open(device.path());
      told.await("opened");
      link.close();
      told.await("lost CLOSED");
      assertThat(link.send(new byte[] {1})).isEqualTo(Sending.DOWN);
      link.close();
      link.reopen();
    }
  }

  private SerialLink open(Path port) {
    return SerialPorts.open(port, LineSettings.of(115_200), told);
  }

  private static byte[] readAll(PseudoTerminal device, int count) {
    var bytes = new ByteArrayOutputStream();
    while (bytes.size() < count) {
      var more = device.read(SOON);
      assertThat(more).isNotEmpty();
      bytes.writeBytes(more);
    }
    return bytes.toByteArray();
  }

  private static final class Recorder implements LinkListener {
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<byte[]> bytes = new LinkedBlockingQueue<>();

    @Override
    public void opened() {
      events.add("opened");
    }

    @Override
    public void received(byte[] received) {
      bytes.add(received);
    }

    @Override
    public void lost(LinkLoss why) {
      events.add("lost " + why);
    }

    boolean isQuiet() {
      return events.isEmpty();
    }

    void await(String event) throws InterruptedException {
      assertThat(events.poll(SOON.toSeconds(), SECONDS)).isEqualTo(event);
    }

    byte[] awaitBytes(int count) throws InterruptedException {
      var all = new ByteArrayOutputStream();
      while (all.size() < count) {
        var more = bytes.poll(SOON.toSeconds(), SECONDS);
        assertThat(more).isNotNull();
        all.writeBytes(more);
      }
      return all.toByteArray();
    }
  }
}
