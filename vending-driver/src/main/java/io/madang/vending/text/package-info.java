/** The adapter that speaks MDB to the machine and lines of text to us. */
@NullMarked
package io.madang.vending.text;

import org.jspecify.annotations.NullMarked;
