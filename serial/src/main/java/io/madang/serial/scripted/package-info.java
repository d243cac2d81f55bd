/** A line without a device, for tests and simulations on a made-up clock. */
@NullMarked
package io.madang.serial.scripted;

import org.jspecify.annotations.NullMarked;
