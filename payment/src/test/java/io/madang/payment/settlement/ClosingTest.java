package io.madang.payment.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.madang.chain.ChainApplication.Position;
import io.madang.chain.Hash;
import io.madang.ledger.AccountId;
import io.madang.ledger.AssetCode;
import io.madang.ledger.PayoutId;
import io.madang.payment.Seeds;
import io.madang.payment.iso20022.BankAccount;
import io.madang.payment.iso20022.CreditTransfer;
import io.madang.payment.iso20022.CreditTransferFile;
import io.madang.payment.settlement.Closing.Stage;
import io.madang.payment.settlement.ClosingNews.Approved;
import io.madang.payment.settlement.ClosingNews.Computed;
import io.madang.payment.settlement.ClosingNews.Delivered;
import io.madang.payment.settlement.ClosingNews.FileMade;
import io.madang.payment.settlement.ClosingNews.Leaving;
import io.madang.payment.settlement.Posting.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The close of a day, killed at every place between two steps. */
class ClosingTest {
  private static final LocalDate DAY = LocalDate.of(2026, 1, 5);
  private static final AssetCode COIN = new AssetCode("S-COIN");
  private static final Hash A = Hash.sha256(new byte[] {1});
  private static final Hash B = Hash.sha256(new byte[] {2});

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** Does what is to be done, over a store and a bank that outlive it. */
  private static final class Clerk {
    private final long seed;
    private final int killAt;
    private int boundaries;

    private Closing stored = Closing.of(DAY);
    private String file = "";
    private final TreeSet<AccountId> recorded = new TreeSet<>();
    private final List<String> deliveries = new ArrayList<>();

    Clerk(long seed, int killAt) {
      this.seed = seed;
      this.killAt = killAt;
    }

    private void boundary() {
      if (boundaries++ == killAt) {
        throw new Killed();
      }
    }

    void tell(ClosingNews news) {
      boundary();
      stored = stored.next(news).closing();
      boundary();
    }

    /** Starts, and goes on until there is nothing that a program may do. */
    void work() {
      for (int i = 0; i < 20; i++) {
        switch (stored.nextAct()) {
          case WAIT_FOR_CUT_OFF -> tell(new ClosingNews.CutOff());
          case COMPUTE -> tell(new Computed(run().digest()));
          case WAIT_FOR_APPROVAL -> tell(new Approved(run().digest()));
          case RECORD -> {
            for (var day : run().days()) {
              boundary();
              recorded.add(day.merchant());
            }
            tell(new ClosingNews.AllRecorded());
          }
          case MAKE_FILE -> {
            file = payoutFile();
            tell(new FileMade(hash(file)));
          }
          case PREPARE_DELIVERY -> {
            boundary();
            var step = stored.next(new Leaving());
            stored = step.closing();
            boundary();
            assertThat(step.nextAct()).isEqualTo(Closing.NextAct.DELIVER);
            deliveries.add(file);
            tell(new Delivered());
          }
          case ASK_FOR_FILE -> {
            if (deliveries.isEmpty()) {
              return; // The bank does not know it: a person looks.
            }
            tell(new Delivered());
          }
          case RECONCILE -> tell(new ClosingNews.PayoutsEnded());
          case DELIVER -> throw new AssertionError("a delivery after a start");
          case NOTHING -> {
            return;
          }
        }
      }
      throw new AssertionError("the close goes in circles: " + stored);
    }

    private SettlementRun.Result run() {
      var random = Seeds.random(seed);
      var terms = new HashMap<AccountId, MerchantTerms>();
      for (int i = 0; i < 5; i++) {
        terms.put(new AccountId(1, i), MerchantTerms.free(1_000_000));
      }
      var run =
          new SettlementRun(
              DAY,
              COIN,
              BusinessDays.SEOUL,
              Map.copyOf(terms),
              _ -> new SettlementRun.Paid(1, DAY));
      for (int i = random.nextInt(30); i > 0; i--) {
        var position = new Position(100 - i, 0);
        long time = BusinessDays.SEOUL.beginMillis(DAY);
        var shop = new AccountId(1, random.nextInt(6));
        run.add(
            new Posting(
                position, time, shop, COIN, Kind.CAPTURE, 1 + random.nextInt(900), position, 0));
      }
      return run.finish();
    }

    private String payoutFile() {
      var days = run().days().stream().filter(day -> day.payout() > 0).toList();
      if (days.isEmpty()) {
        return "";
      }
      var bank = new BankAccount("004", "40123456789012", "신촌커피");
      var header =
          new CreditTransferFile.Header("MDG-1", Instant.EPOCH, DAY.plusDays(1), "마당", bank);
      var out = new StringBuilder();
      try {
        new CreditTransferFile(header)
            .write(each -> days.forEach(day -> each.accept(transfer(day, bank))), out);
      } catch (IOException fault) {
        throw new AssertionError(fault);
      }
      return out.toString();
    }

    private static CreditTransfer transfer(MerchantDay day, BankAccount bank) {
      var id = PayoutId.of("town-1", day.settlement("run 1"));
      return new CreditTransfer(id, day.payout(), bank, "정산");
    }

    private static Hash hash(String file) {
      return file.isEmpty() ? Closing.NOTHING : Hash.sha256(file.getBytes(StandardCharsets.UTF_8));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("io.madang.payment.Seeds#many")
  void s2_killed_anywhere_the_file_leaves_at_most_once_and_is_always_the_same(long seed) {
    var whole = new Clerk(seed, -1);
    whole.work();
    assertThat(whole.stored.stage()).isEqualTo(Stage.CLOSED);
    for (int kill = 0; kill < whole.boundaries; kill++) {
      var clerk = new Clerk(seed, kill);
      try {
        clerk.work();
      } catch (Killed _) {
        clerk.work();
      }
      assertThat(clerk.file).isEqualTo(whole.file);
      assertThat(clerk.stored.computed()).isEqualTo(whole.stored.computed());
      assertThat(clerk.recorded).isEqualTo(whole.recorded);
      if (clerk.stored.stage() == Stage.LEAVING) {
        assertThat(clerk.deliveries).isEmpty();
      } else {
        assertThat(clerk.stored).isEqualTo(whole.stored);
        assertThat(clerk.deliveries).isEqualTo(whole.deliveries);
      }
    }
  }

  @Test
  void a_second_run_that_comes_to_something_else_stops_everything() {
    var computed = Closing.of(DAY).next(new ClosingNews.CutOff()).closing();
    var once = computed.next(new Computed(A)).closing();
    assertThat(once.next(new Computed(A)).closing()).isEqualTo(once);
    assertThatThrownBy(() -> once.next(new Computed(B))).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> once.next(new Approved(B))).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_file_that_may_have_left_is_asked_for_and_not_sent() {
    var filed = new Closing(DAY, Stage.FILED, A, B);
    var leaving = filed.next(new Leaving()).closing();
    assertThat(leaving.nextAct()).isEqualTo(Closing.NextAct.ASK_FOR_FILE);
    assertThatThrownBy(() -> leaving.next(new Leaving())).isInstanceOf(IllegalStateException.class);
    assertThat(leaving.next(new Delivered()).closing().stage()).isEqualTo(Stage.DELIVERED);
  }

  @Test
  void nothing_is_skipped() {
    var open = Closing.of(DAY);
    for (var news : List.of(new Computed(A), new FileMade(A), new Leaving(), new Delivered())) {
      assertThatThrownBy(() -> open.next(news)).isInstanceOf(IllegalStateException.class);
    }
  }
}
