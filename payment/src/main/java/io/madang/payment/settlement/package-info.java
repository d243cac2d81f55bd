/** The daily settlement: which day a posting belongs to, what is due to whom, and what is paid. */
@NullMarked
package io.madang.payment.settlement;

import org.jspecify.annotations.NullMarked;
