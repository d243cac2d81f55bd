package io.madang.gateway.live;

import io.madang.ledger.AccountId;
import io.madang.payment.qr.MerchantId;
import io.madang.voting.ElectionId;

/** What news is about, and so who may hear it. */
public sealed interface Topic {
  /** New blocks, for anyone. */
  record Blocks() implements Topic {}

  /** One account, for its holder. */
  record OfAccount(AccountId account) implements Topic {}

  /** One election, for anyone. */
  record OfElection(ElectionId election) implements Topic {}

  /** One merchant, for its keys. */
  record OfMerchant(MerchantId merchant) implements Topic {}
}
