package io.madang.payment.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.madang.chain.ChainApplication.Position;
import io.madang.chain.MerkleTree;
import io.madang.ledger.AccountId;
import io.madang.ledger.AssetCode;
import io.madang.payment.Seeds;
import io.madang.payment.settlement.Posting.Kind;
import io.madang.payment.settlement.SettlementRun.Paid;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SettlementRunTest {
  private static final List<Kind> KINDS = List.of(Kind.values());
  private static final AssetCode COIN = new AssetCode("S-COIN");
  private static final LocalDate DAY = LocalDate.of(2026, 1, 5);
  private static final AccountId SHOP = new AccountId(1, 1);
  private static final AccountId OTHER = new AccountId(1, 2);

  private static Posting posting(int index, AccountId account, Kind kind, long amount) {
    var position = new Position(7, index);
    return new Posting(
        position, BusinessDays.SEOUL.beginMillis(DAY), account, COIN, kind, amount, position, 0);
  }

  private static SettlementRun run(MerchantTerms terms) {
    return new SettlementRun(
        DAY, COIN, BusinessDays.SEOUL, Map.of(SHOP, terms), _ -> new Paid(5_000, DAY.minusDays(1)));
  }

  private static MerchantTerms terms(long carried, long owed, long redeemable, FeeSchedule fees) {
    return new MerchantTerms(carried, owed, redeemable, fees, List.of(), 1);
  }

  /**
   * The worked example of the reference: 23,415 captured, 118 fees, 5,000 refunded, 25 returned.
   */
  @Test
  void adds_up_the_worked_example_to_the_won() {
    // 1,000 of fees could not be taken yesterday: carried from yesterday.
    var run = run(terms(0, 1_000, 50_000, FeeSchedule.always(50)));
    run.add(posting(0, SHOP, Kind.CAPTURE, 3_300));
    run.add(posting(1, SHOP, Kind.CAPTURE, 7_770));
    var line = run.add(posting(2, SHOP, Kind.CAPTURE, 12_345)).orElseThrow();
    var refund = run.add(posting(3, SHOP, Kind.REFUND, 5_000)).orElseThrow();
    assertThat(line.fee()).isEqualTo(62);
    assertThat(refund.fee()).isEqualTo(-25);
    assertThat(refund.index()).isEqualTo(3);
    var day = run.finish().days().getFirst();
    assertThat(day.captures()).isEqualTo(23_415);
    assertThat(day.fees()).isEqualTo(93);
    assertThat(day.payout()).isEqualTo(17_322);
    assertThat(day.charges()).isEqualTo(1_093);
    assertThat(day.carried()).isZero();
    assertThat(day.owed()).isZero();
  }

  @Test
  void a_negative_net_is_carried_and_nobody_is_charged_out_of_it() {
    var run = run(terms(200, 7, 9_999, FeeSchedule.always(50)));
    run.add(posting(0, SHOP, Kind.REFUND, 5_000));
    var day = run.finish().days().getFirst();
    assertThat(day.payout()).isZero();
    assertThat(day.fees()).isEqualTo(-25);
    assertThat(day.charges()).isEqualTo(-18);
    assertThat(day.carried()).isEqualTo(-4_782);
  }

  @Test
  void what_was_spent_since_the_day_ended_is_not_paid_out_but_carried() {
    var run = run(MerchantTerms.free(700));
    run.add(posting(0, SHOP, Kind.CAPTURE, 1_000));
    var day = run.finish().days().getFirst();
    assertThat(day.payout()).isEqualTo(700);
    assertThat(day.carried()).isEqualTo(300);
  }

  @Test
  void less_than_the_least_payout_is_carried() {
    var run = run(new MerchantTerms(0, 0, 5_000, FeeSchedule.FREE, List.of(), 1_001));
    run.add(posting(0, SHOP, Kind.CAPTURE, 1_000));
    assertThat(run.finish().days().getFirst().carried()).isEqualTo(1_000);
  }

  @Test
  void a_correction_in_favour_of_the_merchant_is_given_by_the_operator() {
    var run =
        run(new MerchantTerms(0, 0, 0, FeeSchedule.FREE, List.of(new Adjustment(500, "사과")), 1));
    var day = run.finish().days().getFirst();
    assertThat(day.charges()).isEqualTo(-500);
    assertThat(day.payout()).isEqualTo(500);
    assertThat(day.count()).isZero();
  }

  @Test
  void strangers_and_other_coins_have_no_line_and_merchants_without_anything_no_statement() {
    var run = run(MerchantTerms.free(0));
    assertThat(run.add(posting(0, OTHER, Kind.CAPTURE, 5))).isEmpty();
    assertThat(run.finish().days()).isEmpty();
  }

  @Test
  void s1_a_posting_twice_out_of_order_or_of_another_day_stops_the_run() {
    var run = run(MerchantTerms.free(0));
    run.add(posting(4, SHOP, Kind.CAPTURE, 5));
    assertThatThrownBy(() -> run.add(posting(4, SHOP, Kind.CAPTURE, 5)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> run.add(posting(3, SHOP, Kind.CAPTURE, 5)))
        .isInstanceOf(IllegalArgumentException.class);
    var late =
        new Posting(
            new Position(9, 0),
            BusinessDays.SEOUL.endMillis(DAY),
            SHOP,
            COIN,
            Kind.CAPTURE,
            5,
            new Position(9, 0),
            0);
    assertThatThrownBy(() -> run.add(late)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void the_root_is_that_of_the_documented_leaves() {
    var run = run(MerchantTerms.free(9_000));
    var leaves = new ArrayList<byte[]>();
    for (int i = 0; i < 37; i++) {
      var kind = i % 5 == 4 ? Kind.REFUND : Kind.CAPTURE;
      run.add(posting(i, SHOP, kind, 100 + i));
      var text = "7." + i + " " + (kind == Kind.REFUND ? "-" : "") + (100 + i);
      leaves.add(text.getBytes(StandardCharsets.US_ASCII));
    }
    var day = run.finish().days().getFirst();
    assertThat(day.root()).isEqualTo(MerkleTree.rootOf(leaves));
    assertThat(day.count()).isEqualTo(37);
    leaves.remove(3);
    assertThat(day.root()).isNotEqualTo(MerkleTree.rootOf(leaves));
  }

  @Test
  void the_growing_tree_has_the_root_of_the_whole_one_at_every_size() {
    var tree = new PostingTree();
    var leaves = new ArrayList<byte[]>();
    for (int i = 0; i < 300; i++) {
      assertThat(tree.root()).isEqualTo(MerkleTree.rootOf(leaves));
      leaves.add(("leaf " + i).getBytes(StandardCharsets.US_ASCII));
      tree.add(leaves.getLast());
    }
  }

  @Test
  void reads_both_sides_of_a_payment_and_a_refund_from_the_chains_results() {
    var payment =
        "{\"payment\":{\"amount\":500,\"asset\":\"S-COIN\",\"payee\":\"%s\",\"payer\":\"%s\"}}"
            .formatted(SHOP, OTHER);
    var refund =
        "{\"refund\":{\"amount\":40,\"asset\":\"S-COIN\",\"payee\":\"%s\",\"payer\":\"%s\",\"payment\":\"3.1\",\"refunded\":90}}"
            .formatted(OTHER, SHOP);
    var paid = Postings.of(new Position(3, 1), 5, payment.getBytes(StandardCharsets.US_ASCII));
    var back = Postings.of(new Position(4, 0), 6, refund.getBytes(StandardCharsets.US_ASCII));
    assertThat(paid.stream().mapToLong(Posting::change)).containsExactly(500L, -500L);
    assertThat(back.stream().mapToLong(Posting::change)).containsExactly(-40L, 40L);
    assertThat(back.getFirst().account()).isEqualTo(SHOP);
    assertThat(back.getFirst().payment()).isEqualTo(new Position(3, 1));
    assertThat(back.getFirst().refundedBefore()).isEqualTo(50);
    var settled = "{\"settlement\":{}}".getBytes(StandardCharsets.US_ASCII);
    assertThat(Postings.of(new Position(5, 0), 7, settled)).isEmpty();
  }

  /** Ten random days of five shops, against purses that are moved one coin at a time. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("io.madang.payment.Seeds#many")
  void over_many_days_no_won_is_lost_or_made(long seed) {
    var random = Seeds.random(seed);
    var balance = new HashMap<AccountId, Long>();
    var carried = new HashMap<AccountId, Long>();
    var owed = new HashMap<AccountId, Long>();
    var fees = FeeSchedule.always(random.nextInt(300));
    long height = 1;
    for (int number = 0; number < 10; number++) {
      var day = DAY.plusDays(number);
      var postings = new ArrayList<Posting>();
      for (int i = random.nextInt(40); i > 0; i--) {
        var shop = new AccountId(1, random.nextInt(5));
        var kind = KINDS.get(random.nextInt(KINDS.size()));
        boolean costs = kind == Kind.REFUND || kind == Kind.PAYMENT_MADE || kind == Kind.REDEEMED;
        if (costs && balance.getOrDefault(shop, 0L) == 0) {
          continue;
        }
        long amount = 1 + random.nextLong(costs ? balance.getOrDefault(shop, 0L) : 3_000);
        var position = new Position(height++, 0);
        var posting =
            new Posting(
                position,
                BusinessDays.SEOUL.beginMillis(day),
                shop,
                COIN,
                kind,
                amount,
                position,
                0);
        postings.add(posting);
        balance.merge(shop, posting.change(), Long::sum);
      }
      var terms = new HashMap<AccountId, MerchantTerms>();
      for (int i = 0; i < 5; i++) {
        var shop = new AccountId(1, i);
        terms.put(
            shop,
            new MerchantTerms(
                carried.getOrDefault(shop, 0L),
                owed.getOrDefault(shop, 0L),
                Math.max(0, balance.getOrDefault(shop, 0L) - (random.nextBoolean() ? 100 : 0)),
                fees,
                random.nextInt(4) == 0
                    ? List.of(
                        new Adjustment(
                            random.nextBoolean()
                                ? 1 + random.nextInt(300)
                                : -1 - random.nextInt(300),
                            "x"))
                    : List.of(),
                1 + random.nextInt(500)));
      }
      var run =
          new SettlementRun(day, COIN, BusinessDays.SEOUL, terms, _ -> new Paid(1L << 40, day));
      long feeSum = 0;
      for (var posting : postings) {
        feeSum += run.add(posting).orElseThrow().fee();
      }
      var result = run.finish();
      assertThat(result.totals().fees()).isEqualTo(feeSum);
      assertThat(result.totals().postings()).isEqualTo(postings.size());
      for (var one : result.days()) {
        balance.merge(one.merchant(), -one.payout() - one.charges(), Long::sum);
        assertThat(balance.get(one.merchant())).isNotNegative();
        // All postings are covered, so what is carried is what the shop still has.
        assertThat(one.carried()).isEqualTo(balance.get(one.merchant()));
        carried.put(one.merchant(), one.carried());
        owed.put(one.merchant(), one.owed());
        one.settlement("run");
      }
      assertThat(result.days()).isEqualTo(again(day, terms, postings).days());
    }
  }

  private static SettlementRun.Result again(
      LocalDate day, Map<AccountId, MerchantTerms> terms, List<Posting> postings) {
    var run = new SettlementRun(day, COIN, BusinessDays.SEOUL, terms, _ -> new Paid(1L << 40, day));
    postings.forEach(run::add);
    return run.finish();
  }
}
