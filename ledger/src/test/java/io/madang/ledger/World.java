package io.madang.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.ChainApplication.Admission;
import io.madang.chain.ChainApplication.BlockRequest;
import io.madang.chain.ChainApplication.FinalizedBlock;
import io.madang.chain.ChainApplication.Outcome;
import io.madang.chain.ChainApplication.Position;
import io.madang.chain.ChainApplication.Refusal;
import io.madang.chain.ChainApplication.StateRow;
import io.madang.chain.MerklePath;
import io.madang.chain.MerkleTree;
import io.madang.chain.SignatureVerdict;
import io.madang.chain.SignatureVerifier;
import io.madang.chain.Statement;
import io.madang.chain.StatementId;
import io.madang.chain.TransactionResult;
import io.madang.chain.Verified;
import io.madang.chain.json.CanonicalJson;
import io.madang.chain.json.JsonArray;
import io.madang.chain.json.JsonObject;
import io.madang.chain.json.JsonValue;
import io.madang.ledger.Words.ProgrammeApproval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * A ledger with a small town in it, driven as an engine would drive it: statements are signed and
 * verified for real, and every block is kept.
 */
final class World {
  static final String CHAIN = "town-1";
  static final long START = 1_767_225_600_000L; // 2026-01-01T00:00:00Z
  static final long DAY = 24L * 60 * 60 * 1_000;
  static final AssetCode COIN = new AssetCode("S-COIN");
  static final AssetCode POINT = new AssetCode("POINT");
  static final AssetCode VOUCHER = new AssetCode("GIFT-2026");

  /** The town hall enrolls and approves; the bank and the university approve. */
  static final Person HALL = Person.number(1_000);

  static final Person BANK = Person.number(1_001);
  static final Person UNIVERSITY = Person.number(1_002);

  /** Shared by all worlds, so that keys are prepared once; tests run on one thread. */
  private static final SignatureVerifier VERIFIER =
      new SignatureVerifier(new SplittableRandom(7)::nextBytes, 1_000);

  private Ledger ledger = new Ledger();
  private long time = START;
  private long nextId = 1;
  private final Map<Long, List<TransactionResult>> results = new HashMap<>();
  private final List<BlockRequest<LedgerCandidate>> blocks = new ArrayList<>();
  private final List<FinalizedBlock> finalized = new ArrayList<>();
  private final List<List<StateRow>> changes = new ArrayList<>();

  World() {
    ledger.initChain(CHAIN, START, genesis());
  }

  static byte[] genesis() {
    return CanonicalJson.bytes(
        JsonObject.builder()
            .put(
                "accounts",
                new JsonArray(
                    List.of(
                        genesisAccount(HALL, AccountKind.SYSTEM, true),
                        genesisAccount(BANK, AccountKind.ISSUER, false),
                        genesisAccount(UNIVERSITY, AccountKind.ISSUER, false))))
            .put(
                "assets",
                new JsonArray(
                    List.of(
                        genesisAsset(COIN, "coin", 2),
                        genesisAsset(POINT, "point", 1),
                        genesisAsset(VOUCHER, "voucher", 1))))
            .put("dayOffsetMillis", 32_400_000)
            .build());
  }

  private static JsonValue genesisAccount(Person person, AccountKind kind, boolean enroller) {
    var account =
        JsonObject.builder()
            .put("id", person.account().toString())
            .put("kind", kind.toString())
            .put(
                "keys",
                new JsonArray(
                    List.of(
                        JsonObject.builder()
                            .put("expiresMillis", START + AccountKey.MAX_LIFE_MILLIS)
                            .put("key", person.key().toString())
                            .put("label", "office")
                            .build())));
    if (enroller) {
      account.put("roles", List.of("enroller"));
    }
    return account.build();
  }

  private static JsonValue genesisAsset(AssetCode code, String kind, int threshold) {
    return JsonObject.builder()
        .put(
            "approvers",
            List.of(
                HALL.account().toString(),
                BANK.account().toString(),
                UNIVERSITY.account().toString()))
        .put("code", code.toString())
        .put("kind", kind)
        .put("scale", 0)
        .put("threshold", threshold)
        .build();
  }

  Ledger ledger() {
    return ledger;
  }

  LedgerView view() {
    return ledger.view();
  }

  long time() {
    return time;
  }

  /** Lets time pass, with nothing happening until the next block. */
  World pass(long millis) {
    time += millis;
    return this;
  }

  List<BlockRequest<LedgerCandidate>> blocks() {
    return blocks;
  }

  List<FinalizedBlock> finalized() {
    return finalized;
  }

  List<List<StateRow>> changes() {
    return changes;
  }

  static Amount coins(long amount) {
    return new Amount(amount, COIN);
  }

  // Statements

  StatementId freshId() {
    return new StatementId("%032x".formatted(nextId++));
  }

  Statement sign(Person person, Purpose purpose, JsonObject operation) {
    return sign(person, purpose, operation, freshId(), time + 60_000);
  }

  Statement sign(
      Person person, Purpose purpose, JsonObject operation, StatementId id, long validUntil) {
    return sign(person, CHAIN, purpose.toString(), operation, id, validUntil);
  }

  static Statement sign(
      Person person,
      String chain,
      String purpose,
      JsonObject operation,
      StatementId id,
      long validUntil) {
    return person.signer().sign(new Statement.Payload(chain, id, purpose, validUntil, operation));
  }

  Statement transfer(Person payer, Person payee, long amount) {
    return sign(payer, Purpose.TRANSFER, Operations.transfer(payee.account(), coins(amount), ""));
  }

  Statement hold(Person payer, Person payee, long amount, long lifeMillis) {
    return sign(
        payer,
        Purpose.HOLD,
        Operations.hold(payee.account(), coins(amount), time + lifeMillis, ""));
  }

  Statement capture(Person payee, Position hold, long amount, boolean last) {
    return sign(payee, Purpose.CAPTURE, Operations.capture(hold, amount, last));
  }

  Statement release(Person payee, Position hold) {
    return sign(payee, Purpose.RELEASE, Operations.release(hold));
  }

  Statement refund(Person payee, Position payment, long amount) {
    return sign(payee, Purpose.REFUND, Operations.refund(amount, proof(payment)));
  }

  Statement openAccount(Person person, AccountKind kind, Limits limits) {
    var request =
        sign(
            person,
            Purpose.ACCOUNT_REQUEST,
            Operations.accountRequest(kind, "phone", time + 365 * DAY));
    return sign(HALL, Purpose.ACCOUNT_OPEN, Operations.openAccount(kind, limits, request));
  }

  Statement issue(Person to, Amount amount, String reference) {
    return issue(to, amount, reference, Optional.empty());
  }

  Statement issue(Person to, Amount amount, String reference, Optional<Grant> bonus) {
    var approval =
        sign(BANK, Purpose.ISSUE_APPROVAL, Operations.approval(to.account(), amount, reference));
    return sign(
        HALL,
        Purpose.ASSET_ISSUE,
        Operations.issue(to.account(), amount, List.of(approval), reference, bonus));
  }

  Statement mandate(Person payer, Amount limit) {
    return sign(payer, Purpose.MANDATE, Operations.mandate(limit));
  }

  Statement charge(Person payee, Statement mandate, long amount) {
    return sign(payee, Purpose.MANDATE_CHARGE, Operations.chargeMandate(amount, mandate, "till 4"));
  }

  Statement setRules(AssetCode asset, long fromMillis, AssetRules rules) {
    var approval =
        sign(BANK, Purpose.RULES_APPROVAL, Operations.rulesApproval(asset, fromMillis, rules));
    return sign(
        HALL,
        Purpose.ASSET_RULES,
        Operations.setRules(asset, fromMillis, rules, List.of(approval)));
  }

  /** Rules that hold from the next block on. */
  World with(AssetCode asset, AssetRules rules) {
    done(setRules(asset, time, rules));
    return this;
  }

  Statement setAttributes(Person person, String category, String region) {
    var attributes = new Attributes(category, region);
    var approval =
        sign(
            BANK,
            Purpose.ATTRIBUTES_APPROVAL,
            Operations.attributesApproval(person.account(), attributes));
    return sign(
        HALL,
        Purpose.ACCOUNT_ATTRIBUTES,
        Operations.setAttributes(person.account(), attributes, List.of(approval)));
  }

  Statement sweep(AssetCode asset, Person... persons) {
    var accounts = Arrays.stream(persons).map(Person::account).sorted().toList();
    return sign(HALL, Purpose.ASSET_SWEEP, Operations.sweep(asset, accounts));
  }

  static ProgrammeCode programme(String code) {
    return new ProgrammeCode(code);
  }

  static Optional<Grant> grant(String programme, long amount) {
    return Optional.of(new Grant(new ProgrammeCode(programme), amount));
  }

  /** The town hall's programme, which the bank approves. */
  Statement setProgramme(String code, ProgrammeKind kind, AssetCode asset, ProgrammeTerms terms) {
    return setProgramme(
        HALL, new ProgrammeApproval(programme(code), kind, HALL.account(), asset, terms));
  }

  Statement setProgramme(Person signer, ProgrammeApproval words) {
    var approvals =
        Stream.of(BANK, UNIVERSITY)
            .map(
                approver ->
                    sign(approver, Purpose.PROGRAMME_APPROVAL, Operations.programmeApproval(words)))
            .toList();
    return sign(signer, Purpose.PROGRAMME_SET, Operations.setProgramme(words, approvals));
  }

  Statement payWith(Person payer, Person payee, Optional<Grant> earn, Amount... legs) {
    long sum = Arrays.stream(legs).mapToLong(Amount::minorUnits).sum();
    return sign(
        payer,
        Purpose.PAY,
        Operations.pay(payee.account(), coins(sum), List.of(legs), earn, "table 9"));
  }

  Statement reward(Person person, String programme, long amount) {
    return sign(
        HALL,
        Purpose.REWARD,
        Operations.reward(
            person.account(), new Grant(new ProgrammeCode(programme), amount), "survey 1"));
  }

  Statement buy(Person buyer, String programme, Amount price) {
    return sign(buyer, Purpose.SALE_BUY, Operations.buy(new ProgrammeCode(programme), price));
  }

  Statement pay(Person payer, Person payee, Amount amount) {
    return sign(payer, Purpose.TRANSFER, Operations.transfer(payee.account(), amount, ""));
  }

  long available(Person person, AssetCode asset) {
    return view().balance(person.account(), asset).available();
  }

  /** The day of the chain that it is now. */
  long today() {
    return Math.floorDiv(time + 9 * 60 * 60 * 1_000, DAY);
  }

  /** Yesterday of a merchant, whose coins are all paid out. */
  Settlement yesterday(Person merchant, long net, long payout) {
    return new Settlement(
        merchant.account(),
        COIN,
        today() - 1,
        1,
        "run 1",
        1,
        MerkleTree.rootOf(List.of(new byte[] {1})),
        net,
        0,
        payout,
        net - payout);
  }

  Statement settle(Settlement settlement) {
    var approval = sign(BANK, Purpose.SETTLE_APPROVAL, Operations.settleApproval(settlement));
    return sign(HALL, Purpose.SETTLE, Operations.settle(settlement, List.of(approval)));
  }

  Statement voidPayout(Settlement settlement, Position position) {
    var id = PayoutId.of(CHAIN, settlement);
    var approval = sign(BANK, Purpose.VOID_APPROVAL, Operations.voidApproval(id, "AC04"));
    return sign(
        HALL,
        Purpose.SETTLEMENT_VOID,
        Operations.voidPayout(proof(position), "AC04", List.of(approval)));
  }

  /** The proof of a payment in one of the blocks that were made. */
  JsonObject proof(Position payment) {
    var ofBlock = results.getOrDefault(payment.height(), List.of());
    MerklePath path = TransactionResult.treeOf(ofBlock).path(payment.index());
    return Operations.paymentProof(
        payment, ofBlock.size(), path.aunts(), object(ofBlock.get(payment.index()).data()));
  }

  static JsonObject object(byte[] data) {
    if (CanonicalJson.read(data) instanceof CanonicalJson.Result.Read(JsonObject object)) {
      return object;
    }
    throw new AssertionError("not a canonical JSON object");
  }

  // Admission and verification

  Verified<LedgerCandidate> verified(Statement transaction) {
    return verified(List.of(transaction)).getFirst();
  }

  List<Verified<LedgerCandidate>> verified(List<Statement> transactions) {
    var candidates = new ArrayList<LedgerCandidate>();
    for (var transaction : transactions) {
      switch (ledger.admit(transaction.bytes())) {
        case Admission.Admitted<LedgerCandidate>(var candidate) -> candidates.add(candidate);
        case Admission.NotAdmitted<LedgerCandidate>(var refusal) ->
            throw new AssertionError("not admitted: " + refusal);
      }
    }
    var all = new ArrayList<Verified<LedgerCandidate>>();
    for (var verdict : VERIFIER.verify(candidates)) {
      switch (verdict) {
        case SignatureVerdict.Right<LedgerCandidate>(var right) -> all.add(right);
        case SignatureVerdict.Wrong<LedgerCandidate> wrong ->
            throw new AssertionError("wrong signature: " + wrong.statement());
      }
    }
    return all;
  }

  // Blocks

  /** Makes the next block as the embedded engine does, and answers what became of each. */
  List<Outcome> block(Statement... transactions) {
    return blockOf(verified(Arrays.asList(transactions)));
  }

  List<Outcome> blockOf(List<Verified<LedgerCandidate>> transactions) {
    long height = ledger.standing().height() + 1;
    var proposal = ledger.prepareProposal(height, time, transactions);
    finish(new BlockRequest<>(height, time, proposal.kept()));
    return proposal.outcomes();
  }

  /** Executes a block as a consortium's engine does: what is refused stays in it. */
  FinalizedBlock execute(List<Verified<LedgerCandidate>> transactions) {
    return finish(new BlockRequest<>(ledger.standing().height() + 1, time, transactions));
  }

  private FinalizedBlock finish(BlockRequest<LedgerCandidate> block) {
    assertThat(ledger.processProposal(block)).isTrue();
    var done = ledger.finalizeBlock(block);
    changes.add(ledger.commit());
    results.put(block.height(), done.results());
    blocks.add(block);
    finalized.add(done);
    time += 1_000;
    return done;
  }

  /** The only transaction of the next block takes effect; where it stands. */
  Position done(Statement transaction) {
    var outcome = block(transaction).getFirst();
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    return new Position(ledger.standing().height(), 0);
  }

  /** The only transaction of the next block is refused, and leaves the state as it was. */
  Refusal refused(Statement transaction) {
    return switch (ledger.admit(transaction.bytes())) {
      case Admission.NotAdmitted<LedgerCandidate>(var refusal) -> refusal;
      case Admission.Admitted<LedgerCandidate> _ -> {
        var before = ledger.standing().stateHash();
        var checked = ledger.check(verified(transaction), time);
        var outcome = block(transaction).getFirst();
        assertThat(outcome).isInstanceOf(Outcome.Refused.class).isEqualTo(checked);
        assertThat(ledger.standing().stateHash()).isEqualTo(before);
        yield ((Outcome.Refused) outcome).refusal();
      }
    };
  }

  /** The reason of a refusal. */
  LedgerRefusal reason(Statement transaction) {
    return LedgerRefusal.of(refused(transaction)).orElseThrow();
  }

  long available(Person person) {
    return view().balance(person.account(), COIN).available();
  }

  long held(Person person) {
    return view().balance(person.account(), COIN).held();
  }

  /** Opens accounts of persons and gives each the same amount. */
  World with(long amount, Person... persons) {
    for (var person : persons) {
      done(openAccount(person, AccountKind.PERSON, Limits.NONE));
      if (amount > 0) {
        done(issue(person, coins(amount), "first " + person.account().toString().substring(0, 8)));
      }
    }
    return this;
  }

  /** Opens the accounts of merchants, who have nothing yet. */
  World withMerchants(Person... merchants) {
    for (var merchant : merchants) {
      done(openAccount(merchant, AccountKind.MERCHANT, Limits.NONE));
    }
    return this;
  }

  /** Stops the process and starts it again from the stored rows. */
  World restart() {
    var standing = ledger.standing();
    var rows = ledger.rows().toList();
    var fresh = new Ledger();
    assertThat(fresh.restore(CHAIN, standing.height(), rows.stream()))
        .isEqualTo(standing.stateHash());
    assertThat(fresh.standing()).isEqualTo(standing);
    ledger = fresh;
    return this;
  }
}
