/** Measures the running gateway against yardsticks in the same session. */
@NullMarked
package io.madang.bench;

import org.jspecify.annotations.NullMarked;
