package io.madang.ledger;

/**
 * How far a merchant is settled in an asset.
 *
 * @param day the last day that was settled, in days since 1970-01-01
 * @param attempt the last attempt of that day
 * @param voided whether that attempt was voided, so that another may follow
 * @param carried minor units that the next settlement begins with; may be negative
 */
public record SettledUntil(long day, int attempt, boolean voided, long carried) {}
