package io.madang.pos.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.pos.terminal.Simulation.Weather;
import java.time.Duration;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every bit of every kind of frame is flipped once, on its way in either direction. No money moves
 * that would not have moved, none is lost, and both sides go on together.
 */
class FlippedBitsTest {
  private static final long SECOND = 1_000;

  /** What is under way when a bit flips. */
  enum Kind {
    PURCHASE,
    VOIDING,
    REVERSAL,
    SETTLEMENT,
    ECHO
  }

  private static void begin(Kind kind, Simulation shop) {
    switch (kind) {
      case PURCHASE -> shop.purchase(4_500);
      case VOIDING -> shop.takeBack(new TreeMap<>(shop.till().standing()).firstKey());
      case REVERSAL -> shop.reverse(new TreeMap<>(shop.till().standing()).firstKey());
      case SETTLEMENT -> shop.closeDay(shop.today());
      case ECHO -> shop.echo();
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void no_flipped_bit_moves_money(Kind kind) {
    var undisturbed = ends(kind, -1, -1);
    int writes = undisturbed.writes();
    assertThat(writes).isEqualTo(8); // ENQ, ACK, frame, ACK on either way
    for (int write = 0; write < writes; write++) {
      int bits = ends(kind, write, 0).bits();
      for (int bit = 0; bit < bits; bit++) {
        var end = ends(kind, write, bit);
        assertThat(end.captured()).as("bit %d of write %d", bit, write).isEqualTo(end.standing());
        assertThat(end.millis() - undisturbed.millis())
            .as("bit %d of write %d", bit, write)
            .isLessThan(SECOND);
      }
    }
  }

  @Test
  void the_bits_of_an_advice_are_flipped_too() {
    // An advice follows a purchase that had no answer; it is the fourth frame then.
    for (int bit = 0; bit < 8 * 140; bit++) {
      var shop = new Simulation(1, Weather.FINE);
      shop.purchase(4_500);
      shop.cutTill();
      shop.flip(7, bit);
      shop.settle();
      shop.pass(Duration.ofMinutes(1));
      assertThat(shop.ledger.captured()).as("bit %d", bit).isEmpty();
      assertThat(shop.till().standing()).as("bit %d", bit).isEmpty();
    }
  }

  private record End(
      TreeMap<SaleKey, Long> captured,
      TreeMap<SaleKey, Long> standing,
      int writes,
      int bits,
      long millis) {}

  private static End ends(Kind kind, int write, int bit) {
    var shop = begun(kind, write, bit);
    long start = shop.nowMillis();
    shop.settle();
    long took = shop.nowMillis() - start;
    int writes = shop.writes();
    shop.pass(Duration.ofMinutes(1));
    return new End(
        new TreeMap<>(shop.ledger.captured()),
        new TreeMap<>(shop.till().standing()),
        writes,
        shop.flippedLength() * 8,
        took);
  }

  private static Simulation begun(Kind kind, int write, int bit) {
    var shop = new Simulation(1, Weather.FINE);
    shop.purchase(1_000);
    shop.settle();
    shop.pass(Duration.ofMinutes(1));
    shop.flip(write, bit);
    begin(kind, shop);
    return shop;
  }
}
