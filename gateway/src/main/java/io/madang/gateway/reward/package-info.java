/** Rewards from programmes: surveys, taxes paid in time, whatever the fund's owner rewards. */
@NullMarked
package io.madang.gateway.reward;

import org.jspecify.annotations.NullMarked;
