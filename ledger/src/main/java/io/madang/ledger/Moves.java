package io.madang.ledger;

import io.madang.ledger.Rows.AccountBalance;
import java.util.TreeMap;

/** Balances on the way through an operation of several legs, none of which has happened yet. */
final class Moves {
  private final StateView view;
  private final TreeMap<Long, AccountBalance> changed = new TreeMap<>();

  Moves(StateView view) {
    this.view = view;
  }

  AccountBalance balance(int account, int asset) {
    var balance = changed.get(key(account, asset));
    return balance == null ? view.balance(account, asset) : balance;
  }

  void set(AccountBalance balance) {
    changed.put(key(balance.account(), balance.asset()), balance);
  }

  void add(int account, int asset, long change) {
    if (change != 0) {
      set(balance(account, asset).plus(change));
    }
  }

  void applyTo(State state) {
    changed.values().forEach(state::setBalance);
  }

  private static long key(int account, int asset) {
    return (long) asset << 32 | account;
  }
}
