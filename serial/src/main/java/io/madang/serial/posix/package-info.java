/** The few calls of libc that jssc does not offer. */
@NullMarked
package io.madang.serial.posix;

import org.jspecify.annotations.NullMarked;
