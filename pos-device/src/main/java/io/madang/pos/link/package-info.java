/** Frames between a till and its terminal, and the stop-and-wait link that carries them. */
@NullMarked
package io.madang.pos.link;

import org.jspecify.annotations.NullMarked;
