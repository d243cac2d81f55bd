/**
 * The two groups in which ballots are encrypted, and numbers modulo their order.
 *
 * <p><b>Time.</b> What is public (ballots, proofs, keys of others) is computed in variable time.
 * What is secret (a trustee's key, a voter's randomness and credential) goes only through methods
 * whose names say {@code secret} and through {@link io.madang.voting.group.Scalar}'s arithmetic:
 * there neither a branch nor an index depends on the value. Reading and writing decimal digits is
 * not covered: it happens to a secret only where its owner stores or loads it.
 */
@NullMarked
package io.madang.voting.group;

import org.jspecify.annotations.NullMarked;
