package io.madang.gateway.engine;

import io.madang.chain.Hash;
import java.util.List;

/**
 * A durable block.
 *
 * @param height from 1
 * @param timeMillis its time; strictly increases with the height
 * @param hash the hash of its header
 * @param header the protobuf {@code Header}
 * @param commit the protobuf {@code Commit} that its members signed
 * @param transactions in order
 */
public record RecordedBlock(
    long height,
    long timeMillis,
    Hash hash,
    byte[] header,
    byte[] commit,
    List<RecordedTransaction> transactions) {}
