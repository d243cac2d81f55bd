/** What survives a power cut. */
@NullMarked
package io.madang.pos.journal;

import org.jspecify.annotations.NullMarked;
