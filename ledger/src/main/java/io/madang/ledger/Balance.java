package io.madang.ledger;

/**
 * What an account has of one asset, in minor units.
 *
 * @param available what it can spend
 * @param held what open holds keep for their payees
 */
public record Balance(AssetCode asset, long available, long held) {}
