/** Devices for those who have none: they speak as the real ones do, byte for byte. */
@NullMarked
package io.madang.pos.simulator;

import org.jspecify.annotations.NullMarked;
