package io.madang.gateway.audit;

import static io.madang.gateway.audit.AuditException.present;
import static io.madang.gateway.audit.AuditException.require;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The books, kept once more and as simply as possible: who signed, may they, and where does every
 * coin go. Limits of accounts and the number of keys are left to the replay.
 */
final class AuditedBooks implements AuditedState {
  private static final String REFERENCE_USED = "the bank reference was used before";
  private static final long DAY_MILLIS = 24L * 60 * 60 * 1_000;

  private record Key(String account, long expiresMillis) {}

  private record Asset(Set<String> approvers, int threshold) {}

  private static final class Hold {
    final String payer;
    final String payee;
    final String asset;
    final long expiresMillis;
    final @Nullable String reference;
    long left;

    Hold(
        String payer,
        String payee,
        String asset,
        long expiresMillis,
        @Nullable String reference,
        long left) {
      this.payer = payer;
      this.payee = payee;
      this.asset = asset;
      this.expiresMillis = expiresMillis;
      this.reference = reference;
      this.left = left;
    }
  }

  private record Payment(String payer, String payee, String asset, long amount, String data) {}

  /** Coins of one account in one asset. */
  private record Purse(String account, String asset) {}

  private final String chain;
  private final Map<String, Key> liveKeys = new HashMap<>();
  private final Set<String> accounts = new HashSet<>();
  private final Set<String> enrollers = new HashSet<>();
  private final Map<String, Asset> assets = new TreeMap<>();
  private final Map<Purse, Long> available = new HashMap<>();
  private final Map<String, Hold> holds = new TreeMap<>();
  private final Map<String, Payment> payments = new HashMap<>();
  private final Map<String, Long> refunded = new HashMap<>();
  private final Map<String, Long> issued = new TreeMap<>();
  private final Map<String, Long> redeemed = new TreeMap<>();
  private final Set<String> usedIds = new HashSet<>();
  private final Set<String> bankReferences = new HashSet<>();
  private final AuditedSettlements settlements;

  /** Of the transaction that is being executed. */
  private String position = "";

  private long timeMillis;

  AuditedBooks(String chain, JsonObject appState) {
    this.chain = chain;
    settlements = new AuditedSettlements(chain, appState.getLong("dayOffsetMillis"));
    for (var each : appState.getJsonArray("assets")) {
      var asset = (JsonObject) each;
      var approvers = new HashSet<String>();
      asset.getJsonArray("approvers").forEach(one -> approvers.add((String) one));
      assets.put(asset.getString("code"), new Asset(approvers, asset.getInteger("threshold")));
    }
    for (var each : appState.getJsonArray("accounts")) {
      var account = (JsonObject) each;
      var id = account.getString("id");
      accounts.add(id);
      if (account.getJsonArray("roles", new JsonArray()).contains("enroller")) {
        enrollers.add(id);
      }
      for (var one : account.getJsonArray("keys")) {
        var key = (JsonObject) one;
        liveKeys.put(key.getString("key"), new Key(id, key.getLong("expiresMillis")));
      }
      settlements.open(id, account.getString("kind"), assets.keySet());
    }
  }

  /** What an asset's books say at the end. */
  record Total(long issued, long redeemed, long available, long held) {}

  /** Holds end. */
  @Override
  public void pass(long timeMillis) {
    holds
        .values()
        .removeIf(
            hold -> {
              boolean over = hold.expiresMillis <= timeMillis;
              if (over) {
                add(hold.payer, hold.asset, hold.left);
              }
              return over;
            });
  }

  @Override
  public void execute(String position, long timeMillis, String jws, byte[] data) {
    this.position = position;
    this.timeMillis = timeMillis;
    var words = Words.read(chain, jws);
    require(
        timeMillis <= words.validUntilMillis()
            && words.validUntilMillis() - timeMillis <= DAY_MILLIS,
        "the transaction was not valid then");
    var signer = accountOf(words.kid(), timeMillis);
    require(usedIds.add(signer + "/" + words.id()), "the account used the id before");
    var result = effect(position, timeMillis, words, signer);
    require(
        result.equals(new String(data, StandardCharsets.UTF_8)),
        "the recorded result is not what the transaction comes to: " + result);
    if (words.purpose().equals("settle")) {
      settlements.record(position, words.operation(), result);
    }
  }

  /** Checks that every coin is somewhere, and no purse is below zero. */
  Map<String, Total> totals() {
    var totals = new TreeMap<String, Total>();
    for (var asset : assets.keySet()) {
      long free =
          available.entrySet().stream()
              .filter(purse -> purse.getKey().asset().equals(asset))
              .mapToLong(Map.Entry::getValue)
              .reduce(0, Math::addExact);
      long held =
          holds.values().stream()
              .filter(hold -> hold.asset.equals(asset))
              .mapToLong(hold -> hold.left)
              .reduce(0, Math::addExact);
      long in = issued.getOrDefault(asset, 0L);
      long out = redeemed.getOrDefault(asset, 0L);
      require(
          Math.addExact(free, held) == in - out,
          "the coins of " + asset + " are not what was issued less what was redeemed");
      totals.put(asset, new Total(in, out, free, held));
    }
    return totals;
  }

  private String effect(String position, long timeMillis, Words words, String signer) {
    var operation = words.operation();
    return switch (words.purpose()) {
      case "account.open" -> open(timeMillis, operation, signer);
      case "account.limits" -> {
        require(enrollers.contains(signer), "who set limits is no enroller");
        yield json("account", known(operation.getString("account")));
      }
      case "key.add" -> addKey(timeMillis, operation, signer);
      case "key.revoke" -> revokeKey(operation, signer);
      case "asset.issue" -> issue(timeMillis, operation, signer);
      case "asset.redeem" -> redeem(timeMillis, operation, signer);
      case "transfer" ->
          pay(
              position,
              signer,
              known(operation.getString("to")),
              operation.getString("asset"),
              operation.getLong("amount"),
              operation.getString("reference"));
      case "hold" -> hold(position, timeMillis, operation, signer);
      case "capture" -> capture(position, operation, signer);
      case "release" -> release(operation, signer);
      case "refund" -> refund(operation, signer);
      case "mandate.charge" -> charge(position, timeMillis, operation, signer);
      case "settle" -> settle(operation, signer);
      case "settlement.void" -> voidPayout(operation, signer);
      default -> throw new AuditException("no transaction has the purpose " + words.purpose());
    };
  }

  private String open(long timeMillis, JsonObject operation, String signer) {
    require(enrollers.contains(signer), "who opened an account is no enroller");
    var request =
        Words.nested(chain, operation.getString("request"), "account.request", timeMillis);
    require(
        operation.getString("kind").equals(request.operation().getString("kind")),
        "another kind of account was asked for");
    var domain = "madang/account/v1\0".getBytes(StandardCharsets.US_ASCII);
    var hash = Hashes.sha256(domain, Words.decode(request.kid()));
    var account = HexFormat.of().formatHex(hash, 0, 16);
    require(accounts.add(account), "the account was there already");
    addLiveKey(request, account);
    settlements.open(account, operation.getString("kind"), assets.keySet());
    return json("account", account);
  }

  private String addKey(long timeMillis, JsonObject operation, String signer) {
    var request = Words.nested(chain, operation.getString("request"), "key.request", timeMillis);
    require(
        signer.equals(request.operation().getString("account")),
        "a key asked to belong to another account");
    addLiveKey(request, signer);
    return json("account", signer, "key", request.kid());
  }

  private void addLiveKey(Words request, String account) {
    var key = new Key(account, request.operation().getLong("expiresMillis"));
    require(liveKeys.put(request.kid(), key) == null, "the key belongs to an account already");
  }

  private String revokeKey(JsonObject operation, String signer) {
    var key = present(liveKeys.remove(operation.getString("key")), "the key was not live");
    require(
        key.account().equals(signer) || enrollers.contains(signer),
        "who revoked a key may not do so");
    return json("account", key.account(), "key", operation.getString("key"));
  }

  private String issue(long timeMillis, JsonObject operation, String signer) {
    var asset = operation.getString("asset");
    var account = known(operation.getString("account"));
    long amount = operation.getLong("amount");
    var approvers = new HashSet<>(Set.of(signer));
    approve(timeMillis, operation, "issue.approval", account, approvers);
    require(
        bankReferences.add(asset + " in " + operation.getString("bankReference")), REFERENCE_USED);
    issued.merge(asset, amount, Math::addExact);
    add(account, asset, amount);
    post(account, asset, amount);
    return json("issued", nested("account", account, "amount", amount, "asset", asset));
  }

  private String redeem(long timeMillis, JsonObject operation, String signer) {
    var asset = operation.getString("asset");
    long amount = operation.getLong("amount");
    approve(timeMillis, operation, "redeem.approval", signer, new HashSet<>());
    require(
        bankReferences.add(asset + " out " + operation.getString("bankReference")), REFERENCE_USED);
    redeemed.merge(asset, amount, Math::addExact);
    add(signer, asset, -amount);
    post(signer, asset, -amount);
    return json("redeemed", nested("account", signer, "amount", amount, "asset", asset));
  }

  private void approve(
      long timeMillis,
      JsonObject operation,
      String purpose,
      String account,
      Set<String> approvers) {
    for (var each : operation.getJsonArray("approvals")) {
      var approval = Words.nested(chain, (String) each, purpose, timeMillis);
      var words = approval.operation();
      require(
          words.getString("account").equals(account)
              && words.getLong("amount").equals(operation.getLong("amount"))
              && words.getString("asset").equals(operation.getString("asset"))
              && words.getString("bankReference").equals(operation.getString("bankReference")),
          "an approval is for something else");
      require(approvers.add(accountOf(approval.kid(), timeMillis)), "someone approved twice");
    }
    requireEnough(approvers, operation.getString("asset"));
  }

  private String pay(
      String position,
      String payer,
      String payee,
      String asset,
      long amount,
      @Nullable String reference) {
    require(!payer.equals(payee), "payer and payee are the same");
    add(payer, asset, -amount);
    add(payee, asset, amount);
    var data = new ArrayList<Object>();
    data.addAll(List.of("amount", amount, "asset", asset, "payee", payee, "payer", payer));
    return payment(position, payer, payee, asset, amount, data, reference);
  }

  private String payment(
      String position,
      String payer,
      String payee,
      String asset,
      long amount,
      List<Object> members,
      @Nullable String reference) {
    if (reference != null) {
      members.addAll(List.of("reference", reference));
    }
    var data = json("payment", nested(members.toArray()));
    payments.put(position, new Payment(payer, payee, asset, amount, data));
    post(payer, asset, -amount);
    post(payee, asset, amount);
    return data;
  }

  private String hold(String position, long timeMillis, JsonObject operation, String signer) {
    var payee = known(operation.getString("to"));
    var asset = operation.getString("asset");
    long amount = operation.getLong("amount");
    long expires = operation.getLong("expiresMillis");
    require(expires > timeMillis && expires <= timeMillis + 30 * DAY_MILLIS, "a hold for too long");
    add(signer, asset, -amount);
    holds.put(
        position,
        new Hold(signer, payee, asset, expires, operation.getString("reference"), amount));
    return json(
        "hold",
        nested(
            "amount",
            amount,
            "asset",
            asset,
            "expiresMillis",
            expires,
            "payee",
            payee,
            "payer",
            signer));
  }

  private String capture(String position, JsonObject operation, String signer) {
    var hold = openHold(operation, signer);
    long amount = operation.getLong("amount");
    require(amount > 0 && amount <= hold.left, "more was captured than is held");
    hold.left -= amount;
    add(signer, hold.asset, amount);
    if (hold.left == 0 || operation.getBoolean("final")) {
      add(hold.payer, hold.asset, hold.left);
      holds.remove(operation.getString("hold"));
    }
    var data = new ArrayList<Object>();
    data.addAll(List.of("amount", amount, "asset", hold.asset));
    data.addAll(List.of("hold", operation.getString("hold"), "payee", signer, "payer", hold.payer));
    return payment(position, hold.payer, signer, hold.asset, amount, data, hold.reference);
  }

  private String release(JsonObject operation, String signer) {
    var hold = openHold(operation, signer);
    add(hold.payer, hold.asset, hold.left);
    holds.remove(operation.getString("hold"));
    return json("released", nested("amount", hold.left, "hold", operation.getString("hold")));
  }

  private Hold openHold(JsonObject operation, String signer) {
    var hold = present(holds.get(operation.getString("hold")), "there is no such open hold");
    require(hold.payee.equals(signer), "only the payee takes from a hold");
    return hold;
  }

  private String refund(JsonObject operation, String signer) {
    var proof = operation.getJsonObject("payment");
    var position = proof.getLong("height") + "." + proof.getLong("index");
    var payment = present(payments.get(position), "there was no such payment");
    require(
        payment.data().equals(proof.getJsonObject("outcome").encode()),
        "the payment was another one");
    require(payment.payee().equals(signer), "only the payee gives back");
    long amount = operation.getLong("amount");
    long sum = refunded.merge(position, amount, Math::addExact);
    require(sum <= payment.amount(), "more was given back than paid");
    add(signer, payment.asset(), -amount);
    add(payment.payer(), payment.asset(), amount);
    post(signer, payment.asset(), -amount);
    post(payment.payer(), payment.asset(), amount);
    return json(
        "refund",
        nested(
            "amount",
            amount,
            "asset",
            payment.asset(),
            "payee",
            payment.payer(),
            "payer",
            signer,
            "payment",
            position,
            "refunded",
            sum));
  }

  private String charge(String position, long timeMillis, JsonObject operation, String signer) {
    var mandate = Words.nested(chain, operation.getString("mandate"), "mandate", timeMillis);
    var payer = accountOf(mandate.kid(), timeMillis);
    require(usedIds.add(payer + "/" + mandate.id()), "the mandate was used before");
    long amount = operation.getLong("amount");
    require(amount <= mandate.operation().getLong("limit"), "more was charged than allowed");
    var asset = mandate.operation().getString("asset");
    return pay(position, payer, signer, asset, amount, operation.getString("reference"));
  }

  private String settle(JsonObject operation, String signer) {
    var words = operation.copy();
    words.remove("approvals");
    var approvers = new HashSet<>(Set.of(signer));
    for (var each : operation.getJsonArray("approvals")) {
      var approval = Words.nested(chain, (String) each, "settle.approval", timeMillis);
      require(approval.operation().equals(words), "an approval is for something else");
      require(approvers.add(accountOf(approval.kid(), timeMillis)), "someone approved twice");
    }
    requireEnough(approvers, operation.getString("asset"));
    var effect = settlements.settle(timeMillis, words);
    redeemed.merge(effect.asset(), effect.payout(), Math::addExact);
    add(effect.merchant(), effect.asset(), -effect.payout() - effect.charges());
    add(signer, effect.asset(), effect.charges());
    var data = new ArrayList<Object>();
    for (var name : List.of("asset", "attempt", "carried", "charges", "count", "day")) {
      data.addAll(List.of(name, words.getValue(name)));
    }
    data.addAll(List.of("merchant", effect.merchant(), "net", words.getLong("net")));
    data.addAll(List.of("operator", signer, "payout", effect.payout()));
    data.addAll(List.of("payoutId", settlements.payoutId(words)));
    data.addAll(List.of("root", words.getString("root"), "run", words.getString("run")));
    return json("settlement", nested(data.toArray()));
  }

  private String voidPayout(JsonObject operation, String signer) {
    var proof = operation.getJsonObject("settlement");
    var reason = operation.getString("reason");
    var approvers = new HashSet<>(Set.of(signer));
    var asset = proof.getJsonObject("outcome").getJsonObject("settlement").getString("asset");
    var payoutId = proof.getJsonObject("outcome").getJsonObject("settlement").getString("payoutId");
    for (var each : operation.getJsonArray("approvals")) {
      var approval = Words.nested(chain, (String) each, "void.approval", timeMillis);
      require(
          approval.operation().getString("payoutId").equals(payoutId)
              && approval.operation().getString("reason").equals(reason),
          "an approval is for something else");
      require(approvers.add(accountOf(approval.kid(), timeMillis)), "someone approved twice");
    }
    requireEnough(approvers, asset);
    var effect = settlements.voidPayout(proof, payoutId);
    issued.merge(effect.asset(), effect.payout(), Math::addExact);
    add(effect.merchant(), effect.asset(), effect.payout());
    return json(
        "voided",
        nested(
            "amount",
            effect.payout(),
            "asset",
            effect.asset(),
            "merchant",
            effect.merchant(),
            "payoutId",
            payoutId,
            "reason",
            reason,
            "settlement",
            proof.getLong("height") + "." + proof.getLong("index")));
  }

  private void requireEnough(Set<String> approvers, String code) {
    var asset = present(assets.get(code), "there is no such asset");
    require(
        asset.approvers().containsAll(approvers) && approvers.size() >= asset.threshold(),
        "the approvals are not enough");
  }

  private void post(String account, String asset, long change) {
    settlements.post(position, timeMillis, account, asset, change);
  }

  private String known(String account) {
    require(accounts.contains(account), "there is no account " + account);
    return account;
  }

  private String accountOf(String kid, long timeMillis) {
    var key = present(liveKeys.get(kid), "the key that signed is not live");
    require(key.expiresMillis() > timeMillis, "the key that signed had expired");
    return key.account();
  }

  private void add(String account, String asset, long amount) {
    require(assets.containsKey(asset), "there is no asset " + asset);
    long now = available.merge(new Purse(account, asset), amount, Math::addExact);
    require(now >= 0, "the account " + account + " would be below zero");
  }

  /** A JSON object in one form: names and values in turns, names in order. */
  private static String json(Object... namesAndValues) {
    return nested(namesAndValues).text();
  }

  private static Literal nested(Object... namesAndValues) {
    var out = new StringBuilder("{");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      out.append(i == 0 ? "\"" : ",\"").append(namesAndValues[i]).append("\":");
      out.append(
          switch (namesAndValues[i + 1]) {
            case Literal(var text) -> text;
            case Number number -> number.toString();
            case Object text -> "\"" + text + "\"";
          });
    }
    return new Literal(out.append('}').toString());
  }

  /** JSON that is written already. */
  private record Literal(String text) {}
}
