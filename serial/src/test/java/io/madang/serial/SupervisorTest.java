package io.madang.serial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SupervisorTest {
  private static final int NO_JITTER = 0;

  @Test
  void waits_twice_as_long_each_time_and_never_more_than_a_second() {
    var supervisor = Supervisor.closed().on(new Supervisor.Start(), 0, 0, NO_JITTER).next();
    var now = 0L;
    for (var wait : List.of(100L, 200L, 400L, 800L, 1_000L, 1_000L)) {
      var waiting = supervisor.on(new Supervisor.OpenFailed(), now, 0, NO_JITTER).next();
      assertThat(waiting.deadlineMillis()).isEqualTo(now + wait);
      assertThat(waiting.on(new Supervisor.Tick(), now + wait - 1, 0, NO_JITTER).actions())
          .isEmpty();
      now += wait;
      var again = waiting.on(new Supervisor.Tick(), now, 0, NO_JITTER);
      assertThat(again.actions()).containsExactly(new Supervisor.Open());
      supervisor = again.next();
    }
  }

  @Test
  void shortens_a_wait_by_at_most_a_fifth() {
    var opening = Supervisor.closed().on(new Supervisor.Start(), 0, 0, NO_JITTER).next();
    assertThat(opening.on(new Supervisor.OpenFailed(), 0, 0, 999).next().deadlineMillis())
        .isBetween(80L, 100L);
  }

  @Test
  void gives_up_a_device_that_does_not_identify_itself_in_time() {
    var identifying =
        Supervisor.closed()
            .on(new Supervisor.Start(), 0, 500, NO_JITTER)
            .next()
            .on(new Supervisor.Opened(), 0, 500, NO_JITTER)
            .next();
    assertThat(identifying.state()).isEqualTo(LinkState.IDENTIFYING);
    assertThat(identifying.on(new Supervisor.Tick(), 500, 500, NO_JITTER).actions())
        .containsExactly(new Supervisor.Close(), new Supervisor.TellLost(LinkLoss.NOT_IDENTIFIED));
    assertThat(identifying.on(new Supervisor.Identified(), 499, 500, NO_JITTER).next().state())
        .isEqualTo(LinkState.READY);
  }

  @Test
  void tells_every_opening_and_every_loss_exactly_once_whatever_comes() {
    var events =
        List.of(
            new Supervisor.Start(),
            new Supervisor.Opened(),
            new Supervisor.OpenFailed(),
            new Supervisor.Identified(),
            new Supervisor.Lost(LinkLoss.UNPLUGGED),
            new Supervisor.Tick(),
            new Supervisor.Stop());
    for (var seed = 0; seed < 200; seed++) {
      var random = new java.util.SplittableRandom(seed);
      var supervisor = Supervisor.closed();
      var open = false;
      var now = 0L;
      for (var i = 0; i < 200; i++) {
        now += random.nextInt(600);
        var step = supervisor.on(events.get(random.nextInt(7)), now, random.nextInt(2) * 300L, 500);
        for (var action : step.actions()) {
          switch (action) {
            case Supervisor.TellOpened _ -> {
              assertThat(open).as("seed %s", seed).isFalse();
              open = true;
            }
            case Supervisor.TellLost _ -> {
              assertThat(open).as("seed %s", seed).isTrue();
              open = false;
            }
            default -> {}
          }
        }
        supervisor = step.next();
        assertThat(supervisor.isOpen()).as("seed %s", seed).isEqualTo(open);
      }
    }
  }
}
