package io.madang.ledger;

import io.madang.chain.ChainApplication.Outcome;
import io.madang.chain.ChainApplication.Position;
import io.madang.chain.Statement;
import io.madang.ledger.Rows.UsedId;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * One transaction on its way: where it would stand, whose it is and the state that it meets.
 *
 * @param day the day of the chain
 * @param signerSlot the slot of the signer's account
 */
record Step(
    StateView view,
    Position position,
    long timeMillis,
    long day,
    LedgerCandidate candidate,
    int signerSlot,
    Account signer) {

  /** The longest time ahead that a statement may be valid. */
  static final long MAX_VALIDITY_MILLIS = 24L * 60 * 60 * 1_000;

  /** What a transaction comes to, before anything has changed. */
  sealed interface Decision {}

  /** It takes effect: {@code change} carries it out and cannot refuse. */
  record Accepted(byte[] data, Change change) implements Decision {}

  /** It does not. */
  record Rejected(Outcome.Refused outcome) implements Decision {}

  /** The changes of one transaction. */
  interface Change {
    void applyTo(State state);
  }

  static Decision reject(LedgerRefusal refusal) {
    return new Rejected(refusal.outcome());
  }

  static Decision reject(LedgerRefusal refusal, String more) {
    return new Rejected(refusal.outcome(more));
  }

  /** The same statement id of two accounts is two ids. */
  static UsedId usedId(AccountId account, Statement statement) {
    var hex = statement.payload().id().hex();
    return new UsedId(
        account.high(),
        account.low(),
        HexFormat.fromHexDigitsToLong(hex, 0, 16),
        HexFormat.fromHexDigitsToLong(hex, 16, 32));
  }

  /** Refuses a nested statement that is not valid now, or valid for longer than allowed ahead. */
  @Nullable LedgerRefusal validityFault(Nested<?> nested, long maxAheadMillis) {
    long validUntilMillis = nested.statement().payload().validUntilMillis();
    if (validUntilMillis < timeMillis) {
      return LedgerRefusal.NESTED_EXPIRED;
    }
    return validUntilMillis - timeMillis > maxAheadMillis
        ? LedgerRefusal.NESTED_VALID_TOO_LONG
        : null;
  }

  /** Refuses a nested statement whose key signs for no account, or not any more. */
  @Nullable LedgerRefusal signerFault(Nested<?> nested) {
    var key = nested.statement().signer();
    int slot = view.accountSlotOf(key);
    if (slot == StateView.NONE) {
      return LedgerRefusal.NESTED_SIGNER_UNKNOWN;
    }
    var accountKey = view.account(slot).find(key);
    return accountKey == null || !accountKey.isLive(timeMillis)
        ? LedgerRefusal.NESTED_KEY_NOT_LIVE
        : null;
  }
}
