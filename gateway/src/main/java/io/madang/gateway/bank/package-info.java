/** Coins for deposits: the bank's side and ours. */
@NullMarked
package io.madang.gateway.bank;

import org.jspecify.annotations.NullMarked;
