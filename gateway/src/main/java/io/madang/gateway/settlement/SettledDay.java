package io.madang.gateway.settlement;

import io.madang.chain.ChainApplication.Position;
import io.madang.chain.Hash;
import io.madang.ledger.AccountId;
import io.madang.ledger.PayoutId;
import io.madang.ledger.Settlement;
import io.madang.payment.settlement.MerchantDay;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One attempt to settle a merchant's day.
 *
 * @param bankAccount where a payout goes: the number of an entry that never changes
 * @param approvals signed words of approvers, until the statement holds them
 * @param statement the settlement signed by enough
 * @param recorded where it stands on the chain
 * @param refusal why the chain refused it
 */
record SettledDay(
    RunId run,
    MerchantDay figures,
    int attempt,
    PayoutId payoutId,
    Optional<Long> bankAccount,
    State state,
    List<String> approvals,
    Optional<String> statement,
    Optional<Recorded> recorded,
    Optional<String> refusal) {

  /** How far it is; the names stand in the table. */
  enum State {
    COMPUTED,
    RECORDED,
    REFUSED,
    VOIDED;

    static State parse(String text) {
      return valueOf(text.toUpperCase(Locale.ROOT));
    }

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Where a transaction stands, and its hash. */
  record Recorded(Position position, Hash hash) {}

  static SettledDay computed(
      RunId run, String chain, MerchantDay figures, int attempt, Optional<Long> bankAccount) {
    var settlement = figures.settlement(run.toString(), attempt);
    return new SettledDay(
        run,
        figures,
        attempt,
        PayoutId.of(chain, settlement),
        bankAccount,
        State.COMPUTED,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  AccountId account() {
    return figures.merchant();
  }

  /** What the chain records. */
  Settlement settlement() {
    return figures.settlement(run.toString(), attempt);
  }
}
