/**
 * Canonical JSON: the one byte form of what is signed, stored and hashed (RFC 8785, restricted).
 */
@NullMarked
package io.madang.chain.json;

import org.jspecify.annotations.NullMarked;
