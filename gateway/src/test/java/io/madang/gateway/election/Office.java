package io.madang.gateway.election;

import io.madang.chain.SigningKey;
import io.madang.chain.Statement;
import io.madang.chain.StatementId;
import io.madang.chain.StatementSigner;
import io.madang.chain.json.JsonObject;
import io.madang.gateway.Client;
import io.madang.gateway.Town;
import java.security.SecureRandom;
import java.util.HexFormat;

/** An administrator of elections, with the key on a stick and a session. */
public final class Office {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Town town;
  private final SigningKey key;

  Office(Town town, SigningKey key) {
    this.town = town;
    this.key = key;
  }

  /** The town's election office, signed in. */
  public static Client client(Town town) {
    var office = new Office(town, Town.key("election office"));
    var opened = office.open(office.login(office.challenge(), "administrator.login", Town.VOTES));
    return town.holder(opened.expect(201).json().getString("token"));
  }

  io.vertx.core.json.JsonObject challenge() {
    return town.anyone()
        .post("/v1/administrators/challenges", new io.vertx.core.json.JsonObject())
        .expect(201)
        .json();
  }

  String login(io.vertx.core.json.JsonObject challenge, String purpose, String chain) {
    return sign(
        purpose,
        chain,
        JsonObject.builder()
            .put("audience", challenge.getString("audience"))
            .put("challenge", challenge.getString("challenge"))
            .build());
  }

  /** Signs words with the office's key. */
  String sign(String purpose, String chain, JsonObject operation) {
    var id = new byte[16];
    RANDOM.nextBytes(id);
    return new StatementSigner(key)
        .sign(
            new Statement.Payload(
                chain,
                new StatementId(HexFormat.of().formatHex(id)),
                purpose,
                System.currentTimeMillis() + 60_000,
                operation))
        .text();
  }

  Client.Answer open(String login) {
    return town.anyone()
        .post(
            "/v1/administrators/sessions", new io.vertx.core.json.JsonObject().put("login", login));
  }
}
