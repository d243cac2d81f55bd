package io.madang.gateway.engine;

import io.madang.chain.PublicKey;

/**
 * One who signs blocks.
 *
 * @param name for people
 * @param key an Ed25519 key
 * @param power its weight, at least 1
 */
public record Member(String name, PublicKey key, long power) {}
