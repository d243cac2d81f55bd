/** A vending machine controller to try and test the agent with. */
@NullMarked
package io.madang.vending.simulator;

import org.jspecify.annotations.NullMarked;
