@NullMarked
package io.madang.chain;

import org.jspecify.annotations.NullMarked;
