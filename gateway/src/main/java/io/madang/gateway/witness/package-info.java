/** Remembers outside of the database how far the chain had come, so that a rollback is noticed. */
@NullMarked
package io.madang.gateway.witness;

import org.jspecify.annotations.NullMarked;
