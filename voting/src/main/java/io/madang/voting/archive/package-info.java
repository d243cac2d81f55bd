/** The {@code .bel} archive: one election in one file that grows only at its end. */
@NullMarked
package io.madang.voting.archive;

import org.jspecify.annotations.NullMarked;
