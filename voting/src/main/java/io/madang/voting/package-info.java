/** Elections by the Belenios protocol. */
@NullMarked
package io.madang.voting;

import org.jspecify.annotations.NullMarked;
