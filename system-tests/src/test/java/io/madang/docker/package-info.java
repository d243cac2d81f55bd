/** What can be said about the image and the compose file without a container engine. */
@NullMarked
package io.madang.docker;

import org.jspecify.annotations.NullMarked;
