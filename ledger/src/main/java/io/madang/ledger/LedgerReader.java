package io.madang.ledger;

import io.madang.chain.ChainApplication.Admission;
import io.madang.chain.ChainApplication.Position;
import io.madang.chain.MerklePath;
import io.madang.chain.Statement;
import io.madang.chain.StatementReader;
import io.madang.chain.StatementReading;
import io.madang.chain.TransactionResult;
import io.madang.chain.json.CanonicalJson;
import io.madang.ledger.PaymentProof.Earned;
import io.madang.ledger.PaymentProof.Payment;
import io.madang.ledger.Words.AccountRequest;
import io.madang.ledger.Words.Approval;
import io.madang.ledger.Words.AttributesApproval;
import io.madang.ledger.Words.KeyRequest;
import io.madang.ledger.Words.Mandate;
import io.madang.ledger.Words.ProgrammeApproval;
import io.madang.ledger.Words.RulesApproval;
import io.madang.ledger.Words.VoidApproval;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Reads transactions of one chain, strictly: what {@code docs/formats.md} does not name is refused
 * with the member that is wrong. Looks at no state; safe for use by many threads.
 */
final class LedgerReader {
  /** More approvals than any threshold needs would only make blocks larger. */
  static final int MAX_APPROVALS = 16;

  private static final int MAX_RESULTS = 1 << 20;
  private static final int MAX_PROOF_LENGTH = 20;

  private final String chain;

  LedgerReader(String chain) {
    this.chain = chain;
  }

  Admission<LedgerCandidate> read(byte[] transaction) {
    try {
      return new Admission.Admitted<>(candidate(statement("transaction", transaction)));
    } catch (Malformed fault) {
      return new Admission.NotAdmitted<>(fault.refusal().refusal(fault.detail()));
    }
  }

  private static Statement statement(String place, byte[] text) {
    return switch (StatementReader.read(text)) {
      case StatementReading.Read(var statement) -> statement;
      case StatementReading.Refused refused ->
          throw new Malformed(
              LedgerRefusal.MALFORMED, "The " + place + " is no statement: " + refused.detail());
    };
  }

  private LedgerCandidate candidate(Statement statement) {
    var payload = statement.payload();
    if (!payload.chain().equals(chain)) {
      throw new Malformed(
          LedgerRefusal.WRONG_CHAIN,
          "The transaction was signed for the chain " + payload.chain() + ".");
    }
    var purpose = Purpose.parse(payload.purpose()).filter(Purpose::isTransaction);
    if (purpose.isEmpty()) {
      throw new Malformed(
          LedgerRefusal.UNKNOWN_PURPOSE,
          "No transaction of the ledger has the purpose " + payload.purpose() + ".");
    }
    var members = new Members("operation", payload.operation());
    var operation = operation(purpose.get(), members);
    members.end();
    return new LedgerCandidate(statement, operation);
  }

  private Operation operation(Purpose purpose, Members in) {
    return switch (purpose) {
      case ACCOUNT_OPEN ->
          new Operation.OpenAccount(
              in.accountKind("kind"),
              in.has("limits") ? in.limits("limits") : Limits.NONE,
              nested(in, Purpose.ACCOUNT_REQUEST, "request", LedgerReader::accountRequest));
      case ACCOUNT_LIMITS -> new Operation.SetLimits(in.account("account"), in.limits("limits"));
      case KEY_ADD ->
          new Operation.AddKey(
              nested(in, Purpose.KEY_REQUEST, "request", LedgerReader::keyRequest));
      case KEY_REVOKE -> new Operation.RevokeKey(in.key("key"));
      case ASSET_ISSUE ->
          new Operation.Issue(
              in.account("account"),
              amount(in),
              approvals(in, Purpose.ISSUE_APPROVAL, LedgerReader::approval),
              in.reference("bankReference"),
              in.has("bonus") ? Optional.of(lastGrant(in.object("bonus"))) : Optional.empty());
      case ASSET_REDEEM ->
          new Operation.Redeem(
              amount(in),
              approvals(in, Purpose.REDEEM_APPROVAL, LedgerReader::approval),
              in.reference("bankReference"));
      case TRANSFER ->
          new Operation.Transfer(in.account("to"), amount(in), in.optionalReference("reference"));
      case HOLD ->
          new Operation.PlaceHold(
              in.account("to"),
              amount(in),
              in.timeMillis("expiresMillis"),
              in.optionalReference("reference"));
      case CAPTURE ->
          new Operation.Capture(in.position("hold"), in.amount("amount"), in.flag("final"));
      case RELEASE -> new Operation.Release(in.position("hold"));
      case REFUND -> new Operation.Refund(in.amount("amount"), paymentProof(in.object("payment")));
      case MANDATE_CHARGE ->
          new Operation.ChargeMandate(
              in.amount("amount"),
              nested(in, Purpose.MANDATE, "mandate", LedgerReader::mandate),
              in.optionalReference("reference"));
      case SETTLE ->
          new Operation.Settle(
              settlement(in), approvals(in, Purpose.SETTLE_APPROVAL, LedgerReader::settlement));
      case SETTLEMENT_VOID ->
          new Operation.VoidPayout(
              settlementProof(in.object("settlement")),
              in.reference("reason"),
              approvals(in, Purpose.VOID_APPROVAL, LedgerReader::voidApproval));
      case ASSET_RULES ->
          new Operation.SetAssetRules(
              rulesApproval(in),
              approvals(in, Purpose.RULES_APPROVAL, LedgerReader::rulesApproval));
      case ACCOUNT_ATTRIBUTES ->
          new Operation.SetAttributes(
              attributesApproval(in),
              approvals(in, Purpose.ATTRIBUTES_APPROVAL, LedgerReader::attributesApproval));
      case ASSET_SWEEP -> sweep(in);
      case PAY -> pay(in);
      case PROGRAMME_SET ->
          new Operation.SetProgramme(
              programme(in), approvals(in, Purpose.PROGRAMME_APPROVAL, LedgerReader::programme));
      case REWARD ->
          new Operation.Reward(in.account("to"), grant(in), in.optionalReference("reference"));
      case SALE_BUY -> new Operation.Buy(in.programme("programme"), amount(in));
      case ACCOUNT_REQUEST,
          KEY_REQUEST,
          ISSUE_APPROVAL,
          REDEEM_APPROVAL,
          MANDATE,
          SETTLE_APPROVAL,
          VOID_APPROVAL,
          RULES_APPROVAL,
          ATTRIBUTES_APPROVAL,
          PROGRAMME_APPROVAL ->
          throw new IllegalStateException("not a transaction: " + purpose);
    };
  }

  private static Amount amount(Members in) {
    return new Amount(in.amount("amount"), in.asset("asset"));
  }

  private static AccountRequest accountRequest(Members in) {
    return new AccountRequest(
        in.accountKind("kind"), in.label("label"), in.timeMillis("expiresMillis"));
  }

  private static KeyRequest keyRequest(Members in) {
    return new KeyRequest(in.account("account"), in.label("label"), in.timeMillis("expiresMillis"));
  }

  static Approval approval(Members in) {
    return new Approval(in.account("account"), amount(in), in.reference("bankReference"));
  }

  private static Mandate mandate(Members in) {
    return new Mandate(new Amount(in.amount("limit"), in.asset("asset")));
  }

  private static Settlement settlement(Members in) {
    return new Settlement(
        in.account("merchant"),
        in.asset("asset"),
        in.number("day", 0, Settlement.MAX_DAY),
        in.smallNumber("attempt", 1, Settlement.MAX_ATTEMPT),
        in.reference("run"),
        in.number("count", 0, Amount.MAX_MINOR_UNITS),
        in.hash("root"),
        in.signedAmount("net"),
        in.signedAmount("charges"),
        in.number("payout", 0, Amount.MAX_MINOR_UNITS),
        in.signedAmount("carried"));
  }

  private static VoidApproval voidApproval(Members in) {
    return new VoidApproval(in.payoutId("payoutId"), in.reference("reason"));
  }

  static RulesApproval rulesApproval(Members in) {
    return new RulesApproval(
        in.asset("asset"), in.timeMillis("fromMillis"), assetRules(in.object("rules")));
  }

  private static AssetRules assetRules(Members in) {
    boolean expires = in.has("expiresMillis");
    var rules =
        new AssetRules(
            expires ? in.timeMillis("expiresMillis") : AssetRules.NEVER,
            expires ? Optional.of(in.account("expiredTo")) : Optional.empty(),
            places(in, "categories", TextForms::isCategory),
            places(in, "regions", TextForms::isRegion),
            in.flag("gifts"),
            in.limit("perPayment"),
            in.limit("perDay"),
            in.limit("holdingCap"),
            in.flag("forWon"));
    in.end();
    return rules;
  }

  /** Codes of one form, ascending; none when they are absent. */
  private static List<String> places(Members in, String name, Predicate<String> form) {
    if (!in.has(name)) {
      return List.of();
    }
    var read =
        in.texts(
            name,
            AssetRules.MOST_PLACES,
            text -> {
              if (!form.test(text)) {
                throw new IllegalArgumentException("not such a code");
              }
              return text;
            });
    if (read.isEmpty() || !TextForms.isAscending(read)) {
      throw new Malformed(in.pathOf(name), "must not be empty and must ascend, each once");
    }
    return read;
  }

  static AttributesApproval attributesApproval(Members in) {
    return new AttributesApproval(
        in.account("account"),
        new Attributes(
            optional(in, "category", TextForms::isCategory),
            optional(in, "region", TextForms::isRegion)));
  }

  private static String optional(Members in, String name, Predicate<String> form) {
    if (!in.has(name)) {
      return "";
    }
    var text = in.text(name);
    if (!form.test(text)) {
      throw new Malformed(in.pathOf(name), "is not such a code");
    }
    return text;
  }

  private static Operation sweep(Members in) {
    var accounts = in.texts("accounts", Operation.Sweep.MOST_ACCOUNTS, AccountId::parse);
    if (accounts.isEmpty() || !TextForms.isAscending(accounts)) {
      throw new Malformed(in.pathOf("accounts"), "must not be empty and must ascend, each once");
    }
    return new Operation.Sweep(in.asset("asset"), accounts);
  }

  private static Grant grant(Members in) {
    return new Grant(in.programme("programme"), in.amount("amount"));
  }

  private static Grant lastGrant(Members in) {
    var grant = grant(in);
    in.end();
    return grant;
  }

  private static Operation pay(Members in) {
    var price = amount(in);
    var legs = legs(in, price);
    return new Operation.Pay(
        in.account("to"),
        price,
        legs,
        in.has("earn") ? Optional.of(lastGrant(in.object("earn"))) : Optional.empty(),
        in.optionalReference("reference"));
  }

  /** What a price is paid with: the sum must be the price. */
  private static List<Amount> legs(Members in, Amount price) {
    var legs = new ArrayList<Amount>();
    long sum = 0;
    for (var members : in.objects("legs", Operation.Pay.MOST_LEGS)) {
      var leg = amount(members);
      members.end();
      sum += leg.minorUnits(); // Eight of at most 2^53 each.
      legs.add(leg);
    }
    if (sum != price.minorUnits()) {
      throw new Malformed(in.pathOf("legs"), "must add up to the amount");
    }
    return legs;
  }

  static ProgrammeApproval programme(Members in) {
    var kind = in.programmeKind("kind");
    boolean isSale = kind == ProgrammeKind.SALE;
    Optional<Amount> price = Optional.empty();
    if (isSale) {
      var members = in.object("price");
      price = Optional.of(amount(members));
      members.end();
    }
    var asset = in.asset("asset");
    if (price.isPresent() && price.get().asset().equals(asset)) {
      throw new Malformed(in.pathOf("price.asset"), "must be another than what is sold");
    }
    long from = in.timeMillis("fromMillis");
    long amount = kind.hasRate() ? 0 : in.amount("amount");
    var terms =
        new ProgrammeTerms(
            from,
            in.number("untilMillis", from + 1, Amount.MAX_MINOR_UNITS),
            kind.hasRate() ? in.smallNumber("rate", 1, ProgrammeTerms.MOST_RATE) : 0,
            amount,
            price,
            isSale ? in.number("perPerson", amount, amount) : in.amount("perPerson"),
            !isSale && in.has("periodDays")
                ? in.smallNumber("periodDays", 1, ProgrammeTerms.MOST_PERIOD_DAYS)
                : 0,
            in.amount("total"));
    return new ProgrammeApproval(in.programme("code"), kind, in.account("fund"), asset, terms);
  }

  private <W> List<Nested<W>> approvals(Members in, Purpose purpose, Function<Members, W> reader) {
    var read = new ArrayList<Nested<W>>();
    for (var text : in.texts("approvals", MAX_APPROVALS, Function.identity())) {
      var place = in.pathOf("approvals." + read.size());
      read.add(nested(place, purpose, text, reader));
    }
    return read;
  }

  private <W> Nested<W> nested(
      Members in, Purpose purpose, String name, Function<Members, W> reader) {
    return nested(in.pathOf(name), purpose, in.text(name), reader);
  }

  private <W> Nested<W> nested(
      String place, Purpose purpose, String text, Function<Members, W> reader) {
    // Characters beyond ASCII become '?', which no statement contains.
    var statement = statement("member " + place, text.getBytes(StandardCharsets.US_ASCII));
    var payload = statement.payload();
    if (!payload.chain().equals(chain) || !payload.purpose().equals(purpose.toString())) {
      throw new Malformed(
          LedgerRefusal.WRONG_NESTED_PURPOSE,
          "The member %s must be signed for the purpose %s of this chain, not for %s of %s."
              .formatted(place, purpose, payload.purpose(), payload.chain()));
    }
    var members = new Members(place, payload.operation());
    var words = reader.apply(members);
    members.end();
    return new Nested<>(statement, words);
  }

  private static PaymentProof paymentProof(Members in) {
    var path = path(in);
    var position = position(in, path);
    var outcome = in.object("outcome");
    boolean composite = outcome.has("composite");
    var payment = outcome.object(composite ? "composite" : "payment");
    var amount = amount(payment);
    var read =
        new Payment(
            payment.account("payer"),
            payment.account("payee"),
            amount,
            composite ? legs(payment, amount) : List.of(amount),
            payment.has("earned") && composite
                ? Optional.of(earned(payment.object("earned")))
                : Optional.empty());
    payment.optionalReference("reference");
    if (payment.has("hold") && !composite) {
      payment.position("hold");
    }
    payment.end();
    outcome.end();
    in.end();
    return new PaymentProof(position, path, result(outcome), read, composite);
  }

  private static Earned earned(Members in) {
    var earned = new Earned(in.amount("amount"), in.asset("asset"), in.account("from"));
    in.programme("programme");
    in.end();
    return earned;
  }

  private static SettlementProof settlementProof(Members in) {
    var path = path(in);
    var position = position(in, path);
    var outcome = in.object("outcome");
    var members = outcome.object("settlement");
    var settlement = settlement(members);
    members.account("operator");
    members.payoutId("payoutId");
    members.end();
    outcome.end();
    in.end();
    if (settlement.payout() == 0) {
      throw new Malformed(members.pathOf("payout"), "must be what was paid, not 0");
    }
    return new SettlementProof(position, path, result(outcome), settlement);
  }

  private static MerklePath path(Members in) {
    int total = in.smallNumber("total", 1, MAX_RESULTS);
    return new MerklePath(
        in.smallNumber("index", 0, total - 1),
        total,
        in.texts("path", MAX_PROOF_LENGTH, Members::parseHash));
  }

  private static Position position(Members in, MerklePath path) {
    return new Position(
        in.number("height", 1, Amount.MAX_MINOR_UNITS), Math.toIntExact(path.index()));
  }

  private static TransactionResult result(Members outcome) {
    return new TransactionResult(0, CanonicalJson.bytes(outcome.json()));
  }
}
