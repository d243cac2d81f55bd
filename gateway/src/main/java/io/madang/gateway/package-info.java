/** The gateway: everything put together. */
@NullMarked
package io.madang.gateway;

import org.jspecify.annotations.NullMarked;
