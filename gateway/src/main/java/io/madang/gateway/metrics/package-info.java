/** What operators watch. */
@NullMarked
package io.madang.gateway.metrics;

import org.jspecify.annotations.NullMarked;
