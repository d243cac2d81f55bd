package io.madang.gateway.client;

import io.madang.chain.SigningKey;
import io.madang.chain.Statement;
import io.madang.chain.StatementId;
import io.madang.chain.StatementSigner;
import io.madang.chain.json.JsonObject;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.locks.LockSupport;

/** A person's wallet as a program: holds a key, signs with it, and talks to the gateway. */
public final class WalletClient {
  private static final Duration VALIDITY = Duration.ofMinutes(10);
  private static final Duration KEY_LIFE = Duration.ofDays(365);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final GatewayClient gateway;
  private final StatementSigner signer;
  private final String chain;
  private final String account;

  private WalletClient(
      GatewayClient gateway, StatementSigner signer, String chain, String account) {
    this.gateway = gateway;
    this.signer = signer;
    this.chain = chain;
    this.account = account;
  }

  /** What a final transaction was answered with. */
  public record FinalTransaction(
      String hash, String position, io.vertx.core.json.JsonObject data) {}

  /** The same wallet, signed in again at another address or after a restart. */
  public WalletClient at(GatewayClient anyone) {
    return signIn(anyone, signer, chain);
  }

  /** Makes a key, opens an account for it and signs in. */
  public static WalletClient open(GatewayClient anyone) {
    var seed = new byte[32];
    RANDOM.nextBytes(seed);
    var signer = new StatementSigner(SigningKey.ed25519(seed));
    var chain = anyone.get("/v1/chain").getString("chain");
    var request =
        statement(
            signer,
            chain,
            "account.request",
            operation()
                .put("expiresMillis", Instant.now().plus(KEY_LIFE).toEpochMilli())
                .put("kind", "person")
                .put("label", "phone"));
    anyone.post("/v1/accounts", new io.vertx.core.json.JsonObject().put("request", request.text()));
    return signIn(anyone, signer, chain);
  }

  private static WalletClient signIn(GatewayClient anyone, StatementSigner signer, String chain) {
    var challenge = anyone.post("/v1/sessions/challenges", new io.vertx.core.json.JsonObject());
    var login =
        statement(
            signer,
            chain,
            "login",
            operation()
                .put("audience", challenge.getString("audience"))
                .put("challenge", challenge.getString("challenge")));
    var session =
        anyone.post("/v1/sessions", new io.vertx.core.json.JsonObject().put("login", login.text()));
    return new WalletClient(
        anyone.with(session.getString("token")), signer, chain, session.getString("account"));
  }

  /** The account's identifier. */
  public String account() {
    return account;
  }

  /** The gateway, signed in as this wallet. */
  public GatewayClient gateway() {
    return gateway;
  }

  /** Coins that can be spent now. */
  public long available(String asset) {
    return gateway.get("/v1/me").getJsonArray("balances").stream()
        .map(io.vertx.core.json.JsonObject.class::cast)
        .filter(balance -> balance.getString("asset").equals(asset))
        .mapToLong(balance -> balance.getLong("available"))
        .sum();
  }

  /** Buys coins and waits until the bank has confirmed. */
  public void charge(String asset, long amount) {
    var charge =
        gateway.post(
            "/v1/charges",
            new io.vertx.core.json.JsonObject().put("asset", asset).put("amount", amount));
    var path = "/v1/charges/" + charge.getString("id");
    var deadline = Instant.now().plusSeconds(20);
    while (!charge.getString("status").equals("confirmed")) {
      if (charge.getString("status").equals("failed") || Instant.now().isAfter(deadline)) {
        throw new IllegalStateException("the charge is " + charge.encode());
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
      charge = gateway.get(path);
    }
  }

  /** Who would be paid by the code that was scanned. */
  public io.vertx.core.json.JsonObject payee(String code) {
    return gateway.post("/v1/payees", new io.vertx.core.json.JsonObject().put("code", code));
  }

  /** Signs a transfer and waits until it is final. */
  public FinalTransaction pay(String payee, String asset, long amount, String reference) {
    return submit(transfer(payee, asset, amount, reference));
  }

  /** A signed transfer that was not sent yet. */
  public Statement transfer(String payee, String asset, long amount, String reference) {
    return statement(
        signer,
        chain,
        "transfer",
        operation()
            .put("amount", amount)
            .put("asset", asset)
            .put("reference", reference)
            .put("to", payee));
  }

  /** Sends a transaction; sending the same again is harmless. */
  public FinalTransaction submit(Statement transaction) {
    var answer =
        gateway.post(
            "/v1/transactions",
            new io.vertx.core.json.JsonObject().put("transaction", transaction.text()));
    if (!answer.getString("status").equals("final")) {
      throw new IllegalStateException("not final in time: " + answer.encode());
    }
    return new FinalTransaction(
        answer.getString("hash"), answer.getString("position"), answer.getJsonObject("data"));
  }

  private static JsonObject.Builder operation() {
    return JsonObject.builder();
  }

  private static Statement statement(
      StatementSigner signer, String chain, String purpose, JsonObject.Builder operation) {
    var id = new byte[16];
    RANDOM.nextBytes(id);
    return signer.sign(
        new Statement.Payload(
            chain,
            new StatementId(HexFormat.of().formatHex(id)),
            purpose,
            Instant.now().plus(VALIDITY).toEpochMilli(),
            operation.build()));
  }
}
