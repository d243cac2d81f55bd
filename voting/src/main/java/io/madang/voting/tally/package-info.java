/** From ballots to the result: the encrypted tally, its decryption, and the counts. */
@NullMarked
package io.madang.voting.tally;

import org.jspecify.annotations.NullMarked;
