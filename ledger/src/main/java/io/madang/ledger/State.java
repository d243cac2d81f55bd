package io.madang.ledger;

import io.madang.chain.ChainApplication.Position;
import io.madang.chain.ChainApplication.StateRow;
import io.madang.chain.Hash;
import io.madang.chain.PublicKey;
import io.madang.chain.state.Deadlines;
import io.madang.chain.state.Index;
import io.madang.chain.state.Table;
import io.madang.chain.state.TableState;
import io.madang.chain.state.Tables;
import io.madang.ledger.Rows.AccountBalance;
import io.madang.ledger.Rows.BankReference;
import io.madang.ledger.Rows.BlockResults;
import io.madang.ledger.Rows.BlockUses;
import io.madang.ledger.Rows.GroupResults;
import io.madang.ledger.Rows.Meta;
import io.madang.ledger.Rows.Placed;
import io.madang.ledger.Rows.Refunded;
import io.madang.ledger.Rows.RulesOfAsset;
import io.madang.ledger.Rows.Settled;
import io.madang.ledger.Rows.Usage;
import io.madang.ledger.Rows.Use;
import io.madang.ledger.Rows.UsedId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything the ledger remembers: tables of rows, and what finds rows in them. Changes are pending
 * until {@link #commit}, or taken back by {@link #discard}.
 */
final class State implements TableState {
  /** How long a payment can be refunded after it was made. */
  static final long REFUNDABLE_MILLIS = 180L * 24 * 60 * 60 * 1_000;

  /** The tables after these came later: a chain that uses none of them keeps its hashes. */
  private static final int TABLES_OF_EVERY_STATE = 10;

  final Table<Meta> meta = new Table<>(1, new RowForms.OfMeta());
  final Table<Account> accounts = new Table<>(2, new RowForms.OfAccount());
  final Table<AccountBalance> balances = new Table<>(3, new RowForms.OfBalance());
  final Table<Hold> holds = new Table<>(4, new RowForms.OfHold());
  final Table<Asset> assets = new Table<>(5, new RowForms.OfAsset());
  final Table<BankReference> bankReferences = new Table<>(6, new RowForms.OfBankReference());
  final Table<BlockUses> blockUses = new Table<>(7, new RowForms.OfBlockUses());
  final Table<GroupResults> results = new Table<>(8, new RowForms.OfGroupResults());
  final Table<Refunded> refunds = new Table<>(9, new RowForms.OfRefunded());
  final Table<Settled> settlements = new Table<>(10, new RowForms.OfSettled());
  final Table<Placed> places = new Table<>(11, new RowForms.OfPlaced());
  final Table<RulesOfAsset> rules = new Table<>(12, new RowForms.OfRulesOfAsset());
  final Table<Programme> programmes = new Table<>(13, new RowForms.OfProgramme());
  final Table<Usage> usages = new Table<>(14, new RowForms.OfUsage());

  final Index<AccountId, Integer> accountSlots = new Index<>();
  final Index<PublicKey, Integer> keyAccounts = new Index<>();
  final Index<AssetCode, Integer> assetSlots = new Index<>();
  final Index<Position, Integer> holdSlots = new Index<>();
  final Index<BankReference, Integer> bankReferenceSlots = new Index<>();
  final Index<UsedId, Use> uses = new Index<>();
  final Index<Long, Integer> groupSlots = new Index<>();
  private final TreeMap<Position, Integer> committedRefunds = new TreeMap<>();
  final Index<Position, Integer> refundSlots = new Index<>(committedRefunds);
  final Index<Long, Integer> settledSlots = new Index<>();
  final Index<Integer, Integer> placeSlots = new Index<>();
  final Index<Integer, Integer> ruleSlots = new Index<>();
  final Index<ProgrammeCode, Integer> programmeSlots = new Index<>();

  /** By asset, one of the programmes that add to its charges. */
  final Index<AssetCode, Integer> chargeProgrammes = new Index<>();

  final Index<Long, Integer> usageSlots = new Index<>();

  private final Tables tables =
      new Tables(
          List.of(
              meta,
              accounts,
              balances,
              holds,
              assets,
              bankReferences,
              blockUses,
              results,
              refunds,
              settlements,
              places,
              rules,
              programmes,
              usages),
          List.of(
              accountSlots,
              keyAccounts,
              assetSlots,
              holdSlots,
              bankReferenceSlots,
              uses,
              groupSlots,
              refundSlots,
              settledSlots,
              placeSlots,
              ruleSlots,
              programmeSlots,
              chargeProgrammes,
              usageSlots),
          TABLES_OF_EVERY_STATE);

  final Deadlines holdEnds = new Deadlines();
  private final Deadlines useEnds = new Deadlines();
  private final Deadlines groupEnds = new Deadlines();

  /** By asset and account: the slot of the balance row plus one, 0 when there is none. */
  private int[][] balanceSlots = new int[0][];

  private final List<Use> usesOfBlock = new ArrayList<>();
  private long lastValidUntilMillis;

  // Accounts, keys and assets

  void addAccount(Account account) {
    int slot = accounts.add(account);
    indexAccount(slot, account);
  }

  private void indexAccount(int slot, Account account) {
    accountSlots.add(account.id(), slot);
    for (var key : account.keys()) {
      keyAccounts.add(key.key(), slot);
    }
  }

  void addKey(int accountSlot, Account account, AccountKey key) {
    accounts.set(accountSlot, account.withKey(key));
    keyAccounts.add(key.key(), accountSlot);
  }

  void addAsset(Asset asset) {
    int slot = assets.add(asset);
    assetSlots.add(asset.code(), slot);
  }

  // Balances

  /** The slot of the balance of an account and asset, or -1. */
  int balanceSlot(int account, int asset) {
    if (asset >= balanceSlots.length || account >= balanceSlots[asset].length) {
      return -1;
    }
    return balanceSlots[asset][account] - 1;
  }

  void setBalance(AccountBalance balance) {
    int slot = balanceSlot(balance.account(), balance.asset());
    if (slot >= 0) {
      balances.set(slot, balance);
    } else {
      indexBalance(balances.add(balance), balance);
    }
  }

  private void indexBalance(int slot, AccountBalance balance) {
    int asset = balance.asset();
    int account = balance.account();
    if (asset >= balanceSlots.length) {
      int before = balanceSlots.length;
      balanceSlots = Arrays.copyOf(balanceSlots, asset + 1);
      Arrays.fill(balanceSlots, before, asset + 1, new int[0]);
    }
    if (account >= balanceSlots[asset].length) {
      balanceSlots[asset] =
          Arrays.copyOf(balanceSlots[asset], Math.max(account + 1, account + (account >> 1)));
    }
    balanceSlots[asset][account] = slot + 1;
  }

  // Holds

  void addHold(Hold hold) {
    holdSlots.add(hold.position(), holds.add(hold));
  }

  void removeHold(int slot, Hold hold) {
    holds.remove(slot);
    holdSlots.remove(hold.position());
  }

  // Bank references, refunds and settlements

  void addBankReference(BankReference reference) {
    bankReferenceSlots.add(reference, bankReferences.add(reference));
  }

  /**
   * Adds the first refund of a payment, whose slot is {@link StateView#NONE}, or counts one more.
   */
  void setRefunded(int slot, Refunded refunded) {
    if (slot == StateView.NONE) {
      refundSlots.add(refunded.payment(), refunds.add(refunded));
    } else {
      refunds.set(slot, refunded);
    }
  }

  /** Begins a merchant's settlements, whose slot is {@link StateView#NONE}, or goes on. */
  void setSettled(int slot, Settled settled) {
    if (slot == StateView.NONE) {
      settledSlots.add(Settled.key(settled.account(), settled.asset()), settlements.add(settled));
    } else {
      settlements.set(slot, settled);
    }
  }

  /** Puts an account's attributes in the place of the ones it had. */
  void setPlaced(Placed placed) {
    Integer slot = placeSlots.find(placed.account());
    if (slot == null) {
      placeSlots.add(placed.account(), places.add(placed));
    } else {
      places.set(slot, placed);
    }
  }

  /** Sets the first rules of an asset, whose slot is {@link StateView#NONE}, or goes on. */
  void setRules(int slot, RulesOfAsset row) {
    if (slot == StateView.NONE) {
      ruleSlots.add(row.asset(), rules.add(row));
    } else {
      rules.set(slot, row);
    }
  }

  /** Begins a programme, whose slot is {@link StateView#NONE}, or goes on with it. */
  void setProgramme(int slot, Programme programme) {
    if (slot == StateView.NONE) {
      indexProgramme(programmes.add(programme), programme);
    } else {
      programmes.set(slot, programme);
    }
  }

  private void indexProgramme(int slot, Programme programme) {
    programmeSlots.add(programme.code(), slot);
    if (programme.kind().isOfCharges()) {
      chargeProgrammes.add(programme.asset(), slot);
    }
  }

  /** Begins to count what a programme gives a person, or goes on. */
  void setUsage(int slot, Usage usage) {
    if (slot == StateView.NONE) {
      usageSlots.add(Usage.key(usage.programme(), usage.account()), usages.add(usage));
    } else {
      usages.set(slot, usage);
    }
  }

  // Ids

  void recordUse(Use use, long validUntilMillis) {
    uses.add(use.id(), use);
    usesOfBlock.add(use);
    lastValidUntilMillis = Math.max(lastValidUntilMillis, validUntilMillis);
  }

  // The end of a block

  /** Turns what the block's transactions used up into a row. */
  void closeUses(long height) {
    if (!usesOfBlock.isEmpty()) {
      blockUses.add(new BlockUses(height, lastValidUntilMillis, List.copyOf(usesOfBlock)));
    }
  }

  void addResults(long timeMillis, BlockResults block) {
    long group = block.height() / GroupResults.HEIGHTS;
    Integer slot = groupSlots.find(group);
    var before = slot == null ? null : results.pending(slot);
    if (slot == null || before == null) {
      groupSlots.add(group, results.add(new GroupResults(group, timeMillis, List.of(block))));
    } else {
      var blocks = new ArrayList<>(before.blocks());
      blocks.add(block);
      results.set(slot, new GroupResults(group, timeMillis, blocks));
    }
  }

  /** Forgets what cannot matter any more at this block time. */
  void prune(long timeMillis) {
    for (int slot : useEnds.until(timeMillis - 1)) {
      var row = blockUses.pending(slot);
      if (row != null) {
        blockUses.remove(slot);
        row.uses().forEach(use -> uses.remove(use.id()));
      }
    }
    for (int slot : groupEnds.until(timeMillis - REFUNDABLE_MILLIS - 1)) {
      var row = results.pending(slot);
      // The block in work may have made a payment in the same group of heights.
      if (row != null && isForgotten(row, timeMillis)) {
        results.remove(slot);
        groupSlots.remove(row.group());
        pruneRefunds(row.group());
      }
    }
  }

  /**
   * Whether payments are too old to be refunded: that of the last block of the group, and so all.
   */
  static boolean isForgotten(GroupResults group, long timeMillis) {
    return group.lastTimeMillis() < timeMillis - REFUNDABLE_MILLIS;
  }

  private void pruneRefunds(long group) {
    var first = new Position(group * GroupResults.HEIGHTS, 0);
    var end = new Position((group + 1) * GroupResults.HEIGHTS, 0);
    committedRefunds
        .subMap(first, end)
        .forEach(
            (payment, slot) -> {
              refunds.remove(slot);
              refundSlots.remove(payment);
            });
  }

  @Override
  public Hash hash() {
    return tables.hash();
  }

  @Override
  public void discard() {
    balances.changes(
        (slot, before, after) -> {
          if (before == null && after != null) {
            balanceSlots[after.asset()][after.account()] = 0;
          }
        });
    tables.discard();
    forgetBlock();
  }

  @Override
  public List<StateRow> commit() {
    holds.changes((slot, before, after) -> holdEnds.move(slot, end(before), end(after)));
    blockUses.changes((slot, before, after) -> useEnds.move(slot, end(before), end(after)));
    results.changes((slot, before, after) -> groupEnds.move(slot, end(before), end(after)));
    var changed = tables.commit();
    forgetBlock();
    return changed;
  }

  private static long end(@Nullable Hold hold) {
    return hold == null ? Deadlines.NEVER : hold.expiresMillis();
  }

  private static long end(@Nullable BlockUses uses) {
    return uses == null ? Deadlines.NEVER : uses.lastValidUntilMillis();
  }

  private static long end(@Nullable GroupResults group) {
    return group == null ? Deadlines.NEVER : group.lastTimeMillis();
  }

  private void forgetBlock() {
    usesOfBlock.clear();
    lastValidUntilMillis = 0;
  }

  @Override
  public Stream<StateRow> rows() {
    return tables.rows();
  }

  @Override
  public void restore(Stream<StateRow> rows) {
    tables.restore(rows);
    accounts.eachPresent(this::indexAccount);
    balances.eachPresent(this::indexBalance);
    holds.eachPresent((slot, row) -> holdSlots.add(row.position(), slot));
    assets.eachPresent((slot, row) -> assetSlots.add(row.code(), slot));
    bankReferences.eachPresent((slot, row) -> bankReferenceSlots.add(row, slot));
    blockUses.eachPresent((slot, row) -> row.uses().forEach(use -> uses.add(use.id(), use)));
    results.eachPresent((slot, row) -> groupSlots.add(row.group(), slot));
    refunds.eachPresent((slot, row) -> refundSlots.add(row.payment(), slot));
    settlements.eachPresent(
        (slot, row) -> settledSlots.add(Settled.key(row.account(), row.asset()), slot));
    places.eachPresent((slot, row) -> placeSlots.add(row.account(), slot));
    rules.eachPresent((slot, row) -> ruleSlots.add(row.asset(), slot));
    programmes.eachPresent(this::indexProgramme);
    usages.eachPresent(
        (slot, row) -> usageSlots.add(Usage.key(row.programme(), row.account()), slot));
  }
}
