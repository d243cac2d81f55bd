package io.madang.vending.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The adapter's lines carry no checksum; what a changed bit makes of them must not move money. */
class BitFlipsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "c,STATUS,VEND,1500,17",
        "c,VEND,SUCCESS",
        "c,ERR,\"VEND 1\"",
        "c,ERR,\"VEND 3\"",
        "c,ERR,\"VEND 5\"",
        "c,ERR,\"VEND -3\"",
        "c,STATUS,INACTIVE",
        "c,STATUS,ENABLED",
        "c,STATUS,DISABLED",
        "c,STATUS,IDLE,2000",
        "r,ACK",
        "c,SET,OK",
        "c,1",
        "v,4.0.2.0,1f2e3d4c"
      })
  void change_no_sale_for_the_worse_and_the_next_one_goes_through(String line) {
    var bytes = (line + "\r\n").getBytes(StandardCharsets.US_ASCII);
    var world = new World(1, true);
    world.calm();
    world.plainVend();
    for (var bit = 0; bit < bytes.length * 8; bit++) {
      var changed = bytes.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      var captures = world.ledger.captures;
      var dropped = world.machine.dropped();
      // While nothing is sold, while the customer looks at the price, while the item is on its way.
      world.hear(changed);
      world.plainVendHearing(changed);
      world.plainVend();
      assertThat(world.ledger.captures - captures)
          .as("bit %s of %s: %s", bit, line, world.story)
          .isEqualTo(world.machine.dropped() - dropped)
          .isGreaterThanOrEqualTo(1);
      assertThat(world.uncertain).isEmpty();
      assertThat(world.ledger.stillHeld()).isZero();
    }
  }
}
