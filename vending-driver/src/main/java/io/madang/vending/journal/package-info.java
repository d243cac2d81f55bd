/** What was decided, on disk before it is done. */
@NullMarked
package io.madang.vending.journal;

import org.jspecify.annotations.NullMarked;
