/** A user's day from start to end, through the running product. */
@NullMarked
package io.madang.stories;

import org.jspecify.annotations.NullMarked;
