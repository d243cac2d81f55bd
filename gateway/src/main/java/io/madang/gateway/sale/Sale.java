package io.madang.gateway.sale;

import io.madang.chain.PublicKey;
import io.madang.ledger.Account;
import io.madang.ledger.AccountId;
import io.madang.ledger.AccountKey;
import io.madang.ledger.Programme;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One sale in memory: what is left, and who bought. Changed by one thread; read by any.
 *
 * <p>Who bought is noted before what is left, so that whoever reads "nothing left" finds every
 * buyer.
 */
final class Sale {
  private final Set<AccountId> buyers = ConcurrentHashMap.newKeySet();
  private final Set<PublicKey> keys = ConcurrentHashMap.newKeySet();
  private final long height;
  private volatile Programme programme;
  private volatile long given;

  /**
   * A sale as it stands.
   *
   * @param buyers who bought so far
   * @param height the last block that this counts in
   */
  Sale(Programme programme, List<Account> buyers, long height) {
    this.programme = programme;
    this.given = programme.given();
    this.height = height;
    buyers.forEach(this::add);
  }

  /** Its terms were set anew; what was sold stays. */
  void set(Programme changed) {
    programme = changed;
  }

  /**
   * Somebody bought so much in a block; those that are counted in already are not counted again.
   */
  void bought(Account buyer, long amount, long atHeight) {
    if (atHeight <= height) return;
    add(buyer);
    long sum = given + amount;
    given = sum;
  }

  private void add(Account buyer) {
    buyers.add(buyer.id());
    for (AccountKey key : buyer.keys()) keys.add(key.key());
  }

  void added(AccountId account, PublicKey key) {
    if (buyers.contains(account)) keys.add(key);
  }

  /** Whether it is open and nothing is left. */
  boolean isSoldOut(long timeMillis) {
    var terms = programme.at(timeMillis);
    return terms.fromMillis() <= timeMillis
        && timeMillis < terms.untilMillis()
        && given > terms.total() - terms.amount();
  }

  /** Whether this key is one of somebody who bought. */
  boolean isBuyers(PublicKey key) {
    return keys.contains(key);
  }

  /** When it is over, so that nobody needs to be remembered. */
  boolean isOver(long timeMillis) {
    return isOver(programme, timeMillis);
  }

  static boolean isOver(Programme programme, long timeMillis) {
    return programme.terms().getLast().untilMillis() <= timeMillis;
  }
}
