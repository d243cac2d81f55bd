package io.madang.gateway.statement;

import io.madang.chain.Hash;

/**
 * Where what a statement names is found.
 *
 * @param origin of this gateway, such as {@code https://pay.example}
 */
record Addresses(String origin) {
  /** The receipt that proves a transaction offline. */
  String receipt(Hash transaction) {
    return origin + "/v1/receipts/" + transaction;
  }

  /** The page on which anybody sees and checks a transaction. */
  String page(Hash transaction) {
    return origin + "/explorer/#/tx/" + transaction;
  }
}
