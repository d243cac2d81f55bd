package io.madang.gateway.engine;

import static io.madang.gateway.engine.ToyChain.await;

import io.madang.chain.Hash;
import io.madang.chain.Member;
import io.madang.chain.SigningKey;
import io.madang.chain.Statement;
import io.madang.chain.StatementId;
import io.madang.chain.StatementReader;
import io.madang.chain.StatementReading;
import io.madang.chain.StatementSigner;
import io.madang.chain.TrustedMembers;
import io.madang.chain.json.JsonArray;
import io.madang.chain.json.JsonObject;
import io.madang.gateway.database.Database;
import io.madang.gateway.database.DatabaseAddress;
import io.madang.ledger.AccountId;
import io.madang.ledger.Ledger;
import io.madang.ledger.LedgerCandidate;
import io.madang.ledger.Operations;
import io.madang.ledger.PayoutId;
import io.madang.ledger.Settlement;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** A town with a real ledger: a hall that enrolls, and two offices that issue coins together. */
final class Town {
  static final String CHAIN = "town-1";
  static final String COIN = "S-COIN";
  private static final long KEY_LIFE_MILLIS = Duration.ofDays(700).toMillis();

  private final Clock clock;
  private final long genesisMillis;
  private final Vertx vertx;
  private final DatabaseAddress address;
  private final AtomicLong ids = new AtomicLong();
  private final Map<String, SigningKey> keys = new HashMap<>();

  Town(Vertx vertx, DatabaseAddress address) {
    this(vertx, address, Clock.systemUTC());
  }

  /** A town that signs, and whose chain goes, by this clock. */
  Town(Vertx vertx, DatabaseAddress address, Clock clock) {
    this.vertx = vertx;
    this.address = address;
    this.clock = clock;
    genesisMillis = now() - Duration.ofDays(1).toMillis();
  }

  SigningKey key(String name) {
    return keys.computeIfAbsent(
        name, n -> SigningKey.ed25519(Hash.sha256(n.getBytes(StandardCharsets.UTF_8)).bytes()));
  }

  String account(String name) {
    return AccountId.of(key(name).publicKey()).toString();
  }

  Genesis genesis() {
    var accounts =
        new JsonArray(
            List.of(
                genesisAccount("hall", "system", true),
                genesisAccount("bank", "issuer", false),
                genesisAccount("school", "issuer", false)));
    var asset =
        JsonObject.builder()
            .put("approvers", List.of(account("bank"), account("school")))
            .put("code", COIN)
            .put("kind", "coin")
            .put("scale", 0)
            .put("threshold", 2)
            .build();
    var state =
        JsonObject.builder()
            .put("accounts", accounts)
            .put("assets", new JsonArray(List.of(asset)))
            .put("dayOffsetMillis", 32_400_000)
            .build();
    var member = new TrustedMembers.Named("town", new Member(key("member").publicKey(), 1));
    return new Genesis(new TrustedMembers(CHAIN, List.of(member)), genesisMillis, state);
  }

  private JsonObject genesisAccount(String name, String kind, boolean enroller) {
    var key =
        JsonObject.builder()
            .put("expiresMillis", genesisMillis + Duration.ofDays(1_095).toMillis())
            .put("key", key(name).publicKey().toString())
            .put("label", "office")
            .build();
    var account =
        JsonObject.builder()
            .put("id", account(name))
            .put("keys", new JsonArray(List.of(key)))
            .put("kind", kind);
    if (enroller) {
      account.put("roles", List.of("enroller"));
    }
    return account.build();
  }

  Database database() {
    return await(Database.open(vertx, address));
  }

  EmbeddedEngine<Ledger, LedgerCandidate> start(EngineLimits limits) {
    return start(limits, clock);
  }

  EmbeddedEngine<Ledger, LedgerCandidate> start(EngineLimits limits, Clock clock) {
    return await(
        EmbeddedEngine.start(
            new EmbeddedEngine.Parts<>(
                vertx,
                database(),
                Channel.PAYMENTS,
                new Ledger(),
                key("member"),
                limits,
                clock,
                StartCheck.ALL,
                this::genesis)));
  }

  byte[] open(String name) {
    return open(name, "person");
  }

  byte[] open(String name, String kind) {
    var request =
        statement(
            name,
            "account.request",
            JsonObject.builder()
                .put("expiresMillis", now() + KEY_LIFE_MILLIS)
                .put("kind", kind)
                .put("label", "phone")
                .build());
    return transaction(
        "hall",
        "account.open",
        JsonObject.builder().put("kind", kind).put("request", request).build());
  }

  byte[] issue(String to, long amount, String bankReference) {
    var words = issueWords(to, amount, bankReference);
    var approval = statement("school", "issue.approval", words.build());
    return transaction(
        "bank",
        "asset.issue",
        issueWords(to, amount, bankReference).put("approvals", List.of(approval)).build());
  }

  private JsonObject.Builder issueWords(String to, long amount, String bankReference) {
    return JsonObject.builder()
        .put("account", account(to))
        .put("amount", amount)
        .put("asset", COIN)
        .put("bankReference", bankReference);
  }

  byte[] transfer(String from, String to, long amount) {
    return transaction(
        from,
        "transfer",
        JsonObject.builder()
            .put("amount", amount)
            .put("asset", COIN)
            .put("to", account(to))
            .build());
  }

  byte[] hold(String from, String to, long amount, long lifeMillis) {
    return transaction(
        from,
        "hold",
        JsonObject.builder()
            .put("amount", amount)
            .put("asset", COIN)
            .put("expiresMillis", now() + lifeMillis)
            .put("reference", "can of tea")
            .put("to", account(to))
            .build());
  }

  byte[] capture(String payee, String hold, long amount, boolean last) {
    return transaction(
        payee,
        "capture",
        JsonObject.builder().put("amount", amount).put("final", last).put("hold", hold).build());
  }

  byte[] release(String payee, String hold) {
    return transaction(payee, "release", JsonObject.builder().put("hold", hold).build());
  }

  byte[] refund(String payee, JsonObject proof, long amount) {
    return transaction(
        payee, "refund", JsonObject.builder().put("amount", amount).put("payment", proof).build());
  }

  byte[] charge(String payer, String payee, long limit, long amount) {
    var mandate =
        sign(
            payer,
            "mandate",
            now() + Duration.ofMinutes(2).toMillis(),
            JsonObject.builder().put("asset", COIN).put("limit", limit).build());
    return transaction(
        payee,
        "mandate.charge",
        JsonObject.builder().put("amount", amount).put("mandate", mandate).build());
  }

  byte[] redeem(String holder, long amount, String bankReference) {
    var words = issueWords(holder, amount, bankReference).build();
    var approvals =
        List.of(
            statement("bank", "redeem.approval", words),
            statement("school", "redeem.approval", words));
    return transaction(
        holder,
        "asset.redeem",
        JsonObject.builder()
            .put("amount", amount)
            .put("approvals", approvals)
            .put("asset", COIN)
            .put("bankReference", bankReference)
            .build());
  }

  byte[] settle(Settlement settlement) {
    var approval =
        read(statement("school", "settle.approval", Operations.settleApproval(settlement)));
    return transaction("bank", "settle", Operations.settle(settlement, List.of(approval)));
  }

  byte[] voidPayout(JsonObject proof, PayoutId payout, String reason) {
    var approval =
        read(statement("school", "void.approval", Operations.voidApproval(payout, reason)));
    return transaction(
        "bank", "settlement.void", Operations.voidPayout(proof, reason, List.of(approval)));
  }

  byte[] addKey(String name, String newKey) {
    var request =
        statement(
            newKey,
            "key.request",
            JsonObject.builder()
                .put("account", account(name))
                .put("expiresMillis", now() + KEY_LIFE_MILLIS)
                .put("label", "tablet")
                .build());
    return transaction(name, "key.add", JsonObject.builder().put("request", request).build());
  }

  byte[] revokeKey(String by, String key) {
    return transaction(
        by, "key.revoke", JsonObject.builder().put("key", key(key).publicKey().toString()).build());
  }

  private byte[] transaction(String signer, String purpose, JsonObject operation) {
    return statement(signer, purpose, operation).getBytes(StandardCharsets.US_ASCII);
  }

  private String statement(String signer, String purpose, JsonObject operation) {
    return sign(signer, purpose, now() + Duration.ofHours(1).toMillis(), operation);
  }

  private String sign(String signer, String purpose, long validUntil, JsonObject operation) {
    var id = new StatementId("%032x".formatted(ids.incrementAndGet()));
    return new StatementSigner(key(signer))
        .sign(new Statement.Payload(CHAIN, id, purpose, validUntil, operation))
        .text();
  }

  private static Statement read(String text) {
    return ((StatementReading.Read) StatementReader.read(text)).statement();
  }

  private long now() {
    return clock.millis();
  }
}
