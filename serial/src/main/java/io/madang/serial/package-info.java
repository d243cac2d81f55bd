/** One serial line: opened by name, never blocking, back by itself after it was unplugged. */
@NullMarked
package io.madang.serial;

import org.jspecify.annotations.NullMarked;
