/** From bytes in any fragments to lines: total, in bounded memory. */
@NullMarked
package io.madang.serial.framing;

import org.jspecify.annotations.NullMarked;
