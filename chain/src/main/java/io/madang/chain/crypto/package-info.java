/**
 * Signatures: one Ed25519 rule that every replica follows, and P-256 for secure elements and
 * passkeys.
 *
 * <p>{@link io.madang.chain.crypto.Ed25519} states the rule. Verification handles public data only
 * and runs in variable time; signing goes through BouncyCastle, which does not branch on secrets.
 */
@NullMarked
package io.madang.chain.crypto;

import org.jspecify.annotations.NullMarked;
