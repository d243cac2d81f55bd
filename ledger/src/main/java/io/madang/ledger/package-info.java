@NullMarked
package io.madang.ledger;

import org.jspecify.annotations.NullMarked;
