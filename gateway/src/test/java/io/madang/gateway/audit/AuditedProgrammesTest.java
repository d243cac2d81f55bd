package io.madang.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import io.madang.chain.json.CanonicalJson;
import io.madang.chain.json.JsonObject;
import io.madang.ledger.AccountId;
import io.madang.ledger.AccountKind;
import io.madang.ledger.Amount;
import io.madang.ledger.AssetCode;
import io.madang.ledger.AssetRules;
import io.madang.ledger.Attributes;
import io.madang.ledger.Grant;
import io.madang.ledger.Ledger;
import io.madang.ledger.LedgerCandidate;
import io.madang.ledger.Limits;
import io.madang.ledger.Operations;
import io.madang.ledger.ProgrammeCode;
import io.madang.ledger.ProgrammeKind;
import io.madang.ledger.ProgrammeTerms;
import io.madang.ledger.Purpose;
import io.madang.ledger.Words.ProgrammeApproval;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The auditor's books follow a town that pays with points and vouchers, and find what is bent. */
class AuditedProgrammesTest {
  private static final String CHAIN = "town-1";
  private static final long START = 1_767_225_600_000L; // 2026-01-01T00:00:00Z
  private static final long DAY = 24L * 60 * 60 * 1_000;
  private static final AssetCode COIN = new AssetCode("S-COIN");
  private static final AssetCode POINT = new AssetCode("POINT");
  private static final AssetCode VOUCHER = new AssetCode("GIFT-2026");
  private static final SignatureVerifier VERIFIER =
      new SignatureVerifier(new SplittableRandom(7)::nextBytes, 100);

  /** What the chain recorded of one transaction. */
  private record Recorded(Position position, long timeMillis, String jws, String data) {}

  private final StatementSigner hall = signer(1);
  private final StatementSigner ara = signer(2);
  private final StatementSigner shop = signer(3);
  private final Ledger ledger = new Ledger();
  private final List<Recorded> chain = new ArrayList<>();
  private long time = START + 1;
  private long nextId = 1;

  private static StatementSigner signer(long number) {
    var secret = new byte[32];
    new SplittableRandom(number).nextBytes(secret);
    return new StatementSigner(SigningKey.ed25519(secret));
  }

  private static AccountId account(StatementSigner signer) {
    return AccountId.of(signer.publicKey());
  }

  private String genesis() {
    var asset =
        "{\"approvers\":[\"%1$s\"],\"code\":\"%2$s\",\"kind\":\"%3$s\",\"scale\":0,\"threshold\":1}";
    return """
    {"accounts":[{"id":"%1$s","keys":[{"expiresMillis":%2$d,"key":"%3$s","label":"office"}],\
    "kind":"system","roles":["enroller"]}],"assets":[%4$s,%5$s,%6$s],"dayOffsetMillis":0}\
    """
        .formatted(
            account(hall),
            START + 900 * DAY,
            hall.publicKey(),
            asset.formatted(account(hall), COIN, "coin"),
            asset.formatted(account(hall), POINT, "point"),
            asset.formatted(account(hall), VOUCHER, "voucher"));
  }

  private Statement sign(StatementSigner signer, Purpose purpose, JsonObject operation) {
    var id = new StatementId("%032x".formatted(nextId++));
    return signer.sign(
        new Statement.Payload(CHAIN, id, purpose.toString(), time + 60_000, operation));
  }

  private Recorded done(StatementSigner signer, Purpose purpose, JsonObject operation) {
    var transaction = sign(signer, purpose, operation);
    if (!(ledger.admit(transaction.bytes()) instanceof Admission.Admitted<LedgerCandidate>(var one)
        && VERIFIER.verify(List.of(one)).getFirst()
            instanceof SignatureVerdict.Right<LedgerCandidate>(var right))) {
      throw new AssertionError("not admitted");
    }
    long height = ledger.standing().height() + 1;
    var proposal = ledger.prepareProposal(height, time, List.of(right));
    assertThat(proposal.outcomes().getFirst()).isInstanceOf(Outcome.Done.class);
    var results = ledger.finalizeBlock(new BlockRequest<>(height, time, proposal.kept())).results();
    ledger.commit();
    var data = new String(results.getFirst().data(), StandardCharsets.UTF_8);
    var recorded = new Recorded(new Position(height, 0), time, transaction.text(), data);
    chain.add(recorded);
    time += 1_000;
    return recorded;
  }

  private void open(StatementSigner signer, AccountKind kind) {
    var request =
        sign(
            signer,
            Purpose.ACCOUNT_REQUEST,
            Operations.accountRequest(kind, "phone", time + 800 * DAY));
    done(hall, Purpose.ACCOUNT_OPEN, Operations.openAccount(kind, Limits.NONE, request));
  }

  private void issue(StatementSigner to, long amount, AssetCode asset, Optional<Grant> bonus) {
    var reference = "wire " + nextId;
    done(
        hall,
        Purpose.ASSET_ISSUE,
        Operations.issue(account(to), new Amount(amount, asset), List.of(), reference, bonus));
  }

  private void programme(String code, ProgrammeKind kind, AssetCode asset, int rate, long amount) {
    Optional<Amount> price =
        kind == ProgrammeKind.SALE ? Optional.of(new Amount(900, COIN)) : Optional.empty();
    var terms = new ProgrammeTerms(time, time + DAY, rate, amount, price, 1_000, 0, 5_000);
    var words = new ProgrammeApproval(new ProgrammeCode(code), kind, account(hall), asset, terms);
    var approval = sign(hall, Purpose.PROGRAMME_APPROVAL, Operations.programmeApproval(words));
    done(hall, Purpose.PROGRAMME_SET, Operations.setProgramme(words, List.of(approval)));
  }

  private static Optional<Grant> grant(String code, long amount) {
    return Optional.of(new Grant(new ProgrammeCode(code), amount));
  }

  private void refund(Recorded payment, long amount) {
    if (!(CanonicalJson.read(payment.data().getBytes(StandardCharsets.UTF_8))
        instanceof CanonicalJson.Result.Read(JsonObject outcome))) {
      throw new AssertionError(payment);
    }
    var proof = Operations.paymentProof(payment.position(), 1, List.of(), outcome);
    done(shop, Purpose.REFUND, Operations.refund(amount, proof));
  }

  @BeforeEach
  void a_town_with_rules_and_programmes() {
    ledger.initChain(CHAIN, START, genesis().getBytes(StandardCharsets.US_ASCII));
    open(ara, AccountKind.PERSON);
    open(shop, AccountKind.MERCHANT);
    for (var asset : List.of(COIN, POINT, VOUCHER)) {
      issue(hall, 10_000, asset, Optional.empty());
    }
    programme("OFF", ProgrammeKind.DISCOUNT, COIN, 1_000, 0);
    programme("EARN", ProgrammeKind.EARNING, POINT, 100, 0);
    programme("SURVEY", ProgrammeKind.REWARD, POINT, 0, 200);
    programme("SALE", ProgrammeKind.SALE, VOUCHER, 0, 1_000);
    var rules =
        new AssetRules(
            time + DAY,
            Optional.of(account(hall)),
            List.of("5411"),
            List.of(),
            false,
            5_000,
            5_000,
            5_000,
            true);
    done(hall, Purpose.ASSET_RULES, Operations.setRules(VOUCHER, time, rules, List.of()));
    done(
        hall,
        Purpose.ACCOUNT_ATTRIBUTES,
        Operations.setAttributes(account(shop), new Attributes("5411", ""), List.of()));
    issue(ara, 9_000, COIN, grant("OFF", 1_000));
    done(
        hall,
        Purpose.REWARD,
        Operations.reward(account(ara), grant("SURVEY", 200).orElseThrow(), ""));
    done(ara, Purpose.SALE_BUY, Operations.buy(new ProgrammeCode("SALE"), new Amount(900, COIN)));
    var legs = List.of(new Amount(200, POINT), new Amount(800, VOUCHER), new Amount(4_000, COIN));
    var price = new Amount(5_000, COIN);
    var pay = Operations.pay(account(shop), price, legs, grant("EARN", 40), "");
    var payment = done(ara, Purpose.PAY, pay);
    refund(payment, 3_999);
    refund(payment, 900);
  }

  private static void follow(String genesis, List<Recorded> chain) {
    var books = new AuditedBooks(CHAIN, new io.vertx.core.json.JsonObject(genesis));
    for (var one : chain) {
      books.pass(one.timeMillis());
      books.execute(
          one.position().toString(),
          one.timeMillis(),
          one.jws(),
          one.data().getBytes(StandardCharsets.UTF_8));
    }
    assertThat(books.totals()).hasSize(3);
  }

  @Test
  void comes_to_what_the_chain_recorded() {
    follow(genesis(), chain);
    time += 181 * DAY;
    done(hall, Purpose.ASSET_SWEEP, Operations.sweep(VOUCHER, List.of(account(ara))));
    assertThat(chain.getLast().data()).contains("\"amount\":1000");
    follow(genesis(), chain);
  }

  @Test
  void finds_a_refund_that_took_too_few_points_back() {
    var last = chain.removeLast();
    var bent = last.data().replace("\"earned\":{\"amount\":0", "\"earned\":{\"amount\":1");
    assertThat(bent).isNotEqualTo(last.data());
    chain.add(new Recorded(last.position(), last.timeMillis(), last.jws(), bent));
    assertThatThrownBy(() -> follow(genesis(), chain))
        .isInstanceOf(AuditException.class)
        .hasMessageContaining("the recorded result is not what the transaction comes to");
  }

  /** The ledger forgets ids of statements that have expired, so their owners may use them again. */
  @Test
  void lets_an_id_be_used_again_when_its_statement_has_expired() {
    nextId = 1_000;
    done(ara, Purpose.TRANSFER, Operations.transfer(account(shop), new Amount(1, COIN), "first"));
    time += 60_000;
    done(ara, Purpose.TRANSFER, Operations.transfer(account(shop), new Amount(1, COIN), "between"));
    nextId = 1_000;
    done(ara, Purpose.TRANSFER, Operations.transfer(account(shop), new Amount(1, COIN), "second"));
    follow(genesis(), chain);
  }

  @Test
  void finds_an_id_that_was_used_again_while_its_statement_was_valid() {
    nextId = 1_000;
    done(ara, Purpose.TRANSFER, Operations.transfer(account(shop), new Amount(1, COIN), "first"));
    nextId = 1_000;
    forge(ara, Purpose.TRANSFER, Operations.transfer(account(shop), new Amount(1, COIN), "second"));
    assertThatThrownBy(() -> follow(genesis(), chain)).hasMessageContaining("used the id before");
  }

  /** What a dishonest consortium might record: no ledger would have taken it. */
  private void forge(StatementSigner signer, Purpose purpose, JsonObject operation) {
    var jws = sign(signer, purpose, operation).text();
    chain.add(new Recorded(new Position(1_000, 0), time, jws, "{}"));
  }

  @Test
  void finds_a_lot_that_was_sold_after_the_end() {
    time = START + 2 * DAY;
    var buy = Operations.buy(new ProgrammeCode("SALE"), new Amount(900, COIN));
    forge(ara, Purpose.SALE_BUY, buy);
    assertThatThrownBy(() -> follow(genesis(), chain)).hasMessageContaining("SALE was over");
  }

  @Test
  void finds_a_voucher_that_was_spent_after_its_expiry() {
    time = START + 2 * DAY;
    var pay = Operations.transfer(account(shop), new Amount(5, VOUCHER), "");
    forge(ara, Purpose.TRANSFER, pay);
    assertThatThrownBy(() -> follow(genesis(), chain)).hasMessageContaining("had expired");
  }

  @Test
  void finds_more_points_than_the_rate_gives() {
    var legs = List.of(new Amount(199, COIN));
    var pay = Operations.pay(account(shop), legs.getFirst(), legs, grant("EARN", 2), "");
    forge(ara, Purpose.PAY, pay);
    assertThatThrownBy(() -> follow(genesis(), chain))
        .hasMessageContaining("more than its rule says");
  }
}
