/** Runs the machines on real lines. */
@NullMarked
package io.madang.pos.agent;

import org.jspecify.annotations.NullMarked;
