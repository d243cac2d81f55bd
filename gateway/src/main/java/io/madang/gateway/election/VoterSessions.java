package io.madang.gateway.election;

import io.madang.gateway.http.Caller;
import io.madang.gateway.http.Callers;
import io.madang.gateway.secret.MasterSecret;
import io.madang.voting.ElectionId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/**
 * Sessions of voters, kept by the voters alone: a token is what it says, sealed. Nothing is stored,
 * because a row written at a sign-in would tell when somebody voted.
 */
final class VoterSessions implements Callers {
  /** How their tokens begin. */
  static final String PREFIX = "vs_";

  private static final Duration LIFE = Duration.ofHours(1);
  private static final int MAX_LENGTH = 2_000;
  private static final String USE = "voter session";

  private final MasterSecret secret;
  private final Clock clock;

  VoterSessions(MasterSecret secret, Clock clock) {
    this.secret = secret;
    this.clock = clock;
  }

  /** A session that was opened. */
  record Opened(String token, long expiresMillis) {}

  Opened open(ElectionId election, String voter) {
    long expires = clock.millis() + LIFE.toMillis();
    var words =
        new JsonObject()
            .put("election", election.text())
            .put("voter", voter)
            .put("expires", expires)
            .encode();
    byte[] sealed = secret.seal(USE, words.getBytes(StandardCharsets.UTF_8));
    return new Opened(
        PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(sealed), expires);
  }

  @Override
  public Future<Optional<Caller>> byToken(String token) {
    return Future.succeededFuture(read(token));
  }

  private Optional<Caller> read(String token) {
    if (token.length() > MAX_LENGTH) return Optional.empty();
    try {
      byte[] sealed = Base64.getUrlDecoder().decode(token.substring(PREFIX.length()));
      var words = new JsonObject(new String(secret.open(USE, sealed), StandardCharsets.UTF_8));
      return words.getLong("expires") < clock.millis()
          ? Optional.empty()
          : Optional.of(
              new Caller.Voter(
                  new ElectionId(words.getString("election")), words.getString("voter")));
    } catch (IllegalArgumentException | IllegalStateException notOurs) {
      return Optional.empty();
    }
  }
}
