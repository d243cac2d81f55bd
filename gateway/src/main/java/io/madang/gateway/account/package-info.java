/** Accounts, merchants, aliases and what moved their coins. */
@NullMarked
package io.madang.gateway.account;

import org.jspecify.annotations.NullMarked;
