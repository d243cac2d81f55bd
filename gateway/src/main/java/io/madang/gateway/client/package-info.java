/** The public API from outside: what a wallet, a till or a script does. */
@NullMarked
package io.madang.gateway.client;

import org.jspecify.annotations.NullMarked;
