/** The rules of money of one sale: pure, (state, event) to (state, actions). */
@NullMarked
package io.madang.vending.sale;

import org.jspecify.annotations.NullMarked;
