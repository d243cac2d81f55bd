package io.madang.gateway.programme;

import io.madang.chain.SigningKey;
import io.madang.chain.StatementSigner;
import io.madang.gateway.account.Enrolment;
import io.madang.gateway.secret.MasterSecret;
import io.madang.ledger.AccountId;
import io.madang.ledger.AccountKind;
import io.vertx.core.Future;

/**
 * The account that the gateway's own programmes give from. Its key comes from the master secret, so
 * that the gateway sets a programme, or gives a reward, as soon as approvers have agreed to it.
 */
public final class Fund {
  private static final String LABEL = "fund";

  private final Enrolment enrolment;
  private final SigningKey key;

  /** The fund of the gateway with this secret. */
  public Fund(MasterSecret secret, Enrolment enrolment) {
    this.enrolment = enrolment;
    this.key = SigningKey.ed25519(secret.hash("programmes", "fund"));
  }

  /** The account, which may not be open yet. */
  public AccountId account() {
    return AccountId.of(key.publicKey());
  }

  /** Signs for the fund. */
  public StatementSigner signer() {
    return new StatementSigner(key);
  }

  /** Opens the account, unless it is open. */
  public Future<AccountId> open() {
    return enrolment.openFor(AccountKind.SYSTEM, key, LABEL);
  }
}
