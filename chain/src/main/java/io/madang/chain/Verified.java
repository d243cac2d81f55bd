package io.madang.chain;

/**
 * A transaction whose signature, and the signature of every statement nested in it, was found
 * right. Only the verifier of this package makes one, so holding one is the proof.
 *
 * @param <T> the application's own reading of the transaction
 */
public final class Verified<T extends ChainApplication.Candidate> {
  private final T candidate;

  Verified(T candidate) {
    this.candidate = candidate;
  }

  /** The transaction that was verified. */
  public T candidate() {
    return candidate;
  }
}
