package io.madang.gateway.engine;

import io.madang.chain.Hash;

/**
 * A durable block in a few words.
 *
 * @param height from 1
 * @param timeMillis its time; strictly increases with the height
 * @param hash the hash of its header
 * @param stateHash the state hash after it
 * @param transactions how many it holds
 */
public record BlockSummary(
    long height, long timeMillis, Hash hash, Hash stateHash, int transactions) {}
