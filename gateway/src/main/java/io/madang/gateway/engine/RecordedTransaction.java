package io.madang.gateway.engine;

import io.madang.chain.ChainApplication.Position;
import io.madang.chain.Hash;
import io.madang.chain.Statement;
import io.madang.chain.TransactionResult;

/**
 * A transaction in a durable block.
 *
 * @param position its height and index
 * @param timeMillis the time of its block
 * @param hash the hash of its bytes
 * @param statement the transaction
 * @param result what it came to
 */
public record RecordedTransaction(
    Position position, long timeMillis, Hash hash, Statement statement, TransactionResult result) {}
