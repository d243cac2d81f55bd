/** Who calls: sessions of wallets and administrators, keys of merchants and operators. */
@NullMarked
package io.madang.gateway.session;

import org.jspecify.annotations.NullMarked;
