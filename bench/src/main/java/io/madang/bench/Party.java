package io.madang.bench;

import io.madang.chain.SigningKey;
import io.madang.chain.StatementSigner;
import io.madang.ledger.AccountId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** One who holds an account, with its key. */
record Party(AccountId account, StatementSigner signer) {

  /** The holder of a key. */
  static Party of(SigningKey key) {
    return new Party(AccountId.of(key.publicKey()), new StatementSigner(key));
  }

  /** The same name gives the same party. Play money only: anyone can make this key. */
  static Party named(String name) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return of(
          SigningKey.ed25519(
              digest.digest(("madang/bench/" + name).getBytes(StandardCharsets.UTF_8))));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
