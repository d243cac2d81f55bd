/** Purchases, reversals and the day's totals between a till and its terminal: pure machines. */
@NullMarked
package io.madang.pos.terminal;

import org.jspecify.annotations.NullMarked;
