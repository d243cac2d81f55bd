package io.madang.gateway.engine;

import io.madang.chain.ChainApplication.StateRow;
import io.madang.chain.Hash;
import java.util.List;

/**
 * What a durable block means to the tables of state and of transactions.
 *
 * @param transactions the hash of each transaction, in order
 * @param rows the state rows that it changed
 */
record BlockEffect(long height, List<Hash> transactions, List<StateRow> rows) {}
