/** What a payment intent is and how it lives. */
@NullMarked
package io.madang.payment;

import org.jspecify.annotations.NullMarked;
