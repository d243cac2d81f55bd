package io.madang.chain;

/**
 * What {@link SignatureVerifier} finds of a candidate.
 *
 * @param <T> the application's own reading of the transaction
 */
public sealed interface SignatureVerdict<T extends ChainApplication.Candidate> {
  /** Every signature is right. */
  record Right<T extends ChainApplication.Candidate>(Verified<T> verified)
      implements SignatureVerdict<T> {}

  /**
   * Some signature is wrong. The same bytes never become right, so a retry cannot help.
   *
   * @param statement the first statement whose signature is not its signer's, or whose signer is no
   *     acceptable key
   */
  record Wrong<T extends ChainApplication.Candidate>(T candidate, Statement statement)
      implements SignatureVerdict<T> {}
}
