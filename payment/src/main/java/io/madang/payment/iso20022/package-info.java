/**
 * The bank's files: pain.001.001.09 written, pain.002.001.10 and camt.053/054.001.08 read (ISO
 * 20022). Bytes in, values out, and the other way round; nothing here opens a file or a connection.
 */
@NullMarked
package io.madang.payment.iso20022;

import org.jspecify.annotations.NullMarked;
