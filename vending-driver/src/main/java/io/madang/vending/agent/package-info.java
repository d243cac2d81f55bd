/** Ties line, dialogue, sale, journal and ledger together. */
@NullMarked
package io.madang.vending.agent;

import org.jspecify.annotations.NullMarked;
