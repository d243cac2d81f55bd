/** How the members and the parts of a gateway are, for its operators. */
@NullMarked
package io.madang.gateway.health;

import org.jspecify.annotations.NullMarked;
