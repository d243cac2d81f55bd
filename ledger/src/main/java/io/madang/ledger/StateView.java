package io.madang.ledger;

import io.madang.chain.ChainApplication.Position;
import io.madang.chain.MerklePath;
import io.madang.chain.PublicKey;
import io.madang.chain.TransactionResult;
import io.madang.chain.state.Index;
import io.madang.chain.state.Table;
import io.madang.ledger.Rows.AccountBalance;
import io.madang.ledger.Rows.BankReference;
import io.madang.ledger.Rows.BlockResults;
import io.madang.ledger.Rows.GroupResults;
import io.madang.ledger.Rows.Refunded;
import io.madang.ledger.Rows.RulesOfAsset;
import io.madang.ledger.Rows.Settled;
import io.madang.ledger.Rows.Usage;
import io.madang.ledger.Rows.Use;
import io.madang.ledger.Rows.UsedId;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the state: as the block in work sees it, or as it was committed. */
final class StateView {
  /** What is found in no table. */
  static final int NONE = -1;

  private static final long DAY_MILLIS = 24L * 60 * 60 * 1_000;
  private static final long NOTHING_EXPIRED = Long.MIN_VALUE;

  private final State state;
  private final boolean pending;
  private final long expiredByMillis;

  private StateView(State state, boolean pending, long expiredByMillis) {
    this.state = state;
    this.pending = pending;
    this.expiredByMillis = expiredByMillis;
  }

  /** What the block in work sees. */
  static StateView ofPending(State state) {
    return new StateView(state, true, NOTHING_EXPIRED);
  }

  /** What was committed. */
  static StateView ofCommitted(State state) {
    return new StateView(state, false, NOTHING_EXPIRED);
  }

  /**
   * What a block at this time would find: the committed state without the holds that end by then.
   */
  static StateView ofCommittedAt(State state, long timeMillis) {
    return new StateView(state, false, timeMillis);
  }

  private <R> @Nullable R row(Table<R> table, int slot) {
    return pending ? table.pending(slot) : table.committed(slot);
  }

  private <R> R existing(Table<R> table, int slot) {
    R row = row(table, slot);
    if (row == null) {
      throw new IllegalStateException("no row in slot " + slot + " of table " + table.number());
    }
    return row;
  }

  private <K, V> @Nullable V find(Index<K, V> index, K key) {
    return pending ? index.find(key) : index.committed(key);
  }

  private <K> int slot(Index<K, Integer> index, K key) {
    Integer slot = find(index, key);
    return slot == null ? NONE : slot;
  }

  /** The chain that this is the state of. */
  String chain() {
    return existing(state.meta, 0).chain();
  }

  /** The day of the chain at this block time: days begin at midnight of the chain's own offset. */
  long day(long timeMillis) {
    return Math.floorDiv(timeMillis + existing(state.meta, 0).dayOffsetMillis(), DAY_MILLIS);
  }

  int assetCount() {
    return state.assets.committedSize();
  }

  int accountSlot(AccountId id) {
    return slot(state.accountSlots, id);
  }

  int accountSlotOf(PublicKey key) {
    return slot(state.keyAccounts, key);
  }

  Account account(int slot) {
    return existing(state.accounts, slot);
  }

  int assetSlot(AssetCode code) {
    return slot(state.assetSlots, code);
  }

  Asset asset(int slot) {
    return existing(state.assets, slot);
  }

  AccountBalance balance(int account, int asset) {
    int slot = state.balanceSlot(account, asset);
    var row = slot == NONE ? null : row(state.balances, slot);
    if (row == null) {
      return AccountBalance.none(account, asset);
    }
    return row.held() > 0 && expiredByMillis != NOTHING_EXPIRED ? withoutExpiredHolds(row) : row;
  }

  private AccountBalance withoutExpiredHolds(AccountBalance row) {
    var payer = account(row.account()).id();
    var code = asset(row.asset()).code();
    var balance = row;
    for (int slot : state.holdEnds.until(expiredByMillis)) {
      var hold = existing(state.holds, slot);
      if (hold.payer().equals(payer) && hold.asset().equals(code)) {
        balance = balance.free(hold.remaining(), hold.day());
      }
    }
    return balance;
  }

  /** Persons who have something of an asset available, ascending, at most so many. */
  List<AccountId> personsWith(int asset, int most) {
    var found = new TreeSet<AccountId>();
    for (int slot = 0; slot < state.balances.committedSize(); slot++) {
      var row = row(state.balances, slot);
      if (row != null && row.asset() == asset && row.available() > 0) {
        var holder = account(row.account());
        if (holder.kind() == AccountKind.PERSON) {
          found.add(holder.id());
          if (found.size() > most) {
            found.pollLast();
          }
        }
      }
    }
    return List.copyOf(found);
  }

  int holdSlot(Position position) {
    int slot = slot(state.holdSlots, position);
    if (slot == NONE) {
      return NONE;
    }
    var hold = row(state.holds, slot);
    return hold == null || hold.expiresMillis() <= expiredByMillis ? NONE : slot;
  }

  Hold hold(int slot) {
    return existing(state.holds, slot);
  }

  boolean isUsed(BankReference reference) {
    return slot(state.bankReferenceSlots, reference) != NONE;
  }

  @Nullable Use use(UsedId id) {
    return find(state.uses, id);
  }

  /** Whether a result stands where it says, and can still be undone at this time. */
  boolean isProven(Position position, MerklePath path, TransactionResult result, long timeMillis) {
    var block = results(position.height(), timeMillis);
    return block != null
        && block.total() == path.total()
        && path.leads(result.encode(), block.root());
  }

  private @Nullable BlockResults results(long height, long timeMillis) {
    int slot = slot(state.groupSlots, height / GroupResults.HEIGHTS);
    var group = slot == NONE ? null : row(state.results, slot);
    // The same rule by which they are forgotten, so that no refund comes to what is dropped with
    // it.
    if (group == null || State.isForgotten(group, timeMillis)) {
      return null;
    }
    for (var block : group.blocks()) {
      if (block.height() == height) {
        return block;
      }
    }
    return null;
  }

  int refundSlot(Position payment) {
    return slot(state.refundSlots, payment);
  }

  Refunded refunded(int slot) {
    return existing(state.refunds, slot);
  }

  int settledSlot(int account, int asset) {
    return slot(state.settledSlots, Settled.key(account, asset));
  }

  Settled settled(int slot) {
    return existing(state.settlements, slot);
  }

  Attributes attributes(int account) {
    int slot = slot(state.placeSlots, account);
    return slot == NONE ? Attributes.NONE : existing(state.places, slot).attributes();
  }

  int rulesSlot(int asset) {
    return slot(state.ruleSlots, asset);
  }

  RulesOfAsset rules(int slot) {
    return existing(state.rules, slot);
  }

  /** The rules of an asset that hold at a block time. */
  AssetRules rulesOf(int asset, long timeMillis) {
    int slot = rulesSlot(asset);
    return slot == NONE ? AssetRules.NONE : rules(slot).at(timeMillis);
  }

  int programmeSlot(ProgrammeCode code) {
    return slot(state.programmeSlots, code);
  }

  Programme programme(int slot) {
    return existing(state.programmes, slot);
  }

  int programmeCount() {
    return state.programmes.committedSize();
  }

  /** Whether some programme adds, or ever added, to the charges of an asset. */
  boolean isChargedWithBonus(int asset) {
    return slot(state.chargeProgrammes, asset(asset).code()) != NONE;
  }

  int usageSlot(int programme, int account) {
    return slot(state.usageSlots, Usage.key(programme, account));
  }

  int usageCount() {
    return state.usages.committedSize();
  }

  Usage usage(int slot) {
    return existing(state.usages, slot);
  }
}
