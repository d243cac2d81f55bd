package io.madang.ledger;

/**
 * Rules of an asset with the block time from which they hold.
 *
 * @param version counts the rules that were ever set for the asset, from 1
 */
public record ScheduledRules(long version, long fromMillis, AssetRules rules) {}
