/** Ballots: making, reading and checking one. */
@NullMarked
package io.madang.voting.ballot;

import org.jspecify.annotations.NullMarked;
