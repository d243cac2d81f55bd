package io.madang.ledger;

import java.util.List;
import java.util.Optional;

/**
 * What holds for an asset of kind point or voucher beside what holds for every asset. The approvers
 * of the asset set it, with effect from a block time.
 *
 * @param expiresMillis the first block time at which it is spent no more; {@link #NEVER} if none
 * @param expiredTo the account of an issuer or a system that gets what expired; empty exactly when
 *     nothing expires
 * @param categories the merchant categories (ISO 18245, four digits) that take it, ascending; empty
 *     when every merchant does
 * @param regions the regions that take it, ascending; empty when it is taken everywhere
 * @param gifts whether persons may pass it on to persons
 * @param perPayment the most that a payment, or a hold, may have of it
 * @param perDay the most that a payer may spend of it on a day of the chain
 * @param holdingCap the most that a person may have of it, held amounts included; caps are {@link
 *     Limits#UNLIMITED} when there is none
 * @param forWon whether merchants are paid won for it when their day is settled
 */
public record AssetRules(
    long expiresMillis,
    Optional<AccountId> expiredTo,
    List<String> categories,
    List<String> regions,
    boolean gifts,
    long perPayment,
    long perDay,
    long holdingCap,
    boolean forWon) {
  /** The expiry of what does not expire. */
  public static final long NEVER = Long.MAX_VALUE;

  /** The most categories, and the most regions. */
  public static final int MOST_PLACES = 100;

  /** How long expired amounts stay where they are: as long as payments with them can come back. */
  public static final long COLLECTED_AFTER_MILLIS = State.REFUNDABLE_MILLIS;

  /** What holds for an asset without rules. */
  static final AssetRules NONE =
      new AssetRules(
          NEVER,
          Optional.empty(),
          List.of(),
          List.of(),
          true,
          Limits.UNLIMITED,
          Limits.UNLIMITED,
          Limits.UNLIMITED,
          true);

  public AssetRules {
    categories = List.copyOf(categories);
    regions = List.copyOf(regions);
    if ((expiresMillis == NEVER) != expiredTo.isEmpty()) {
      throw new IllegalArgumentException("what expires goes to an account, and only that");
    }
    if (expiresMillis < 0) {
      throw new IllegalArgumentException("not a time: " + expiresMillis);
    }
    requirePlaces(categories);
    requirePlaces(regions);
    requireCap(perPayment);
    requireCap(perDay);
    requireCap(holdingCap);
  }

  private static void requirePlaces(List<String> places) {
    if (places.size() > MOST_PLACES || !TextForms.isAscending(places)) {
      throw new IllegalArgumentException("must ascend, each once, at most " + MOST_PLACES);
    }
  }

  private static void requireCap(long cap) {
    if (cap != Limits.UNLIMITED) {
      Amount.requireValid(cap);
    }
  }

  /** Whether it can be spent no more at this block time. */
  public boolean isExpired(long timeMillis) {
    return timeMillis >= expiresMillis;
  }

  /** The tighter ones of an account's own limits and these. */
  Limits within(Limits own) {
    return new Limits(
        Math.min(own.perPayment(), perPayment), Math.min(own.perDay(), perDay), own.heldAtOnce());
  }
}
