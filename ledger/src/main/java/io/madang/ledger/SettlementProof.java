package io.madang.ledger;

import io.madang.chain.ChainApplication.Position;
import io.madang.chain.MerklePath;
import io.madang.chain.TransactionResult;

/**
 * Shows that a settlement was made: its result, and the Merkle path from there to the root of its
 * block's results.
 *
 * @param position where the settlement stands
 * @param path from the result to the root
 * @param result the settlement's result, with code 0
 * @param settlement what the result says
 */
public record SettlementProof(
    Position position, MerklePath path, TransactionResult result, Settlement settlement) {}
