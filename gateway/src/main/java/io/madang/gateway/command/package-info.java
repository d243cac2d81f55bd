/** The command line: what {@code ./madang} hands over to. */
@NullMarked
package io.madang.gateway.command;

import org.jspecify.annotations.NullMarked;
