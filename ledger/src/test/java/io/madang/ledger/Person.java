package io.madang.ledger;

import io.madang.chain.PublicKey;
import io.madang.chain.SigningKey;
import io.madang.chain.StatementSigner;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Someone with a key of their own, made from a number. */
final class Person {
  private static final Map<Long, Person> KNOWN = new HashMap<>();

  private final StatementSigner signer;
  private final AccountId account;

  private Person(StatementSigner signer, AccountId account) {
    this.signer = signer;
    this.account = account;
  }

  /** The person of this number, always the same; the account follows from the key. */
  static Person number(long number) {
    return KNOWN.computeIfAbsent(number, Person::make);
  }

  private static Person make(long number) {
    var secret = new byte[32];
    new SplittableRandom(number).nextBytes(secret);
    var key = SigningKey.ed25519(secret);
    return new Person(new StatementSigner(key), AccountId.of(key.publicKey()));
  }

  /** Someone whose key is in a phone's secure element (P-256). */
  static Person withSecureElement(long number) {
    var secret = new byte[32];
    new SplittableRandom(number).nextBytes(secret);
    secret[0] &= 0x7F; // Below the order of the group.
    var key = SigningKey.p256(secret);
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
