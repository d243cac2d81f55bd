/** MDB/ICP 4.2 cashless device, peripheral side, over raw nine-bit words. */
@NullMarked
package io.madang.vending.mdb;

import org.jspecify.annotations.NullMarked;
