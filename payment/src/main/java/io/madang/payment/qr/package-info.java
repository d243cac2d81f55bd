@NullMarked
package io.madang.payment.qr;

import org.jspecify.annotations.NullMarked;
