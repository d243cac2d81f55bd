/** The board: one election from its opening to its result, and every rule of what may follow. */
@NullMarked
package io.madang.voting.board;

import org.jspecify.annotations.NullMarked;
