/** Archives of elections as files. */
@NullMarked
package io.madang.gateway.archive;

import org.jspecify.annotations.NullMarked;
