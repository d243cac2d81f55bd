package io.madang.bench;

import io.madang.chain.Statement;
import io.madang.chain.StatementId;
import io.madang.chain.json.JsonArray;
import io.madang.chain.json.JsonObject;
import io.madang.chain.json.JsonText;
import io.madang.chain.json.JsonValue;
import io.madang.ledger.AccountId;
import io.madang.ledger.Operations;
import io.madang.ledger.Words.ProgrammeApproval;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Makes the signed statements of the bench for one chain (formats, section 3). */
final class Words {
  /**
   * Long enough to sign a leg and to send it, and no longer: the ledger remembers every id until
   * then.
   */
  private static final Duration VALIDITY = Duration.ofMinutes(3);

  private final String chain;
  private final String asset;
  private final AtomicLong lastId = new AtomicLong();

  Words(String chain, String asset) {
    this.chain = chain;
    this.asset = asset;
  }

  /** The asset that is issued and paid with. */
  String asset() {
    return asset;
  }

  /** Opens an account for a party; the enroller signs. */
  Statement open(Party enroller, String kind, Party owner) {
    var request =
        sign(
            owner,
            "account.request",
            JsonObject.builder()
                .put("expiresMillis", System.currentTimeMillis() + Duration.ofDays(365).toMillis())
                .put("kind", kind)
                .put("label", "bench"));
    return sign(
        enroller,
        "account.open",
        JsonObject.builder().put("kind", kind).put("request", request.text()));
  }

  /** Issues coins to a party; the first approver signs and the others approve. */
  Statement issue(List<Party> approvers, Party holder, long amount) {
    return issue(approvers, holder, amount, asset);
  }

  /** Issues another asset to a party. */
  Statement issue(List<Party> approvers, Party holder, long amount, String of) {
    var reference = "bench-" + lastId.incrementAndGet();
    var approvals =
        approvers.stream()
            .skip(1)
            .map(
                approver -> sign(approver, "issue.approval", issued(holder, amount, of, reference)))
            .<JsonValue>map(approval -> new JsonText(approval.text()))
            .toList();
    return sign(
        approvers.getFirst(),
        "asset.issue",
        issued(holder, amount, of, reference).put("approvals", new JsonArray(approvals)));
  }

  /** A payment. */
  Statement transfer(Party payer, AccountId payee, long amount) {
    return sign(
        payer,
        "transfer",
        JsonObject.builder().put("amount", amount).put("asset", asset).put("to", payee.toString()));
  }

  /** An approver opens a sale of what it has; every approver agrees. */
  Statement sale(List<Party> approvers, ProgrammeApproval words) {
    var approvals =
        approvers.stream()
            .map(
                approver ->
                    sign(approver, "programme.approval", Operations.programmeApproval(words)))
            .toList();
    return sign(approvers.getFirst(), "programme.set", Operations.setProgramme(words, approvals));
  }

  /** A purchase in a sale. */
  Statement buy(Party buyer, ProgrammeApproval sale) {
    var price = sale.terms().price().orElseThrow();
    return sign(buyer, "sale.buy", Operations.buy(sale.code(), price));
  }

  /** The answer to a login challenge. */
  Statement login(Party party, String audience, String challenge) {
    return sign(
        party, "login", JsonObject.builder().put("audience", audience).put("challenge", challenge));
  }

  private JsonObject.Builder issued(Party holder, long amount, String of, String reference) {
    return JsonObject.builder()
        .put("account", holder.account().toString())
        .put("amount", amount)
        .put("asset", of)
        .put("bankReference", reference);
  }

  private Statement sign(Party signer, String purpose, JsonObject.Builder operation) {
    return sign(signer, purpose, operation.build());
  }

  private Statement sign(Party signer, String purpose, JsonObject operation) {
    return signer
        .signer()
        .sign(
            new Statement.Payload(
                chain,
                new StatementId("%032x".formatted(lastId.incrementAndGet())),
                purpose,
                System.currentTimeMillis() + VALIDITY.toMillis(),
                operation));
  }
}
