package io.madang.payment.settlement;

/**
 * One line of a merchant's statement.
 *
 * @param index its place among the merchant's postings of the day, from 0: its leaf in the tree
 * @param fee what it cost, negative when a fee is given back
 */
public record StatementLine(Posting posting, long index, long fee) {}
