/**
 * The daily settlement at work: runs, approvals, the bank's folder, and what merchants see of it.
 */
@NullMarked
package io.madang.gateway.settlement;

import org.jspecify.annotations.NullMarked;
