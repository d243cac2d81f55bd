package io.madang.gateway.audit;

import static io.madang.gateway.audit.AuditException.present;
import static io.madang.gateway.audit.AuditException.require;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
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

  private record Asset(Set<String> approvers, int threshold, String kind, int scale) {}

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

  private record Leg(String asset, long amount) {}

  /** What was paid, with which legs, and what a programme gave for it. */
  private record Payment(
      String payer,
      String payee,
      String asset,
      long amount,
      List<Leg> legs,
      @Nullable JsonObject earned,
      String data) {}

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

  /** Until when the statement is valid under which an account used an id. */
  private final Map<String, Long> usedIds = new HashMap<>();

  private final Set<String> bankReferences = new HashSet<>();
  private final AuditedSettlements settlements;
  private final AuditedConditions conditions = new AuditedConditions();
  private final AuditedProgrammes programmes;
  private final Set<String> chargedWithBonus = new HashSet<>();

  /** Its approvers are the operators of the chain. */
  private final String firstAsset;

  /** Of the transaction that is being executed. */
  private String position = "";

  private long timeMillis;

  AuditedBooks(String chain, JsonObject appState) {
    this.chain = chain;
    settlements = new AuditedSettlements(chain, appState.getLong("dayOffsetMillis"));
    programmes = new AuditedProgrammes(appState.getLong("dayOffsetMillis"));
    firstAsset = appState.getJsonArray("assets").getJsonObject(0).getString("code");
    for (var each : appState.getJsonArray("assets")) {
      var asset = (JsonObject) each;
      var approvers = new HashSet<String>();
      asset.getJsonArray("approvers").forEach(one -> approvers.add((String) one));
      assets.put(
          asset.getString("code"),
          new Asset(
              approvers,
              asset.getInteger("threshold"),
              asset.getString("kind"),
              asset.getInteger("scale")));
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
      conditions.open(id, account.getString("kind"));
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
    useId(signer, words, "the account used the id before");
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
      case "asset.rules" -> setRules(operation, signer);
      case "account.attributes" -> setAttributes(operation, signer);
      case "asset.sweep" -> sweep(operation, signer);
      case "pay" -> payWithLegs(position, operation, signer);
      case "programme.set" -> setProgramme(operation, signer);
      case "reward" -> reward(operation, signer);
      case "sale.buy" -> buy(operation, signer);
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
    conditions.open(account, operation.getString("kind"));
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
    conditions.requireNotExpired(asset, timeMillis);
    issued.merge(asset, amount, Math::addExact);
    add(account, asset, amount);
    post(account, asset, amount);
    var data = new ArrayList<Object>();
    data.addAll(List.of("account", account, "amount", amount, "asset", asset));
    var bonus = operation.getJsonObject("bonus");
    if (bonus != null) {
      var gift = programmes.open(bonus.getString("programme"), timeMillis, "discount", "bonus");
      require(gift.asset().equals(asset), "a charge got something else than it charged");
      long more = bonus.getLong("amount");
      boolean isDiscount = gift.terms().getString("kind").equals("discount");
      long most = AuditedProgrammes.share(gift, isDiscount ? amount + more : amount);
      data.addAll(List.of("bonus", give(gift, account, more, most)));
    }
    conditions.requireRoom(asset, account, () -> has(account, asset), timeMillis);
    return json("issued", nested(data.toArray()));
  }

  private String redeem(long timeMillis, JsonObject operation, String signer) {
    var asset = operation.getString("asset");
    long amount = operation.getLong("amount");
    approve(timeMillis, operation, "redeem.approval", signer, new HashSet<>());
    require(
        bankReferences.add(asset + " out " + operation.getString("bankReference")), REFERENCE_USED);
    require(
        !conditions.isPerson(signer) || !chargedWithBonus.contains(asset),
        "a person redeemed what is charged with a bonus");
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
    move(payer, payee, asset, amount);
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
    var legs = List.of(new Leg(asset, amount));
    payments.put(position, new Payment(payer, payee, asset, amount, legs, null, data));
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
    conditions.requireMayPay(asset, amount, signer, payee, timeMillis);
    conditions.requireHoldEndsInTime(asset, timeMillis, expires);
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
    conditions.requireRoom(hold.asset, signer, () -> has(signer, hold.asset), timeMillis);
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
    if (proof.getJsonObject("outcome").containsKey("composite")) {
      return refundLegs(position, payment, amount, sum);
    }
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

  /** An id is free again once the statement that used it cannot be recorded any more. */
  private void useId(String account, Words words, String otherwise) {
    var before = usedIds.put(account + "/" + words.id(), words.validUntilMillis());
    require(before == null || before < timeMillis, otherwise);
  }

  private String charge(String position, long timeMillis, JsonObject operation, String signer) {
    var mandate = Words.nested(chain, operation.getString("mandate"), "mandate", timeMillis);
    var payer = accountOf(mandate.kid(), timeMillis);
    useId(payer, mandate, "the mandate was used before");
    long amount = operation.getLong("amount");
    require(amount <= mandate.operation().getLong("limit"), "more was charged than allowed");
    var asset = mandate.operation().getString("asset");
    return pay(position, payer, signer, asset, amount, operation.getString("reference"));
  }

  private String settle(JsonObject operation, String signer) {
    var approvers = new HashSet<>(Set.of(signer));
    var words = approved(operation, "settle.approval", approvers, operation.getString("asset"));
    var effect = settlements.settle(timeMillis, words);
    if (effect.payout() > 0) {
      conditions.requirePaidOutForWon(effect.asset(), timeMillis);
    }
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

  /** The words of an operation to which enough approvers agreed. */
  private JsonObject approved(
      JsonObject operation, String purpose, Set<String> approvers, String asset) {
    var words = operation.copy();
    words.remove("approvals");
    for (var each : operation.getJsonArray("approvals")) {
      var approval = Words.nested(chain, (String) each, purpose, timeMillis);
      require(approval.operation().equals(words), "an approval is for something else");
      require(approvers.add(accountOf(approval.kid(), timeMillis)), "someone approved twice");
    }
    requireEnough(approvers, asset);
    return words;
  }

  private String setRules(JsonObject operation, String signer) {
    var code = operation.getString("asset");
    var approvers = new HashSet<>(Set.of(signer));
    var words = approved(operation, "rules.approval", approvers, code);
    var asset = present(assets.get(code), "there is no such asset");
    require(!asset.kind().equals("coin"), "a coin has rules");
    int version = conditions.set(timeMillis, words);
    return json(
        "rules",
        nested("asset", code, "fromMillis", words.getLong("fromMillis"), "version", version));
  }

  private String setAttributes(JsonObject operation, String signer) {
    var approvers = new HashSet<>(Set.of(signer));
    var words = approved(operation, "attributes.approval", approvers, firstAsset);
    var data = new ArrayList<Object>();
    data.addAll(List.of("account", known(words.getString("account"))));
    for (var name : List.of("category", "region")) {
      if (words.containsKey(name)) {
        data.addAll(List.of(name, words.getString(name)));
      }
    }
    conditions.place(words);
    return json("attributes", nested(data.toArray()));
  }

  private String sweep(JsonObject operation, String signer) {
    var code = operation.getString("asset");
    var asset = present(assets.get(code), "there is no such asset");
    require(asset.approvers().contains(signer), "who collected is no approver");
    var to = conditions.collector(code, timeMillis);
    long sum = 0;
    int count = 0;
    for (var each : operation.getJsonArray("accounts")) {
      var account = known((String) each);
      conditions.requirePerson(account);
      long amount = available.getOrDefault(new Purse(account, code), 0L);
      sum = Math.addExact(sum, amount);
      count += amount > 0 ? 1 : 0;
      add(account, code, -amount);
    }
    add(to, code, sum);
    return json("swept", nested("accounts", count, "amount", sum, "asset", code, "to", to));
  }

  private String setProgramme(JsonObject operation, String signer) {
    require(
        signer.equals(operation.getString("fund")), "who set a programme does not own its fund");
    conditions.requireFund(signer);
    var asset = operation.getString("asset");
    var words = approved(operation, "programme.approval", new HashSet<>(), asset);
    if (Set.of("discount", "bonus").contains(words.getString("kind"))) {
      chargedWithBonus.add(asset);
    }
    int version = programmes.set(timeMillis, words);
    var code = words.getString("code");
    return json(
        "programme",
        nested("code", code, "fromMillis", words.getLong("fromMillis"), "version", version));
  }

  private String reward(JsonObject operation, String signer) {
    var gift = programmes.open(operation.getString("programme"), timeMillis, "reward");
    require(gift.fund().equals(signer), "a reward out of someone else's fund");
    var payee = known(operation.getString("to"));
    long amount = operation.getLong("amount");
    give(gift, payee, amount, gift.terms().getLong("amount"));
    conditions.requireRoom(gift.asset(), payee, () -> has(payee, gift.asset()), timeMillis);
    var data = new ArrayList<Object>();
    data.addAll(List.of("amount", amount, "asset", gift.asset(), "payee", payee));
    data.addAll(List.of("payer", signer, "programme", gift.code()));
    if (operation.containsKey("reference")) {
      data.addAll(List.of("reference", operation.getString("reference")));
    }
    return json("reward", nested(data.toArray()));
  }

  private String buy(JsonObject operation, String signer) {
    var gift = programmes.open(operation.getString("programme"), timeMillis, "sale");
    var price = gift.terms().getJsonObject("price");
    var coin = price.getString("asset");
    require(
        operation.getLong("amount").equals(price.getLong("amount"))
            && operation.getString("asset").equals(coin),
        "a lot was sold at another price");
    long lot = gift.terms().getLong("amount");
    conditions.requireNotExpired(coin, timeMillis);
    add(signer, coin, -price.getLong("amount"));
    add(gift.fund(), coin, price.getLong("amount"));
    give(gift, signer, lot, lot);
    conditions.requireRoom(gift.asset(), signer, () -> has(signer, gift.asset()), timeMillis);
    var data = new ArrayList<Object>();
    data.addAll(List.of("amount", lot, "asset", gift.asset(), "left", gift.left() - lot));
    data.addAll(List.of("payee", signer, "payer", gift.fund()));
    data.addAll(List.of("price", nested("amount", price.getLong("amount"), "asset", coin)));
    data.addAll(List.of("programme", gift.code()));
    return json("sold", nested(data.toArray()));
  }

  /** Moves what a programme gives to a person. */
  private Literal give(AuditedProgrammes.Gift gift, String person, long amount, long most) {
    conditions.requirePerson(person);
    conditions.requireNotExpired(gift.asset(), timeMillis);
    programmes.give(gift, person, amount, most, timeMillis);
    add(gift.fund(), gift.asset(), -amount);
    add(person, gift.asset(), amount);
    return nested(
        "amount", amount, "asset", gift.asset(), "from", gift.fund(), "programme", gift.code());
  }

  private String payWithLegs(String position, JsonObject operation, String signer) {
    var payee = known(operation.getString("to"));
    var coin = operation.getString("asset");
    var inCoins = present(assets.get(coin), "there is no such asset");
    require(!payee.equals(signer), "payer and payee are the same");
    require(inCoins.kind().equals("coin"), "a price in something else than a coin");
    var legs = new ArrayList<Leg>();
    var texts = new ArrayList<String>();
    long sum = 0;
    long coins = 0;
    var place = "";
    for (var each : operation.getJsonArray("legs")) {
      var leg = (JsonObject) each;
      var code = leg.getString("asset");
      var asset = present(assets.get(code), "there is no such asset");
      long amount = leg.getLong("amount");
      var next = List.of("point", "voucher", "coin").indexOf(asset.kind()) + code;
      require(place.compareTo(next) < 0, "the legs of a payment are not in order");
      require(asset.scale() == inCoins.scale(), "a leg that counts in another unit");
      require(!asset.kind().equals("coin") || code.equals(coin), "a leg in another coin");
      place = next;
      sum = Math.addExact(sum, amount);
      coins += code.equals(coin) ? amount : 0;
      legs.add(new Leg(code, amount));
      texts.add(nested("amount", amount, "asset", code).text());
      move(signer, payee, code, amount);
      post(signer, code, -amount);
      post(payee, code, amount);
    }
    require(sum == operation.getLong("amount"), "the legs of a payment are not its price");
    var data = new ArrayList<Object>();
    data.addAll(List.of("amount", sum, "asset", coin));
    var earn = operation.getJsonObject("earn");
    @Nullable JsonObject earned = null;
    if (earn != null) {
      var gift = programmes.open(earn.getString("programme"), timeMillis, "earning");
      long most = AuditedProgrammes.share(gift, coins);
      var text = give(gift, signer, earn.getLong("amount"), most);
      conditions.requireRoom(gift.asset(), signer, () -> has(signer, gift.asset()), timeMillis);
      data.addAll(List.of("earned", text));
      earned = new JsonObject(text.text());
    }
    data.addAll(List.of("legs", new Literal("[" + String.join(",", texts) + "]")));
    data.addAll(List.of("payee", payee, "payer", signer));
    if (operation.containsKey("reference")) {
      data.addAll(List.of("reference", operation.getString("reference")));
    }
    var text = json("composite", nested(data.toArray()));
    payments.put(position, new Payment(signer, payee, coin, sum, legs, earned, text));
    return text;
  }

  /**
   * Gives back the part of a payment that lies between what came back before and comes back now.
   */
  private String refundLegs(String position, Payment payment, long amount, long after) {
    long before = after - amount;
    long coins = payment.legs().getLast().amount();
    long withheld = 0;
    var data = new ArrayList<Object>();
    data.addAll(List.of("amount", amount, "asset", payment.asset()));
    if (payment.earned() != null) {
      var points = payment.earned().getString("asset");
      var fund = payment.earned().getString("from");
      long earned = payment.earned().getLong("amount");
      long due =
          part(earned, Math.min(after, coins), coins)
              - part(earned, Math.min(before, coins), coins);
      long taken = Math.min(due, available.getOrDefault(new Purse(payment.payer(), points), 0L));
      add(payment.payer(), points, -taken);
      add(fund, points, taken);
      // The fund has these coins from what the payer is about to get.
      withheld = due - taken;
      add(fund, payment.asset(), withheld);
      data.addAll(
          List.of(
              "earned",
              nested("amount", taken, "asset", points, "to", fund, "withheld", withheld)));
    }
    var texts = new ArrayDeque<String>();
    long later = 0;
    for (var leg : payment.legs().reversed()) {
      long back = Math.max(0, Math.min(after, later + leg.amount()) - Math.max(before, later));
      add(payment.payee(), leg.asset(), -back);
      add(
          payment.payer(),
          leg.asset(),
          leg.asset().equals(payment.asset()) ? back - withheld : back);
      if (back > 0) {
        post(payment.payee(), leg.asset(), -back);
        post(payment.payer(), leg.asset(), back);
      }
      long inAll = Math.max(0, Math.min(after - later, leg.amount()));
      texts.addFirst(nested("amount", back, "asset", leg.asset(), "refunded", inAll).text());
      later += leg.amount();
    }
    data.addAll(List.of("legs", new Literal("[" + String.join(",", texts) + "]")));
    data.addAll(List.of("payee", payment.payer(), "payer", payment.payee()));
    data.addAll(List.of("payment", position, "refunded", after));
    return json("refund", nested(data.toArray()));
  }

  /** A part of what was earned, rounded up. */
  private static long part(long earned, long of, long whole) {
    return BigInteger.valueOf(earned)
        .multiply(BigInteger.valueOf(of))
        .add(BigInteger.valueOf(whole - 1))
        .divide(BigInteger.valueOf(whole))
        .longValueExact();
  }

  /** A payment, or a leg of one. */
  private void move(String payer, String payee, String asset, long amount) {
    conditions.requireMayPay(asset, amount, payer, payee, timeMillis);
    add(payer, asset, -amount);
    add(payee, asset, amount);
    conditions.requireRoom(asset, payee, () -> has(payee, asset), timeMillis);
  }

  /** What an account has of an asset, held amounts included. */
  private long has(String account, String asset) {
    long held = 0;
    for (var hold : holds.values()) {
      held += hold.payer.equals(account) && hold.asset.equals(asset) ? hold.left : 0;
    }
    return Math.addExact(available.getOrDefault(new Purse(account, asset), 0L), held);
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
