/** What a scanner at the till says, and that a scanned customer's code charges once. */
@NullMarked
package io.madang.pos.scanner;

import org.jspecify.annotations.NullMarked;
