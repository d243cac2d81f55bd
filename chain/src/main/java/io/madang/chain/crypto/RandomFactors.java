package io.madang.chain.crypto;

/**
 * Where {@link Ed25519#verifyBatch} takes its random factors from: {@code secureRandom::nextBytes}.
 *
 * <p>It must be a cryptographically secure source that no signer can foresee. Whoever knows the
 * factors in advance can make false signatures whose errors cancel out in the sum, and the batch
 * would pass. The verdict itself does not depend on the factors otherwise, so replicas need not
 * share them.
 */
@FunctionalInterface
public interface RandomFactors {
  /** Fills the array with fresh random bytes. */
  void fill(byte[] bytes);
}
