/** What we asked of the bank, compared with what the bank says happened. */
@NullMarked
package io.madang.payment.reconciliation;

import org.jspecify.annotations.NullMarked;
