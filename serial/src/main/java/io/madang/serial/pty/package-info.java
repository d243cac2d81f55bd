/** Pseudo-terminals: what a simulated device holds while a driver opens the other end. */
@NullMarked
package io.madang.serial.pty;

import org.jspecify.annotations.NullMarked;
