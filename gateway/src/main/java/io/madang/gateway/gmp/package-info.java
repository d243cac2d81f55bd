/** The GNU multiple precision library as an optional accelerator. */
@NullMarked
package io.madang.gateway.gmp;

import org.jspecify.annotations.NullMarked;
