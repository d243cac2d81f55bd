package io.madang.ledger;

import io.madang.chain.PublicKey;
import io.madang.chain.SigningKey;
import io.madang.chain.StatementSigner;
import java.util.SplittableRandom;

/** Someone with a key of their own, made from a number. */
final class Person {
  private final StatementSigner signer;
  private final AccountId account;

  private Person(StatementSigner signer, AccountId account) {
    this.signer = signer;
    this.account = account;
  }

  /** The person of this number, always the same; {@code account} follows from the key. */
  static Person number(long number) {
    var secret = new byte[32];
    new SplittableRandom(number).nextBytes(secret);
    // Every seventh key is one of a phone's secure element. Its scalar must be below the order.
    secret[0] &= 0x7F;
    var key = number % 7 == 6 ? SigningKey.p256(secret) : SigningKey.ed25519(secret);
    return new Person(new StatementSigner(key), AccountId.of(key.publicKey()));
  }

  /** A further key of the same account. */
  Person withKey(long number) {
    return new Person(Person.number(number).signer, account);
  }

  StatementSigner signer() {
    return signer;
  }

  PublicKey key() {
    return signer.publicKey();
  }

  AccountId account() {
    return account;
  }
}
