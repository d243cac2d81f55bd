package io.madang.chain;

import io.madang.chain.crypto.Ed25519;
import io.madang.chain.crypto.Ed25519PublicKey;
import io.madang.chain.crypto.P256;
import io.madang.chain.crypto.P256PublicKey;
import io.madang.chain.crypto.RandomFactors;
import io.madang.chain.crypto.SignedMessage;
import io.madang.chain.crypto.VerificationKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Verifies the signatures of transactions and of all statements nested in them, many at a time. The
 * only maker of {@link Verified}.
 *
 * <p>The verdict on a candidate is the same alone and in any company: it follows the one rule of
 * {@link Ed25519} and {@link P256}. An Ed25519 key that comes again is prepared and kept, which
 * makes its further verifications cheaper; the least recently used are forgotten.
 *
 * <p>Not thread-safe; each thread has its own.
 */
public final class SignatureVerifier {
  /**
   * How many signatures share one sum. Larger sums gain little, and one wrong signature costs its
   * whole sum a second look.
   */
  private static final int BATCH = 64;

  private final RandomFactors random;
  private final Map<PublicKey, Optional<VerificationKey>> ed25519Keys;

  /**
   * A verifier.
   *
   * @param random a cryptographically secure source
   * @param keptKeys how many Ed25519 keys to keep, at about 2 kB each; 0 keeps none
   */
  public SignatureVerifier(RandomFactors random, int keptKeys) {
    if (keptKeys < 0) {
      throw new IllegalArgumentException("a negative number of keys: " + keptKeys);
    }
    this.random = random;
    this.ed25519Keys =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(
              Map.Entry<PublicKey, Optional<VerificationKey>> eldest) {
            return size() > keptKeys;
          }
        };
  }

  /**
   * Verifies candidates together.
   *
   * @return a verdict for each, in order
   */
  public <T extends ChainApplication.Candidate> List<SignatureVerdict<T>> verify(
      List<T> candidates) {
    var statements = new ArrayList<Statement>(candidates.size());
    for (var candidate : candidates) {
      requireTransactionFirst(candidate);
      statements.addAll(candidate.statements());
    }
    boolean[] right = verifyStatements(statements);
    var verdicts = new ArrayList<SignatureVerdict<T>>(candidates.size());
    int next = 0;
    for (var candidate : candidates) {
      int end = next + candidate.statements().size();
      int at = next;
      while (at < end && right[at]) {
        at++;
      }
      verdicts.add(
          at == end
              ? new SignatureVerdict.Right<>(new Verified<>(candidate))
              : new SignatureVerdict.Wrong<>(candidate, statements.get(at)));
      next = end;
    }
    return verdicts;
  }

  /** Whether one statement that is no transaction, such as a login, has its signer's signature. */
  public boolean verifies(Statement statement) {
    return verifyStatements(List.of(statement))[0];
  }

  private static void requireTransactionFirst(ChainApplication.Candidate candidate) {
    var statements = candidate.statements();
    if (statements.isEmpty() || !statements.getFirst().equals(candidate.transaction())) {
      throw new IllegalArgumentException("a candidate's first statement is its transaction");
    }
  }

  private boolean[] verifyStatements(List<Statement> statements) {
    var right = new boolean[statements.size()];
    var batch = new ArrayList<SignedMessage>(Math.min(BATCH, right.length));
    var places = new int[BATCH];
    for (int i = 0; i < right.length; i++) {
      var statement = statements.get(i);
      switch (statement.signer().algorithm()) {
        case P256 -> right[i] = verifiesP256(statement);
        case ED25519 -> {
          var key = ed25519Key(statement.signer());
          if (key.isPresent()) {
            places[batch.size()] = i;
            batch.add(
                new SignedMessage(key.get(), statement.signingInput(), statement.signature()));
          }
        }
      }
      if (batch.size() == BATCH || i == right.length - 1) {
        var verdicts = Ed25519.verifyBatch(batch, random);
        for (int j = 0; j < verdicts.length; j++) {
          right[places[j]] = verdicts[j];
        }
        batch.clear();
      }
    }
    return right;
  }

  private static boolean verifiesP256(Statement statement) {
    return P256PublicKey.parse(statement.signer().bytes())
        .filter(key -> P256.verify(key, statement.signingInput(), statement.signature()))
        .isPresent();
  }

  /** The key to verify with; empty when it is no acceptable point. */
  private Optional<VerificationKey> ed25519Key(PublicKey signer) {
    var kept = ed25519Keys.get(signer);
    if (kept == null) {
      Optional<VerificationKey> fresh =
          Ed25519PublicKey.parse(signer.bytes()).map(VerificationKey.class::cast);
      ed25519Keys.put(signer, fresh);
      return fresh;
    }
    if (kept.isPresent() && kept.get() instanceof Ed25519PublicKey plain) {
      // Its second time: this signer is likely to come again, so preparing pays.
      Optional<VerificationKey> prepared = Optional.of(plain.prepare());
      ed25519Keys.put(signer, prepared);
      return prepared;
    }
    return kept;
  }
}
