/** The engine as the gateway sees it, and the embedded engine behind it. */
@NullMarked
package io.madang.gateway.engine;

import org.jspecify.annotations.NullMarked;
