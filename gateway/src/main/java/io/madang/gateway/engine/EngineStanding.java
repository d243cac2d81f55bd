package io.madang.gateway.engine;

import io.madang.chain.Hash;

/**
 * Where an engine stands.
 *
 * @param chain the chain's identifier
 * @param height the last durable height, 0 for none
 * @param timeMillis the time of that block, or of the genesis
 * @param stateHash the state hash after it
 * @param available whether transactions are taken now; false while the store cannot be reached
 */
public record EngineStanding(
    String chain, long height, long timeMillis, Hash stateHash, boolean available) {}
