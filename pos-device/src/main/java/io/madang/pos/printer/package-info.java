/** Korean receipts on ESC/POS printers. */
@NullMarked
package io.madang.pos.printer;

import org.jspecify.annotations.NullMarked;
