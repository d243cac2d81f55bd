/**
 * Audits a chain from its export alone. Written a second time on purpose: it shares no code with
 * the engine, the chain kernel or the ledger, so that a mistake in one of them does not hide
 * itself. What it needs it has here: a protobuf reader, Merkle trees, signatures of the JDK and of
 * BouncyCastle, and books in plain maps.
 */
@NullMarked
package io.madang.gateway.audit;

import org.jspecify.annotations.NullMarked;
