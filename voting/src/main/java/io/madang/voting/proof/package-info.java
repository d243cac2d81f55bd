/**
 * ElGamal ciphertexts and the zero-knowledge proofs of the protocol. Every proof is a challenge and
 * a response in which response = w - secret * challenge, and the challenge is the hash of the whole
 * statement with its commitments (strong Fiat-Shamir): a verifier computes the commitments again
 * and compares the hash.
 */
@NullMarked
package io.madang.voting.proof;

import org.jspecify.annotations.NullMarked;
