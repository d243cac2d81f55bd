package io.madang.gateway.client;

import io.madang.chain.SigningKey;
import io.madang.chain.Statement;
import io.madang.chain.StatementId;
import io.madang.chain.StatementSigner;
import io.madang.chain.json.JsonObject;
import io.madang.voting.chain.Purpose;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;

/** Somebody who signs for the voting channel: an administrator of elections, or a trustee. */
public final class AdministratorClient {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Duration VALIDITY = Duration.ofMinutes(5);

  private final GatewayClient gateway;
  private final StatementSigner signer;
  private final String chain;

  private AdministratorClient(GatewayClient gateway, StatementSigner signer, String chain) {
    this.gateway = gateway;
    this.signer = signer;
    this.chain = chain;
  }

  /** Signs statements with this key; the gateway knows nobody in particular. */
  public static AdministratorClient of(GatewayClient anyone, SigningKey key) {
    var chain = anyone.get("/v1/votes").getString("chain");
    return new AdministratorClient(anyone, new StatementSigner(key), chain);
  }

  /** A key that is used once, for statements that anybody may sign. */
  public static AdministratorClient withFreshKey(GatewayClient anyone) {
    var seed = new byte[32];
    RANDOM.nextBytes(seed);
    return of(anyone, SigningKey.ed25519(seed));
  }

  /** Opens a session as well. */
  public static AdministratorClient signIn(GatewayClient anyone, SigningKey key) {
    var office = of(anyone, key);
    var challenge =
        anyone.post("/v1/administrators/challenges", new io.vertx.core.json.JsonObject());
    var login =
        office.statement(
            "administrator.login",
            JsonObject.builder()
                .put("audience", challenge.getString("audience"))
                .put("challenge", challenge.getString("challenge"))
                .build());
    var session =
        anyone.post(
            "/v1/administrators/sessions", new io.vertx.core.json.JsonObject().put("login", login));
    return new AdministratorClient(
        anyone.with(session.getString("token")), office.signer, office.chain);
  }

  /** The gateway as this caller sees it. */
  public GatewayClient gateway() {
    return gateway;
  }

  /** Signs an operation of the voting channel and waits until it is final. */
  public io.vertx.core.json.JsonObject send(Purpose purpose, JsonObject operation) {
    var answer =
        gateway.post(
            "/v1/votes/transactions",
            new io.vertx.core.json.JsonObject()
                .put("transaction", statement(purpose.toString(), operation)));
    if (!answer.getString("status").equals("final")) {
      throw new IllegalStateException("not final in time: " + answer.encode());
    }
    return answer;
  }

  private String statement(String purpose, JsonObject operation) {
    var id = new byte[16];
    RANDOM.nextBytes(id);
    return signer
        .sign(
            new Statement.Payload(
                chain,
                new StatementId(HexFormat.of().formatHex(id)),
                purpose,
                Instant.now().plus(VALIDITY).toEpochMilli(),
                operation))
        .text();
  }
}
