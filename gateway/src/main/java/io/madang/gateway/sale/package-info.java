/** Sales of a fixed stock, on a day when everybody comes at once. */
@NullMarked
package io.madang.gateway.sale;

import org.jspecify.annotations.NullMarked;
