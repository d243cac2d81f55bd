package io.madang.ledger;

import io.madang.chain.Statement;

/**
 * A statement that stands inside a transaction, signed by someone in its own right.
 *
 * @param statement the statement, as it came
 * @param words what was read from it
 */
public record Nested<W>(Statement statement, W words) {}
