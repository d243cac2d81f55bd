/** What is on the chain, for everybody. */
@NullMarked
package io.madang.gateway.explorer;

import org.jspecify.annotations.NullMarked;
