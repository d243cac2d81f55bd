/** Messages of ISO 8583:1987 as our link carries them. */
@NullMarked
package io.madang.pos.iso8583;

import org.jspecify.annotations.NullMarked;
