package io.madang.ledger;

import io.madang.chain.ChainApplication.Position;
import io.madang.chain.Hash;
import io.madang.chain.MerkleTree;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What is settled with one merchant for one day and one asset. All sums are minor units of the
 * asset; {@code net} and {@code carried} may be negative.
 *
 * <p>The ledger knows what it carried for the merchant from the settlement before. What adds up is:
 * carried before + net = charges + payout + carried. It does not look at the postings themselves:
 * {@code root} and {@code count} let anybody who has them check that none was left out.
 *
 * @param day days since 1970-01-01 in the chain's own offset ({@code dayOffsetMillis})
 * @param attempt 1, and one more after each attempt that was voided
 * @param run what the operator calls the run, for people: a reference
 * @param count how many postings it covers
 * @param root the Merkle root (RFC 6962) of {@link #leaf} for every posting, in chain order
 * @param net the sum of the postings: what the merchant's balance changed by on that day
 * @param charges what goes to the operator who settles; negative when the operator gives back
 * @param payout what is redeemed and paid to the merchant's bank account
 * @param carried what is left for the next settlement
 */
public record Settlement(
    AccountId merchant,
    AssetCode asset,
    long day,
    int attempt,
    String run,
    long count,
    Hash root,
    long net,
    long charges,
    long payout,
    long carried) {
  /** The last day that can be settled: 9999-12-31. */
  public static final long MAX_DAY = 2_932_896;

  /** More attempts than any bank will see. */
  public static final int MAX_ATTEMPT = 1_000;

  /** The root of no postings. */
  public static final Hash NO_POSTINGS = MerkleTree.rootOf(List.of());

  public Settlement {
    if (day < 0 || day > MAX_DAY) {
      throw new IllegalArgumentException("not a day: " + day);
    }
    if (attempt < 1 || attempt > MAX_ATTEMPT) {
      throw new IllegalArgumentException("not an attempt: " + attempt);
    }
    if (!TextForms.isReference(run)) {
      throw new IllegalArgumentException("a run is named by a reference");
    }
    Amount.requireValid(count);
    Amount.requireValid(Math.absExact(net));
    Amount.requireValid(Math.absExact(charges));
    Amount.requireValid(payout);
    Amount.requireValid(Math.absExact(carried));
  }

  /**
   * What the tree of postings has for one of them: its position, a space and the signed change of
   * the merchant's balance in minor units, in ASCII, such as {@code 1042.7 -345}.
   */
  public static byte[] leaf(Position position, long change) {
    return (position + " " + change).getBytes(StandardCharsets.US_ASCII);
  }

  /** Whether it covers nothing: then there is nothing to sum up either. */
  boolean isOfNoPostings() {
    return count == 0 && net == 0 && root.equals(NO_POSTINGS);
  }
}
