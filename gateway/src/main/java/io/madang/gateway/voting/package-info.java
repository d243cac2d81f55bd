/** Elections over HTTP: the board, casting, the archive. */
@NullMarked
package io.madang.gateway.voting;

import org.jspecify.annotations.NullMarked;
