/** A sample town on one machine: a shop, a shopper and a bank, and a run that drives them. */
@NullMarked
package io.madang.gateway.demo;

import org.jspecify.annotations.NullMarked;
