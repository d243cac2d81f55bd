package io.madang.pos.terminal;

import java.util.concurrent.CompletionStage;

/**
 * The ledger as a terminal sees it, through the gateway. Every request is idempotent by its key,
 * and a reversal holds also against a charge that arrives after it.
 *
 * <p>Stages always complete normally, with {@link LedgerAnswer.Unknown} where the gateway cannot be
 * reached in time.
 */
public interface LedgerPort {
  CompletionStage<LedgerAnswer> charge(LedgerRequest.Charge charge);

  CompletionStage<LedgerAnswer> reverse(LedgerRequest.Reverse reverse);

  CompletionStage<LedgerAnswer> totals(LedgerRequest.Totals totals);

  /** Asks any of them. */
  default CompletionStage<LedgerAnswer> ask(LedgerRequest request) {
    return switch (request) {
      case LedgerRequest.Charge charge -> charge(charge);
      case LedgerRequest.Reverse reverse -> reverse(reverse);
      case LedgerRequest.Totals totals -> totals(totals);
    };
  }
}
