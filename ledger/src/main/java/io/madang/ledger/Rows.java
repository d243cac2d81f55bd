package io.madang.ledger;

import io.madang.chain.ChainApplication.Position;
import io.madang.chain.Hash;
import java.util.List;

/** The rows that no one outside of the ledger meets. */
final class Rows {
  private Rows() {}

  /** What the chain was begun with. */
  record Meta(String chain, long dayOffsetMillis) {}

  /**
   * What an account has of an asset, and what it spent on the last day it spent anything.
   *
   * @param account the slot of the account's row
   * @param asset the slot of the asset's row
   * @param spent saturates at {@link #MOST_SPENT}
   */
  record AccountBalance(int account, int asset, long available, long held, long day, long spent) {
    /** More than any limit, so that nothing is lost by counting no further. */
    static final long MOST_SPENT = Amount.MAX_MINOR_UNITS + 1;

    AccountBalance {
      Amount.requireValid(available);
      Amount.requireValid(held);
      if (spent < 0 || spent > MOST_SPENT) {
        throw new IllegalArgumentException("not a sum of payments: " + spent);
      }
    }

    static AccountBalance none(int account, int asset) {
      return new AccountBalance(account, asset, 0, 0, 0, 0);
    }

    long spentOn(long onDay) {
      return day == onDay ? spent : 0;
    }

    /** After money came in or went out. */
    AccountBalance plus(long change) {
      return new AccountBalance(account, asset, available + change, held, day, spent);
    }

    /** After spending on a day. */
    AccountBalance pay(long amount, long onDay) {
      return new AccountBalance(
          account, asset, available - amount, held, onDay, spentMore(amount, onDay));
    }

    /** After setting money aside on a day, which counts as spending. */
    AccountBalance hold(long amount, long onDay) {
      return new AccountBalance(
          account, asset, available - amount, held + amount, onDay, spentMore(amount, onDay));
    }

    /** After held money left for its payee. */
    AccountBalance capture(long amount) {
      return new AccountBalance(account, asset, available, held - amount, day, spent);
    }

    /** After held money came free; on the day it was set aside it was not spent after all. */
    AccountBalance free(long amount, long heldOnDay) {
      boolean givesBack = day == heldOnDay && spent < MOST_SPENT;
      return new AccountBalance(
          account,
          asset,
          available + amount,
          held - amount,
          day,
          givesBack ? spent - amount : spent);
    }

    private long spentMore(long amount, long onDay) {
      return Math.min(MOST_SPENT, spentOn(onDay) + amount);
    }
  }

  /** A bank reference that was used, once for each asset and direction. */
  record BankReference(int asset, boolean redeemed, String reference)
      implements Comparable<BankReference> {
    @Override
    public int compareTo(BankReference other) {
      int byText = reference.compareTo(other.reference);
      int byAsset = byText != 0 ? byText : Integer.compare(asset, other.asset);
      return byAsset != 0 ? byAsset : Boolean.compare(redeemed, other.redeemed);
    }
  }

  /**
   * An account's id for a statement. Comparable, so that chosen ids cannot slow a hash map down.
   */
  record UsedId(long accountHigh, long accountLow, long idHigh, long idLow)
      implements Comparable<UsedId> {
    @Override
    public int compareTo(UsedId other) {
      int order = Long.compare(idLow, other.idLow);
      order = order != 0 ? order : Long.compare(idHigh, other.idHigh);
      order = order != 0 ? order : Long.compare(accountLow, other.accountLow);
      return order != 0 ? order : Long.compare(accountHigh, other.accountHigh);
    }
  }

  /**
   * What an id was used for.
   *
   * @param statement the hash of the statement that used it
   * @param position where it took effect
   * @param data the result of the transaction
   */
  record Use(UsedId id, Hash statement, Position position, byte[] data) {}

  /**
   * All ids that were used in a block.
   *
   * @param lastValidUntilMillis after this block time, none of their statements is valid
   */
  record BlockUses(long height, long lastValidUntilMillis, List<Use> uses) {}

  /**
   * The results of the blocks of a group of consecutive heights, of those that made payments.
   *
   * @param group the height divided by {@link #HEIGHTS}
   * @param lastTimeMillis the time of the last of these blocks
   */
  record GroupResults(long group, long lastTimeMillis, List<BlockResults> blocks) {
    /** Heights in a group: enough to keep a block's part small, few enough for small rows. */
    static final int HEIGHTS = 64;

    GroupResults {
      blocks = List.copyOf(blocks);
    }
  }

  /**
   * The results of one block.
   *
   * @param total how many there are
   * @param root their Merkle root
   */
  record BlockResults(long height, int total, Hash root) {}

  /**
   * What was given back of a payment, or taken back of a settlement: that is its whole payout.
   *
   * @param amount what was paid
   * @param refunded the sum of all refunds
   */
  record Refunded(Position payment, long amount, long refunded) {
    Refunded {
      Amount.requireValid(amount);
      if (refunded < 1 || refunded > amount) {
        throw new IllegalArgumentException(
            "refunds of " + refunded + " for a payment of " + amount);
      }
    }
  }

  /**
   * What is known about an account.
   *
   * @param account the slot of the account's row
   */
  record Placed(int account, Attributes attributes) {}

  /**
   * The rules of an asset that hold or will hold.
   *
   * @param asset the slot of the asset's row
   * @param schedule ascending by their times; the first may hold already
   */
  record RulesOfAsset(int asset, List<ScheduledRules> schedule) {
    RulesOfAsset {
      schedule = List.copyOf(schedule);
    }

    /** Those that hold at a block time. */
    AssetRules at(long timeMillis) {
      var rules = AssetRules.NONE;
      for (var next : schedule) {
        if (next.fromMillis() <= timeMillis) {
          rules = next.rules();
        }
      }
      return rules;
    }
  }

  /**
   * What a programme gave a person.
   *
   * @param programme the slot of the programme's row
   * @param account the slot of the person's row
   * @param period the last period in which it gave anything
   * @param given what it gave in that period
   */
  record Usage(int programme, int account, long period, long given) {
    /** One number for a programme and a person. */
    static long key(int programme, int account) {
      return (long) programme << 32 | account;
    }

    Usage plus(long amount) {
      return new Usage(programme, account, period, given + amount);
    }
  }

  /**
   * How far a merchant is settled.
   *
   * @param account the slot of the merchant's row
   * @param asset the slot of the asset's row
   * @param day the last day that was settled
   * @param attempt the last attempt of that day
   * @param voided whether that attempt was voided
   * @param carried what the next settlement begins with, may be negative
   */
  record Settled(int account, int asset, long day, int attempt, boolean voided, long carried) {
    /** One number for a merchant and an asset. */
    static long key(int account, int asset) {
      return (long) asset << 32 | account;
    }

    /** After a payout of this merchant came back, be it the last one or an older one. */
    Settled voided(Settlement settlement) {
      boolean isLast = settlement.day() == day && settlement.attempt() == attempt;
      return new Settled(
          account,
          asset,
          day,
          attempt,
          voided || isLast,
          Math.addExact(carried, settlement.payout()));
    }
  }
}
