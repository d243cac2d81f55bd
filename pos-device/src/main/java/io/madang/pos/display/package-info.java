/** What the customer sees at the till. */
@NullMarked
package io.madang.pos.display;

import org.jspecify.annotations.NullMarked;
