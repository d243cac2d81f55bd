/** Payments from intent to refund, and their codes. */
@NullMarked
package io.madang.gateway.payment;

import org.jspecify.annotations.NullMarked;
