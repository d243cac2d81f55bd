package io.madang.payment.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.ChainApplication.Admission;
import io.madang.chain.ChainApplication.BlockRequest;
import io.madang.chain.ChainApplication.Outcome;
import io.madang.chain.ChainApplication.Position;
import io.madang.chain.SignatureVerdict;
import io.madang.chain.SignatureVerifier;
import io.madang.chain.SigningKey;
import io.madang.chain.Statement;
import io.madang.chain.StatementId;
import io.madang.chain.StatementSigner;
import io.madang.chain.TransactionResult;
import io.madang.chain.Verified;
import io.madang.chain.json.CanonicalJson;
import io.madang.chain.json.JsonObject;
import io.madang.ledger.AccountId;
import io.madang.ledger.AccountKind;
import io.madang.ledger.Amount;
import io.madang.ledger.AssetCode;
import io.madang.ledger.Ledger;
import io.madang.ledger.LedgerCandidate;
import io.madang.ledger.Limits;
import io.madang.ledger.Operations;
import io.madang.ledger.PayoutId;
import io.madang.ledger.Purpose;
import io.madang.ledger.SettledUntil;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What a run comes to is what the ledger takes: two days of one shop, on a real chain. */
class SettledOnTheChainTest {
  private static final String CHAIN = "town-1";
  private static final AssetCode COIN = new AssetCode("S-COIN");
  private static final AssetCode VOUCHER = new AssetCode("GIFT-2026");
  private static final LocalDate DAY = LocalDate.of(2026, 1, 5);
  private static final SignatureVerifier VERIFIER =
      new SignatureVerifier(new SplittableRandom(7)::nextBytes, 100);

  private final StatementSigner hall = signer(1);
  private final StatementSigner ara = signer(2);
  private final StatementSigner shop = signer(3);
  private final Ledger ledger = new Ledger();
  private long time = BusinessDays.SEOUL.beginMillis(DAY);
  private long nextId = 1;
  private final List<Posting> postings = new ArrayList<>();

  private static StatementSigner signer(long number) {
    var secret = new byte[32];
    new SplittableRandom(number).nextBytes(secret);
    return new StatementSigner(SigningKey.ed25519(secret));
  }

  private static AccountId account(StatementSigner signer) {
    return AccountId.of(signer.publicKey());
  }

  private Statement sign(StatementSigner signer, Purpose purpose, JsonObject operation) {
    var id = new StatementId("%032x".formatted(nextId++));
    return signer.sign(
        new Statement.Payload(CHAIN, id, purpose.toString(), time + 60_000, operation));
  }

  /** The only transaction of the next block takes effect; its result is kept as a posting. */
  private TransactionResult done(Statement transaction) {
    long height = ledger.standing().height() + 1;
    var proposal = ledger.prepareProposal(height, time, List.of(verified(transaction)));
    assertThat(proposal.outcomes().getFirst()).isInstanceOf(Outcome.Done.class);
    var results = ledger.finalizeBlock(new BlockRequest<>(height, time, proposal.kept())).results();
    ledger.commit();
    postings.addAll(Postings.of(new Position(height, 0), time, results.getFirst().data()));
    time += 1_000;
    return results.getFirst();
  }

  private Verified<LedgerCandidate> verified(Statement transaction) {
    if (ledger.admit(transaction.bytes()) instanceof Admission.Admitted<LedgerCandidate>(var one)
        && VERIFIER.verify(List.of(one)).getFirst()
            instanceof SignatureVerdict.Right<LedgerCandidate>(var right)) {
      return right;
    }
    throw new AssertionError("not admitted");
  }

  private void open(StatementSigner signer, AccountKind kind) {
    var request =
        sign(
            signer,
            Purpose.ACCOUNT_REQUEST,
            Operations.accountRequest(kind, "phone", time + 864_000_000));
    done(sign(hall, Purpose.ACCOUNT_OPEN, Operations.openAccount(kind, Limits.NONE, request)));
  }

  private void begin() {
    var key = hall.publicKey();
    var text =
        """
        {"accounts":[{"id":"%s","keys":[{"expiresMillis":%d,"key":"%s","label":"office"}],\
        "kind":"system","roles":["enroller"]}],"assets":[{"approvers":["%s"],"code":"S-COIN",\
        "kind":"coin","scale":0,"threshold":1},{"approvers":["%s"],"code":"GIFT-2026",\
        "kind":"voucher","scale":0,"threshold":1}],"dayOffsetMillis":32400000}\
        """
            .formatted(account(hall), time + 864_000_000L, key, account(hall), account(hall));
    ledger.initChain(CHAIN, time - 1, text.getBytes(StandardCharsets.US_ASCII));
    open(ara, AccountKind.PERSON);
    open(shop, AccountKind.MERCHANT);
    done(
        sign(
            hall,
            Purpose.ASSET_ISSUE,
            Operations.issue(account(ara), new Amount(10_000, COIN), List.of(), "wire 1")));
  }

  private JsonObject object(TransactionResult result) {
    if (CanonicalJson.read(result.data()) instanceof CanonicalJson.Result.Read(JsonObject read)) {
      return read;
    }
    throw new AssertionError(result);
  }

  private Statement pay(long amount) {
    return sign(
        ara, Purpose.TRANSFER, Operations.transfer(account(shop), new Amount(amount, COIN), ""));
  }

  private JsonObject proof(TransactionResult result) {
    var position = new Position(ledger.standing().height(), 0);
    return Operations.paymentProof(position, 1, List.of(), object(result));
  }

  /** The run of a day over what the chain recorded of it. */
  private MerchantDay run(LocalDate day) {
    return run(day, COIN);
  }

  private MerchantDay run(LocalDate day, AssetCode asset) {
    var merchant = account(shop);
    long carried =
        ledger.view().settledUntil(merchant, asset).map(SettledUntil::carried).orElse(0L);
    long available = ledger.view().balance(merchant, asset).available();
    var terms = new MerchantTerms(carried, 0, available, FeeSchedule.always(100), List.of(), 1);
    var run =
        new SettlementRun(
            day,
            asset,
            BusinessDays.SEOUL,
            Map.of(merchant, terms),
            _ -> new SettlementRun.Paid(3_000, day));
    for (var posting : postings) {
      if (BusinessDays.SEOUL.of(posting.timeMillis()).equals(day)) {
        run.add(posting);
      }
    }
    return run.finish().days().getFirst();
  }

  private TransactionResult settle(MerchantDay day) {
    var settlement = day.settlement("run " + day.day());
    return done(sign(hall, Purpose.SETTLE, Operations.settle(settlement, List.of())));
  }

  @Test
  void two_days_of_a_shop_with_a_refund_a_fee_and_a_payout_that_came_back() {
    begin();
    var first = done(pay(3_000));
    var proof = proof(first);
    done(pay(500));
    done(sign(shop, Purpose.REFUND, Operations.refund(1_000, proof)));
    time = BusinessDays.SEOUL.endMillis(DAY);

    var monday = run(DAY);
    assertThat(monday.captures()).isEqualTo(3_500);
    assertThat(monday.fees()).isEqualTo(35 - 10);
    assertThat(monday.payout()).isEqualTo(2_475);
    var settled = settle(monday);
    var back = proof(settled);
    assertThat(ledger.view().balance(account(shop), COIN).available()).isZero();
    assertThat(ledger.view().balance(account(hall), COIN).available()).isEqualTo(25);

    // The bank returns it; on Tuesday the shop takes 100 more, and both are paid.
    var id = PayoutId.of(CHAIN, monday.settlement("run " + DAY));
    assertThat(object(settled).canonical()).contains(id.toString());
    done(sign(hall, Purpose.SETTLEMENT_VOID, Operations.voidPayout(back, "AC04", List.of())));
    done(pay(100));
    time = BusinessDays.SEOUL.endMillis(DAY.plusDays(1));
    var tuesday = run(DAY.plusDays(1));
    assertThat(tuesday.carriedBefore()).isEqualTo(2_475);
    assertThat(tuesday.payout()).isEqualTo(2_475 + 99);
    settle(tuesday);
    assertThat(ledger.view().balance(account(shop), COIN).available()).isZero();
    assertThat(ledger.view().asset(COIN).orElseThrow().supply()).isEqualTo(10_000 - 2_574);
  }

  @Test
  void vouchers_and_coins_of_one_payment_are_paid_out_each_by_its_own_settlement() {
    begin();
    done(
        sign(
            hall,
            Purpose.ASSET_ISSUE,
            Operations.issue(account(ara), new Amount(2_000, VOUCHER), List.of(), "wire 2")));
    var legs = List.of(new Amount(2_000, VOUCHER), new Amount(3_000, COIN));
    var price = new Amount(5_000, COIN);
    var paid =
        done(
            sign(
                ara,
                Purpose.PAY,
                Operations.pay(account(shop), price, legs, Optional.empty(), "")));
    var proof = proof(paid);
    done(sign(shop, Purpose.REFUND, Operations.refund(3_500, proof)));
    done(sign(shop, Purpose.REFUND, Operations.refund(500, proof)));
    time = BusinessDays.SEOUL.endMillis(DAY);

    var vouchers = run(DAY, VOUCHER);
    assertThat(vouchers.captures()).isEqualTo(2_000);
    assertThat(vouchers.refunds()).isEqualTo(1_000);
    assertThat(vouchers.payout()).isEqualTo(990);
    settle(vouchers);
    var coins = run(DAY, COIN);
    assertThat(coins.captures()).isEqualTo(3_000);
    assertThat(coins.refunds()).isEqualTo(3_000);
    assertThat(coins.payout()).isZero();
    settle(coins);
    assertThat(ledger.view().balance(account(shop), VOUCHER).available()).isZero();
    assertThat(ledger.view().asset(VOUCHER).orElseThrow().supply()).isEqualTo(1_010);
  }
}
