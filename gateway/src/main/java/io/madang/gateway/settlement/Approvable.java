package io.madang.gateway.settlement;

import io.madang.chain.Hash;
import io.madang.chain.Statement;
import io.madang.chain.StatementId;
import io.madang.chain.StatementReader;
import io.madang.chain.StatementReading;
import io.madang.chain.StatementSigner;
import io.madang.chain.json.CanonicalJson;
import io.madang.chain.json.JsonObject;
import io.madang.ledger.Operations;
import io.madang.ledger.PayoutId;
import io.vertx.core.json.JsonArray;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What approvers sign: a settlement of a merchant's day, or the voiding of a payout. All but the
 * last sign an approval; the last signs the transaction itself, with the approvals inside.
 *
 * @param purpose of the transaction
 * @param approvalPurpose of an approval
 * @param approval the words of an approval
 * @param operation the words of the transaction, without the approvals
 * @param approvals those that are there
 * @param threshold how many must sign, the last one included
 */
public record Approvable(
    PayoutId payoutId,
    String chain,
    String purpose,
    String approvalPurpose,
    JsonObject approval,
    JsonObject operation,
    List<Statement> approvals,
    int threshold) {
  static final String SETTLE = "settle";
  static final String SETTLE_APPROVAL = "settle.approval";
  static final String VOID = "settlement.void";
  static final String VOID_APPROVAL = "void.approval";

  public Approvable {
    approvals = List.copyOf(approvals);
  }

  static Approvable settle(SettledDay day, String chain, int threshold) {
    var words = Operations.settleApproval(day.settlement());
    return new Approvable(
        day.payoutId(),
        chain,
        SETTLE,
        SETTLE_APPROVAL,
        words,
        words,
        read(day.approvals()),
        threshold);
  }

  static Approvable voiding(
      PayoutId payoutId,
      String chain,
      JsonObject proof,
      String reason,
      List<String> approvals,
      int threshold) {
    return new Approvable(
        payoutId,
        chain,
        VOID,
        VOID_APPROVAL,
        Operations.voidApproval(payoutId, reason),
        JsonObject.builder().put("reason", reason).put("settlement", proof).build(),
        read(approvals),
        threshold);
  }

  private static List<Statement> read(List<String> texts) {
    return texts.stream().map(Approvable::read).toList();
  }

  private static Statement read(String text) {
    if (StatementReader.read(text) instanceof StatementReading.Read(var statement)) {
      return statement;
    }
    throw new IllegalStateException("an approval that is no statement");
  }

  /** How many signatures are missing, that of the transaction included. */
  public int missing() {
    return threshold - approvals.size();
  }

  /** The signer's approval, or the whole transaction when it is the only one that is missing. */
  public Statement sign(StatementSigner signer, long validUntilMillis) {
    if (missing() > 1) {
      return sign(signer, approvalPurpose, approval, validUntilMillis);
    }
    var whole = JsonObject.builder();
    operation.members().forEach(whole::put);
    whole.put("approvals", approvals.stream().map(Statement::text).toList());
    return sign(signer, purpose, whole.build(), validUntilMillis);
  }

  /** The same with one more approval. */
  public Approvable with(Statement more) {
    var all = new ArrayList<>(approvals);
    all.add(more);
    return new Approvable(
        payoutId, chain, purpose, approvalPurpose, approval, operation, all, threshold);
  }

  /** The id comes from what is signed and by whom: the same words twice are the same statement. */
  private Statement sign(
      StatementSigner signer, String wanted, JsonObject words, long validUntilMillis) {
    var name = wanted + " " + payoutId + " " + signer.publicKey() + " " + validUntilMillis;
    var hash = Hash.sha256(name.getBytes(StandardCharsets.US_ASCII));
    var id = new StatementId(HexFormat.of().formatHex(hash.bytes(), 0, 16));
    return signer.sign(new Statement.Payload(chain, id, wanted, validUntilMillis, words));
  }

  /** As answers have it. */
  public io.vertx.core.json.JsonObject view() {
    return new io.vertx.core.json.JsonObject()
        .put("payoutId", payoutId.toString())
        .put("chain", chain)
        .put("purpose", purpose)
        .put("approvalPurpose", approvalPurpose)
        .put("approval", new io.vertx.core.json.JsonObject(approval.canonical()))
        .put("operation", new io.vertx.core.json.JsonObject(operation.canonical()))
        .put("approvals", new JsonArray(approvals.stream().map(Statement::text).toList()))
        .put("threshold", threshold);
  }

  /** Reads {@link #view} back, for whoever signs elsewhere. */
  public static Approvable of(io.vertx.core.json.JsonObject view) {
    var approvals = view.getJsonArray("approvals").stream().map(String.class::cast).toList();
    return new Approvable(
        PayoutId.parse(view.getString("payoutId")),
        view.getString("chain"),
        view.getString("purpose"),
        view.getString("approvalPurpose"),
        canonical(view.getJsonObject("approval")),
        canonical(view.getJsonObject("operation")),
        read(approvals),
        view.getInteger("threshold"));
  }

  private static JsonObject canonical(io.vertx.core.json.JsonObject json) {
    if (CanonicalJson.read(json.encode().getBytes(StandardCharsets.UTF_8))
        instanceof CanonicalJson.Result.Read(JsonObject object)) {
      return object;
    }
    throw new IllegalArgumentException("not canonical JSON");
  }
}
