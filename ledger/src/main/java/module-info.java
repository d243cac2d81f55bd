/** Accounts, keys, assets, transfers and holds, as a chain application. */
module io.madang.ledger {
  requires transitive io.madang.chain;
  requires transitive org.jspecify;

  exports io.madang.ledger;
}
