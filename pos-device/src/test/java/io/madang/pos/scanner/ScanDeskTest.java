package io.madang.pos.scanner;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.Bytes;
import io.madang.chain.PublicKey;
import io.madang.chain.StatementId;
import io.madang.ledger.Amount;
import io.madang.ledger.AssetCode;
import io.madang.payment.qr.CustomerCode;
import io.madang.pos.scanner.ScanDesk.Outcome;
import io.madang.pos.scanner.ScanDesk.Why;
import org.junit.jupiter.api.Test;

class ScanDeskTest {
  private static final long NOW = 1_000_000;

  private final ScanDesk desk = new ScanDesk();

  private static CustomerCode code(int number, long limitWon) {
    return new CustomerCode(
        PublicKey.of(PublicKey.Algorithm.ED25519, new byte[32]),
        new StatementId("%032x".formatted(number)),
        new Amount(limitWon, new AssetCode("S-COIN")),
        NOW + 120_000,
        Bytes.of(new byte[64]));
  }

  @Test
  void a_scanned_code_is_charged_once() {
    var code = code(1, 20_000);
    desk.ask(4_500);
    assertThat(desk.scanned(code.text(), NOW)).isEqualTo(new Outcome.Charge(code, 4_500));
    assertThat(desk.scanned(code.text(), NOW + 2_000))
        .isEqualTo(new Outcome.Ignored(Why.IN_FLIGHT));
    desk.answered(true);
    assertThat(desk.scanned(code.text(), NOW + 4_000))
        .isEqualTo(new Outcome.Ignored(Why.NOTHING_ASKED));
    desk.ask(1_000);
    assertThat(desk.scanned(code.text(), NOW + 6_000)).isEqualTo(new Outcome.Ignored(Why.USED));
  }

  @Test
  void a_refused_code_leaves_room_for_another_customer() {
    desk.ask(4_500);
    desk.scanned(code(1, 20_000).text(), NOW);
    desk.answered(false);
    var other = code(2, 4_500);
    assertThat(desk.scanned(other.text(), NOW + 2_000)).isEqualTo(new Outcome.Charge(other, 4_500));
  }

  @Test
  void expired_codes_and_those_with_too_small_a_limit_are_not_charged() {
    desk.ask(4_500);
    assertThat(desk.scanned(code(1, 4_499).text(), NOW))
        .isEqualTo(new Outcome.Ignored(Why.OVER_LIMIT));
    assertThat(desk.scanned(code(2, 9_000).text(), NOW + 120_001))
        .isEqualTo(new Outcome.Ignored(Why.EXPIRED));
  }

  @Test
  void other_texts_are_handed_on() {
    assertThat(desk.scanned("8801234567893", NOW)).isInstanceOf(Outcome.OtherText.class);
  }
}
