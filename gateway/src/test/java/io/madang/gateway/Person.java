package io.madang.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.SigningKey;
import io.madang.chain.Statement;
import io.madang.chain.StatementId;
import io.madang.chain.StatementSigner;
import io.madang.gateway.database.TestPostgres;
import io.madang.ledger.AccountId;
import io.madang.ledger.Amount;
import io.madang.ledger.AssetCode;
import io.madang.ledger.Operations;
import io.madang.payment.qr.CustomerCode;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Somebody with a wallet of their own. */
public final class Person {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Town town;
  private final SigningKey key;
  private String token = "";

  Person(Town town, SigningKey key) {
    this.town = town;
    this.key = key;
  }

  /** The account. */
  public AccountId account() {
    return AccountId.of(key.publicKey());
  }

  /** The client with this person's session. */
  public Client client() {
    return new Client(town, token);
  }

  /** Signs words. */
  public String sign(String purpose, io.madang.chain.json.JsonObject operation) {
    return sign(purpose, newId(), operation);
  }

  /** Signs words under an id. */
  public String sign(String purpose, String id, io.madang.chain.json.JsonObject operation) {
    return sign(Town.CHAIN, purpose, id, town.clock().millis() + 60_000, operation).text();
  }

  private Statement sign(
      String chain,
      String purpose,
      String id,
      long validUntilMillis,
      io.madang.chain.json.JsonObject operation) {
    return new StatementSigner(key)
        .sign(
            new Statement.Payload(
                chain, new StatementId(id), purpose, validUntilMillis, operation));
  }

  /** The code that this person's wallet would show, valid for so long, on this chain. */
  public String code(long limit, long lifeMillis, String chain) {
    var words = Operations.mandate(new Amount(limit, new AssetCode("S-COIN")));
    long until = town.clock().millis() + lifeMillis;
    return CustomerCode.of(sign(chain, "mandate", newId(), until, words)).text();
  }

  /** The code that this person's wallet would show. */
  public String code(long limit) {
    return code(limit, 120_000, Town.CHAIN);
  }

  static String newId() {
    var bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Opens the account. */
  public void open() {
    var request =
        sign(
            "account.request",
            io.madang.chain.json.JsonObject.builder()
                .put("expiresMillis", town.clock().millis() + 1_000L * 24 * 3_600_000)
                .put("kind", "person")
                .put("label", "phone")
                .build());
    var opened = town.anyone().post("/v1/accounts", new JsonObject().put("request", request));
    assertThat(opened.expect(201).json().getString("account")).isEqualTo(account().toString());
  }

  /** Answers a challenge. */
  public String login(String challenge, String audience) {
    return sign(
        "login",
        io.madang.chain.json.JsonObject.builder()
            .put("audience", audience)
            .put("challenge", challenge)
            .build());
  }

  /** Opens a session. */
  public void login() {
    var challenge =
        town.anyone().post("/v1/sessions/challenges", new JsonObject()).expect(201).json();
    var login = login(challenge.getString("challenge"), challenge.getString("audience"));
    var opened = town.anyone().post("/v1/sessions", new JsonObject().put("login", login));
    token = opened.expect(201).json().getString("token");
  }

  /** Gets coins from the sample bank. */
  public void charge(long amount) {
    charge("S-COIN", amount);
  }

  /** Gets coins of an asset from the sample bank. */
  public void charge(String asset, long amount) {
    var asked =
        client()
            .post("/v1/charges", new JsonObject().put("asset", asset).put("amount", amount))
            .expect(201)
            .json();
    eventually(
        () ->
            assertThat(
                    client().get("/v1/charges/" + asked.getString("id")).json().getString("status"))
                .isEqualTo("confirmed"));
  }

  /** A signed transfer. */
  public String transfer(AccountId to, long amount, String reference) {
    return transfer(to, "S-COIN", amount, reference);
  }

  /** A signed transfer of some asset. */
  public String transfer(AccountId to, String asset, long amount, String reference) {
    var operation =
        io.madang.chain.json.JsonObject.builder()
            .put("amount", amount)
            .put("asset", asset)
            .put("to", to.toString());
    if (!reference.isEmpty()) operation.put("reference", reference);
    return sign("transfer", operation.build());
  }

  /** Pays. */
  public Client.Answer pay(AccountId to, long amount, String reference) {
    return town.anyone()
        .post(
            "/v1/transactions",
            new JsonObject().put("transaction", transfer(to, amount, reference)));
  }

  /** What is available. */
  public long balance() {
    return client()
        .get("/v1/me")
        .expect(200)
        .json()
        .getJsonArray("balances")
        .getJsonObject(0)
        .getLong("available");
  }

  /** Repeats an assertion until it holds. */
  public static void eventually(Runnable assertion) {
    try {
      TestPostgres.eventually(
          () -> {
            assertion.run();
            return true;
          });
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }
}
