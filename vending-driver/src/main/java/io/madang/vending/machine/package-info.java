/** What a machine and a cashless reader say to each other, whatever cable carries it. */
@NullMarked
package io.madang.vending.machine;

import org.jspecify.annotations.NullMarked;
