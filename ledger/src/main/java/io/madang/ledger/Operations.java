package io.madang.ledger;

import io.madang.chain.ChainApplication.Position;
import io.madang.chain.Hash;
import io.madang.chain.PublicKey;
import io.madang.chain.Statement;
import io.madang.chain.json.JsonArray;
import io.madang.chain.json.JsonObject;
import io.madang.chain.json.JsonValue;
import io.madang.ledger.Words.ProgrammeApproval;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Makes the {@code operation} members of statements, the counterpart of what the ledger reads.
 * References are left out when they are empty.
 */
public final class Operations {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private Operations() {}

  /** For {@code account.open}; {@code request} is a statement {@code account.request}. */
  public static JsonObject openAccount(AccountKind kind, Limits limits, Statement request) {
    var operation =
        JsonObject.builder().put("kind", kind.toString()).put("request", request.text());
    if (!limits.equals(Limits.NONE)) {
      operation.put("limits", limits(limits));
    }
    return operation.build();
  }

  /** For {@code account.request}. */
  public static JsonObject accountRequest(AccountKind kind, String label, long expiresMillis) {
    return JsonObject.builder()
        .put("expiresMillis", expiresMillis)
        .put("kind", kind.toString())
        .put("label", label)
        .build();
  }

  /** For {@code account.limits}. */
  public static JsonObject setLimits(AccountId account, Limits limits) {
    return JsonObject.builder()
        .put("account", account.toString())
        .put("limits", limits(limits))
        .build();
  }

  /** For {@code key.add}; {@code request} is a statement {@code key.request}. */
  public static JsonObject addKey(Statement request) {
    return JsonObject.builder().put("request", request.text()).build();
  }

  /** For {@code key.request}. */
  public static JsonObject keyRequest(AccountId account, String label, long expiresMillis) {
    return JsonObject.builder()
        .put("account", account.toString())
        .put("expiresMillis", expiresMillis)
        .put("label", label)
        .build();
  }

  /** For {@code key.revoke}. */
  public static JsonObject revokeKey(PublicKey key) {
    return JsonObject.builder().put("key", key.toString()).build();
  }

  /** For {@code asset.issue}; the approvals are statements {@code issue.approval}. */
  public static JsonObject issue(
      AccountId account, Amount amount, List<Statement> approvals, String bankReference) {
    return issue(account, amount, approvals, bankReference, Optional.empty());
  }

  /** For {@code asset.issue} with what a programme of charges adds. */
  public static JsonObject issue(
      AccountId account,
      Amount amount,
      List<Statement> approvals,
      String bankReference,
      Optional<Grant> bonus) {
    var operation = amount(amount);
    bonus.ifPresent(grant -> operation.put("bonus", grant(grant)));
    return operation
        .put("account", account.toString())
        .put("approvals", approvals.stream().map(Statement::text).toList())
        .put("bankReference", bankReference)
        .build();
  }

  /** For {@code asset.redeem}; the approvals are statements {@code redeem.approval}. */
  public static JsonObject redeem(Amount amount, List<Statement> approvals, String bankReference) {
    return amount(amount)
        .put("approvals", approvals.stream().map(Statement::text).toList())
        .put("bankReference", bankReference)
        .build();
  }

  /** For {@code issue.approval} and {@code redeem.approval}. */
  public static JsonObject approval(AccountId account, Amount amount, String bankReference) {
    return amount(amount)
        .put("account", account.toString())
        .put("bankReference", bankReference)
        .build();
  }

  /** For {@code transfer}. */
  public static JsonObject transfer(AccountId to, Amount amount, String reference) {
    return withReference(amount(amount).put("to", to.toString()), reference);
  }

  /** For {@code hold}. */
  public static JsonObject hold(AccountId to, Amount amount, long expiresMillis, String reference) {
    return withReference(
        amount(amount).put("expiresMillis", expiresMillis).put("to", to.toString()), reference);
  }

  /** For {@code capture}. */
  public static JsonObject capture(Position hold, long amount, boolean last) {
    return JsonObject.builder()
        .put("amount", amount)
        .put("final", last)
        .put("hold", hold.toString())
        .build();
  }

  /** For {@code release}. */
  public static JsonObject release(Position hold) {
    return JsonObject.builder().put("hold", hold.toString()).build();
  }

  /** For {@code refund}; {@code proof} is made by {@link #paymentProof}. */
  public static JsonObject refund(long amount, JsonObject proof) {
    return JsonObject.builder().put("amount", amount).put("payment", proof).build();
  }

  /**
   * The proof of a payment or a settlement.
   *
   * @param total how many results its block has
   * @param path from its result to the root of the block's results
   * @param outcome its result data
   */
  public static JsonObject paymentProof(
      Position position, int total, List<Hash> path, JsonObject outcome) {
    return JsonObject.builder()
        .put("height", position.height())
        .put("index", position.index())
        .put("outcome", outcome)
        .put("path", path.stream().map(hash -> BASE64.encodeToString(hash.bytes())).toList())
        .put("total", total)
        .build();
  }

  /** For {@code mandate.charge}; {@code mandate} is a statement {@code mandate}. */
  public static JsonObject chargeMandate(long amount, Statement mandate, String reference) {
    return withReference(
        JsonObject.builder().put("amount", amount).put("mandate", mandate.text()), reference);
  }

  /** For {@code mandate}. */
  public static JsonObject mandate(Amount limit) {
    return JsonObject.builder()
        .put("asset", limit.asset().toString())
        .put("limit", limit.minorUnits())
        .build();
  }

  /** For {@code settle}; the approvals are statements {@code settle.approval}. */
  public static JsonObject settle(Settlement settlement, List<Statement> approvals) {
    return settlement(settlement)
        .put("approvals", approvals.stream().map(Statement::text).toList())
        .build();
  }

  /** For {@code settle.approval}. */
  public static JsonObject settleApproval(Settlement settlement) {
    return settlement(settlement).build();
  }

  private static JsonObject.Builder settlement(Settlement settlement) {
    return JsonObject.builder()
        .put("asset", settlement.asset().toString())
        .put("attempt", settlement.attempt())
        .put("carried", settlement.carried())
        .put("charges", settlement.charges())
        .put("count", settlement.count())
        .put("day", settlement.day())
        .put("merchant", settlement.merchant().toString())
        .put("net", settlement.net())
        .put("payout", settlement.payout())
        .put("root", BASE64.encodeToString(settlement.root().bytes()))
        .put("run", settlement.run());
  }

  /**
   * For {@code settlement.void}; {@code proof} is made by {@link #paymentProof} from the
   * settlement's result, the approvals are statements {@code void.approval}.
   */
  public static JsonObject voidPayout(JsonObject proof, String reason, List<Statement> approvals) {
    return JsonObject.builder()
        .put("approvals", approvals.stream().map(Statement::text).toList())
        .put("reason", reason)
        .put("settlement", proof)
        .build();
  }

  /** For {@code void.approval}. */
  public static JsonObject voidApproval(PayoutId payoutId, String reason) {
    return JsonObject.builder().put("payoutId", payoutId.toString()).put("reason", reason).build();
  }

  /** For {@code asset.rules}; the approvals are statements {@code rules.approval}. */
  public static JsonObject setRules(
      AssetCode asset, long fromMillis, AssetRules rules, List<Statement> approvals) {
    return rulesWords(asset, fromMillis, rules)
        .put("approvals", approvals.stream().map(Statement::text).toList())
        .build();
  }

  /** For {@code rules.approval}. */
  public static JsonObject rulesApproval(AssetCode asset, long fromMillis, AssetRules rules) {
    return rulesWords(asset, fromMillis, rules).build();
  }

  private static JsonObject.Builder rulesWords(AssetCode asset, long fromMillis, AssetRules rules) {
    return JsonObject.builder()
        .put("asset", asset.toString())
        .put("fromMillis", fromMillis)
        .put("rules", rules(rules));
  }

  private static JsonObject rules(AssetRules rules) {
    var members = JsonObject.builder().put("forWon", rules.forWon()).put("gifts", rules.gifts());
    rules
        .expiredTo()
        .ifPresent(
            to ->
                members
                    .put("expiredTo", to.toString())
                    .put("expiresMillis", rules.expiresMillis()));
    if (!rules.categories().isEmpty()) {
      members.put("categories", rules.categories());
    }
    if (!rules.regions().isEmpty()) {
      members.put("regions", rules.regions());
    }
    putLimit(members, "holdingCap", rules.holdingCap());
    putLimit(members, "perDay", rules.perDay());
    putLimit(members, "perPayment", rules.perPayment());
    return members.build();
  }

  /** For {@code account.attributes}; the approvals are statements {@code attributes.approval}. */
  public static JsonObject setAttributes(
      AccountId account, Attributes attributes, List<Statement> approvals) {
    return attributesWords(account, attributes)
        .put("approvals", approvals.stream().map(Statement::text).toList())
        .build();
  }

  /** For {@code attributes.approval}. */
  public static JsonObject attributesApproval(AccountId account, Attributes attributes) {
    return attributesWords(account, attributes).build();
  }

  private static JsonObject.Builder attributesWords(AccountId account, Attributes attributes) {
    var members = JsonObject.builder().put("account", account.toString());
    if (!attributes.category().isEmpty()) {
      members.put("category", attributes.category());
    }
    if (!attributes.region().isEmpty()) {
      members.put("region", attributes.region());
    }
    return members;
  }

  /** For {@code asset.sweep}; the accounts ascend. */
  public static JsonObject sweep(AssetCode asset, List<AccountId> accounts) {
    return JsonObject.builder()
        .put("accounts", accounts.stream().map(AccountId::toString).toList())
        .put("asset", asset.toString())
        .build();
  }

  private static JsonObject grant(Grant grant) {
    return JsonObject.builder()
        .put("amount", grant.amount())
        .put("programme", grant.programme().toString())
        .build();
  }

  /** For {@code pay}. */
  public static JsonObject pay(
      AccountId to, Amount price, List<Amount> legs, Optional<Grant> earn, String reference) {
    var operation =
        amount(price)
            .put(
                "legs",
                new JsonArray(legs.stream().<JsonValue>map(leg -> amount(leg).build()).toList()))
            .put("to", to.toString());
    earn.ifPresent(grant -> operation.put("earn", grant(grant)));
    return withReference(operation, reference);
  }

  /** For {@code programme.set}; the approvals are statements {@code programme.approval}. */
  public static JsonObject setProgramme(ProgrammeApproval words, List<Statement> approvals) {
    return programme(words)
        .put("approvals", approvals.stream().map(Statement::text).toList())
        .build();
  }

  /** For {@code programme.approval}. */
  public static JsonObject programmeApproval(ProgrammeApproval words) {
    return programme(words).build();
  }

  private static JsonObject.Builder programme(ProgrammeApproval words) {
    var terms = words.terms();
    var members =
        JsonObject.builder()
            .put("asset", words.asset().toString())
            .put("code", words.code().toString())
            .put("fromMillis", terms.fromMillis())
            .put("fund", words.fund().toString())
            .put("kind", words.kind().toString())
            .put("perPerson", terms.perPerson())
            .put("total", terms.total())
            .put("untilMillis", terms.untilMillis());
    if (words.kind().hasRate()) {
      members.put("rate", terms.rate());
    } else {
      members.put("amount", terms.amount());
    }
    if (terms.periodDays() > 0) {
      members.put("periodDays", terms.periodDays());
    }
    terms.price().ifPresent(price -> members.put("price", amount(price).build()));
    return members;
  }

  /** For {@code reward}. */
  public static JsonObject reward(AccountId to, Grant grant, String reference) {
    return withReference(
        JsonObject.builder()
            .put("amount", grant.amount())
            .put("programme", grant.programme().toString())
            .put("to", to.toString()),
        reference);
  }

  /** For {@code sale.buy}. */
  public static JsonObject buy(ProgrammeCode programme, Amount price) {
    return amount(price).put("programme", programme.toString()).build();
  }

  private static JsonObject limits(Limits limits) {
    var members = JsonObject.builder();
    putLimit(members, "heldAtOnce", limits.heldAtOnce());
    putLimit(members, "perDay", limits.perDay());
    putLimit(members, "perPayment", limits.perPayment());
    return members.build();
  }

  private static void putLimit(JsonObject.Builder members, String name, long limit) {
    if (limit != Limits.UNLIMITED) {
      members.put(name, limit);
    }
  }

  private static JsonObject.Builder amount(Amount amount) {
    return JsonObject.builder()
        .put("amount", amount.minorUnits())
        .put("asset", amount.asset().toString());
  }

  private static JsonObject withReference(JsonObject.Builder operation, String reference) {
    if (!reference.isEmpty()) {
      operation.put("reference", reference);
    }
    return operation.build();
  }
}
