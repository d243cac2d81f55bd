package io.madang.ledger;

import io.madang.chain.PublicKey;
import io.madang.ledger.Step.Accepted;
import io.madang.ledger.Step.Decision;
import java.util.List;

/** Opening accounts, setting limits, adding and revoking keys. */
final class AccountRules {
  private AccountRules() {}

  static Decision open(Step step, Operation.OpenAccount operation) {
    if (!step.signer().enroller()) {
      return Step.reject(LedgerRefusal.NOT_ENROLLER);
    }
    var validity = step.validityFault(operation.request(), Step.MAX_VALIDITY_MILLIS);
    if (validity != null) {
      return Step.reject(validity);
    }
    var words = operation.request().words();
    if (words.kind() != operation.kind()) {
      return Step.reject(LedgerRefusal.REQUEST_MISMATCH);
    }
    if (!isLifeInRange(step, words.expiresMillis())) {
      return Step.reject(LedgerRefusal.KEY_EXPIRY_OUT_OF_RANGE);
    }
    var key = operation.request().statement().signer();
    // The id is a hash of the key: taken by another key only if someone found a collision.
    var id = AccountId.of(key);
    if (step.view().accountSlotOf(key) != StateView.NONE
        || step.view().accountSlot(id) != StateView.NONE) {
      return Step.reject(LedgerRefusal.KEY_IN_USE);
    }
    var first = new AccountKey(key, words.label(), words.expiresMillis(), false);
    var account = new Account(id, operation.kind(), false, operation.limits(), List.of(first));
    return new Accepted(ResultData.account(id), state -> state.addAccount(account));
  }

  static Decision setLimits(Step step, Operation.SetLimits operation) {
    if (!step.signer().enroller()) {
      return Step.reject(LedgerRefusal.NOT_ENROLLER);
    }
    int slot = step.view().accountSlot(operation.account());
    if (slot == StateView.NONE) {
      return Step.reject(LedgerRefusal.UNKNOWN_ACCOUNT);
    }
    var changed = step.view().account(slot).withLimits(operation.limits());
    return new Accepted(
        ResultData.account(operation.account()), state -> state.accounts.set(slot, changed));
  }

  static Decision addKey(Step step, Operation.AddKey operation) {
    var validity = step.validityFault(operation.request(), Step.MAX_VALIDITY_MILLIS);
    if (validity != null) {
      return Step.reject(validity);
    }
    var words = operation.request().words();
    var account = step.signer();
    if (!words.account().equals(account.id())) {
      return Step.reject(LedgerRefusal.REQUEST_MISMATCH);
    }
    if (!isLifeInRange(step, words.expiresMillis())) {
      return Step.reject(LedgerRefusal.KEY_EXPIRY_OUT_OF_RANGE);
    }
    var key = operation.request().statement().signer();
    if (step.view().accountSlotOf(key) != StateView.NONE) {
      return Step.reject(LedgerRefusal.KEY_IN_USE);
    }
    if (account.liveKeys(step.timeMillis()) >= account.kind().maxLiveKeys()
        || account.keys().size() >= Account.MAX_KEYS_EVER) {
      return Step.reject(LedgerRefusal.TOO_MANY_KEYS);
    }
    var added = new AccountKey(key, words.label(), words.expiresMillis(), false);
    return new Accepted(
        ResultData.key(account.id(), key),
        state -> state.addKey(step.signerSlot(), account, added));
  }

  static Decision revokeKey(Step step, Operation.RevokeKey operation) {
    int slot = step.view().accountSlotOf(operation.key());
    boolean own = slot == step.signerSlot();
    // Those who may not revoke a key do not learn whose it is.
    if (slot == StateView.NONE || (!own && !step.signer().enroller())) {
      return Step.reject(LedgerRefusal.KEY_NOT_FOUND);
    }
    var account = step.view().account(slot);
    var key = keyOf(account, operation.key());
    if (key.revoked()) {
      return Step.reject(LedgerRefusal.KEY_ALREADY_REVOKED);
    }
    if (own && key.isLive(step.timeMillis()) && account.liveKeys(step.timeMillis()) == 1) {
      return Step.reject(LedgerRefusal.LAST_KEY);
    }
    return new Accepted(
        ResultData.key(account.id(), operation.key()),
        state -> state.accounts.set(slot, account.withRevoked(operation.key())));
  }

  private static AccountKey keyOf(Account account, PublicKey key) {
    return account
        .key(key)
        .orElseThrow(() -> new IllegalStateException("the index names an account without the key"));
  }

  private static boolean isLifeInRange(Step step, long expiresMillis) {
    return expiresMillis > step.timeMillis()
        && expiresMillis - step.timeMillis() <= AccountKey.MAX_LIFE_MILLIS;
  }
}
