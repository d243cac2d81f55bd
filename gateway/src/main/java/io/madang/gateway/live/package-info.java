/** News as it happens. */
@NullMarked
package io.madang.gateway.live;

import org.jspecify.annotations.NullMarked;
