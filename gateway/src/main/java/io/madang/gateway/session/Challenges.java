package io.madang.gateway.session;

import io.madang.gateway.database.Sql;
import io.madang.gateway.secret.MasterSecret;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Words that a login signs. They are recognised by their own seal, so nothing is stored for those
 * who only ask; used ones are stored, so that none is used twice.
 */
final class Challenges {
  private static final Duration LIFE = Duration.ofMinutes(2);
  private static final int NONCE_LENGTH = 16;
  private static final int SEAL_LENGTH = 32;

  private final Sql sql;
  private final MasterSecret secret;
  private final Clock clock;

  Challenges(Sql sql, MasterSecret secret, Clock clock) {
    this.sql = sql;
    this.secret = secret;
    this.clock = clock;
  }

  /** Words to sign. */
  record Challenge(String text, long expiresMillis) {}

  /** What is stored of a challenge that was used. */
  record Use(byte[] hash, long expiresMillis) {}

  Challenge create() {
    long expires = clock.millis() + LIFE.toMillis();
    byte[] words =
        ByteBuffer.allocate(Long.BYTES + NONCE_LENGTH)
            .putLong(expires)
            .put(MasterSecret.random(NONCE_LENGTH))
            .array();
    byte[] seal = secret.hash("challenge", words);
    byte[] whole = ByteBuffer.allocate(words.length + seal.length).put(words).put(seal).array();
    return new Challenge(Base64.getUrlEncoder().withoutPadding().encodeToString(whole), expires);
  }

  /** The use of a challenge, if it is one of ours that has not expired. */
  Optional<Use> useOf(String challenge) {
    return expiry(challenge)
        .filter(expires -> expires >= clock.millis())
        .map(expires -> new Use(secret.hash("used challenge", challenge), expires));
  }

  /** A use that stands for none, for those who are refused after the same steps. */
  Use useOfNone() {
    return new Use(MasterSecret.random(32), clock.millis() + LIFE.toMillis());
  }

  private Optional<Long> expiry(String challenge) {
    byte[] whole;
    try {
      whole = Base64.getUrlDecoder().decode(challenge);
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
    int length = Long.BYTES + NONCE_LENGTH;
    if (whole.length != length + SEAL_LENGTH) return Optional.empty();
    byte[] words = Arrays.copyOf(whole, length);
    byte[] seal = Arrays.copyOfRange(whole, length, whole.length);
    return MessageDigest.isEqual(seal, secret.hash("challenge", words))
        ? Optional.of(ByteBuffer.wrap(words).getLong())
        : Optional.empty();
  }

  /** Marks a challenge as used; false when it was. */
  Future<Boolean> use(Use use) {
    return sql.run(
            "INSERT INTO ops.used_challenge (hash, expires_at) VALUES ($1, $2)"
                + " ON CONFLICT DO NOTHING",
            Buffer.buffer(use.hash()),
            Instant.ofEpochMilli(use.expiresMillis()).atOffset(ZoneOffset.UTC))
        .map(rows -> rows.rowCount() == 1);
  }
}
