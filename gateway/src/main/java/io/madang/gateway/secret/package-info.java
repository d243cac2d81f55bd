/** Keys derived from the one master secret, and what they seal. */
@NullMarked
package io.madang.gateway.secret;

import org.jspecify.annotations.NullMarked;
