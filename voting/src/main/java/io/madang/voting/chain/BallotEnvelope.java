package io.madang.voting.chain;

import io.madang.chain.PublicKey;
import io.madang.chain.SigningKey;
import io.madang.chain.Statement;
import io.madang.chain.StatementId;
import io.madang.chain.StatementSigner;
import io.madang.chain.crypto.Sha256;
import io.madang.voting.ElectionId;
import io.madang.voting.Tracker;
import java.nio.charset.StandardCharsets;

/**
 * The transaction around a ballot. It follows from the ballot, the chain and the hour alone, so it
 * says nothing about who sent it, from where, through whom or exactly when: the id is the tracker's
 * first half, and the key's seed is a hash of the ballot. Anybody can therefore make the signature,
 * and it is worth nothing; what entitles to the ballot is the credential's signature inside.
 */
public final class BallotEnvelope {
  private static final long HOUR_MILLIS = 60L * 60 * 1_000;
  private static final int ID_DIGITS = 32;
  private static final byte[] SEED_TAG =
      "madang/ballot-envelope/v1\0".getBytes(StandardCharsets.US_ASCII);

  private BallotEnvelope() {}

  /**
   * Wraps a ballot.
   *
   * @param ballot as the voter's device made it; UTF-8
   * @param timeMillis about now; the envelope is valid to the end of the next full hour
   * @throws IllegalArgumentException when it does not fit into a statement
   */
  public static Statement wrap(String chain, ElectionId election, byte[] ballot, long timeMillis) {
    long validUntilMillis = (timeMillis / HOUR_MILLIS + 2) * HOUR_MILLIS;
    return new StatementSigner(key(ballot))
        .sign(
            new Statement.Payload(
                chain,
                id(ballot),
                Purpose.BALLOT.toString(),
                validUntilMillis,
                VotingOperations.cast(election, ballot)));
  }

  /** Whether all about a statement except its signature is as {@link #wrap} makes it. */
  static boolean isAround(Statement statement, byte[] ballot) {
    var payload = statement.payload();
    return payload.validUntilMillis() % HOUR_MILLIS == 0
        && payload.id().equals(id(ballot))
        && statement.signer().algorithm() == PublicKey.Algorithm.ED25519
        && statement.signer().equals(key(ballot).publicKey());
  }

  private static StatementId id(byte[] ballot) {
    return new StatementId(Tracker.of(ballot).hex().substring(0, ID_DIGITS));
  }

  private static SigningKey key(byte[] ballot) {
    var sha256 = Sha256.start();
    sha256.update(SEED_TAG);
    sha256.update(ballot);
    return SigningKey.ed25519(sha256.digest());
  }
}
