/** Coins against deposits, with the signatures of several people. */
@NullMarked
package io.madang.gateway.issuance;

import org.jspecify.annotations.NullMarked;
