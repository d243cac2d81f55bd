package io.madang.ledger;

import io.madang.chain.ChainApplication.Position;
import io.madang.chain.PublicKey;
import io.madang.ledger.Rows.AccountBalance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the committed state of a {@link Ledger}.
 *
 * <p>Confined like the ledger itself: call it only where the ledger's own methods may be called,
 * one at a time. The answers are immutable and may go to any thread; two calls with no commit
 * between them see the same state.
 */
public final class LedgerView {
  private final StateView state;

  LedgerView(State state) {
    this.state = StateView.ofCommitted(state);
  }

  /** The account of this id. */
  public Optional<Account> account(AccountId id) {
    int slot = state.accountSlot(id);
    return slot == StateView.NONE ? Optional.empty() : Optional.of(state.account(slot));
  }

  /** The account that a key belongs to, be the key live, revoked or expired. */
  public Optional<Account> accountOf(PublicKey key) {
    int slot = state.accountSlotOf(key);
    return slot == StateView.NONE ? Optional.empty() : Optional.of(state.account(slot));
  }

  /** What an account has of an asset; nothing when there is no such account or asset. */
  public Balance balance(AccountId id, AssetCode asset) {
    int accountSlot = state.accountSlot(id);
    int assetSlot = state.assetSlot(asset);
    if (accountSlot == StateView.NONE || assetSlot == StateView.NONE) {
      return new Balance(asset, 0, 0);
    }
    return balance(asset, state.balance(accountSlot, assetSlot));
  }

  private static Balance balance(AssetCode asset, AccountBalance row) {
    return new Balance(asset, row.available(), row.held());
  }

  /** What an account has of every asset, in the assets' order; nothing for an unknown account. */
  public List<Balance> balances(AccountId id) {
    int accountSlot = state.accountSlot(id);
    var balances = new ArrayList<Balance>();
    if (accountSlot != StateView.NONE) {
      for (int slot = 0; slot < state.assetCount(); slot++) {
        balances.add(balance(state.asset(slot).code(), state.balance(accountSlot, slot)));
      }
    }
    return balances;
  }

  /**
   * What the account spent of an asset on the day of the chain of this time, as limits count it.
   */
  public long spent(AccountId id, AssetCode asset, long timeMillis) {
    int accountSlot = state.accountSlot(id);
    int assetSlot = state.assetSlot(asset);
    if (accountSlot == StateView.NONE || assetSlot == StateView.NONE) {
      return 0;
    }
    return state.balance(accountSlot, assetSlot).spentOn(state.day(timeMillis));
  }

  /** The asset of this code. */
  public Optional<Asset> asset(AssetCode code) {
    int slot = state.assetSlot(code);
    return slot == StateView.NONE ? Optional.empty() : Optional.of(state.asset(slot));
  }

  /** Every asset, in the order of the genesis document. */
  public List<Asset> assets() {
    var assets = new ArrayList<Asset>();
    for (int slot = 0; slot < state.assetCount(); slot++) {
      assets.add(state.asset(slot));
    }
    return assets;
  }

  /** The open hold of this position. */
  public Optional<Hold> hold(Position position) {
    int slot = state.holdSlot(position);
    return slot == StateView.NONE ? Optional.empty() : Optional.of(state.hold(slot));
  }

  /** The sum of what was given back of a payment, in minor units. */
  public long refunded(Position payment) {
    int slot = state.refundSlot(payment);
    return slot == StateView.NONE ? 0 : state.refunded(slot).refunded();
  }

  /** How far a merchant is settled in an asset; empty before the first settlement. */
  public Optional<SettledUntil> settledUntil(AccountId merchant, AssetCode asset) {
    int accountSlot = state.accountSlot(merchant);
    int assetSlot = state.assetSlot(asset);
    if (accountSlot == StateView.NONE || assetSlot == StateView.NONE) {
      return Optional.empty();
    }
    int slot = state.settledSlot(accountSlot, assetSlot);
    if (slot == StateView.NONE) {
      return Optional.empty();
    }
    var row = state.settled(slot);
    return Optional.of(new SettledUntil(row.day(), row.attempt(), row.voided(), row.carried()));
  }

  /** What the operators say about an account; nothing about an unknown one. */
  public Attributes attributes(AccountId id) {
    int slot = state.accountSlot(id);
    return slot == StateView.NONE ? Attributes.NONE : state.attributes(slot);
  }

  /**
   * The rules of an asset, ascending by the times from which they hold; the first may hold already.
   * Empty when none were set.
   */
  public List<ScheduledRules> rules(AssetCode asset) {
    int assetSlot = state.assetSlot(asset);
    int slot = assetSlot == StateView.NONE ? StateView.NONE : state.rulesSlot(assetSlot);
    return slot == StateView.NONE ? List.of() : state.rules(slot).schedule();
  }

  /** The programme of this code. */
  public Optional<Programme> programme(ProgrammeCode code) {
    int slot = state.programmeSlot(code);
    return slot == StateView.NONE ? Optional.empty() : Optional.of(state.programme(slot));
  }

  /** Every programme, the oldest first. */
  public List<Programme> programmes() {
    var programmes = new ArrayList<Programme>();
    for (int slot = 0; slot < state.programmeCount(); slot++) {
      programmes.add(state.programme(slot));
    }
    return programmes;
  }

  /**
   * Persons who have something of an asset available, ascending; of an asset that has expired,
   * those from whom it can be collected. Walks over all balances, so it is for operators only.
   *
   * @param most at most so many
   */
  public List<AccountId> personsWith(AssetCode asset, int most) {
    int assetSlot = state.assetSlot(asset);
    return assetSlot == StateView.NONE ? List.of() : state.personsWith(assetSlot, most);
  }

  /** What a programme gave an account in the period of a block time, in minor units. */
  public long given(ProgrammeCode code, AccountId id, long timeMillis) {
    int programmeSlot = state.programmeSlot(code);
    int accountSlot = state.accountSlot(id);
    if (programmeSlot == StateView.NONE || accountSlot == StateView.NONE) {
      return 0;
    }
    int slot = state.usageSlot(programmeSlot, accountSlot);
    if (slot == StateView.NONE) {
      return 0;
    }
    long period = state.programme(programmeSlot).at(timeMillis).period(state.day(timeMillis));
    var usage = state.usage(slot);
    return usage.period() == period ? usage.given() : 0;
  }

  /**
   * Everybody to whom a programme ever gave something, in no particular order; looks through all
   * that programmes gave.
   */
  public List<Account> receivers(ProgrammeCode code) {
    int programmeSlot = state.programmeSlot(code);
    var accounts = new ArrayList<Account>();
    if (programmeSlot != StateView.NONE) {
      for (int slot = 0; slot < state.usageCount(); slot++) {
        var usage = state.usage(slot);
        if (usage.programme() == programmeSlot) {
          accounts.add(state.account(usage.account()));
        }
      }
    }
    return accounts;
  }
}
