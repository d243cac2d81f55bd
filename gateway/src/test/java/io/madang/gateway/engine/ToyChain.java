package io.madang.gateway.engine;

import io.madang.chain.Hash;
import io.madang.chain.Member;
import io.madang.chain.SigningKey;
import io.madang.chain.Statement;
import io.madang.chain.StatementId;
import io.madang.chain.StatementSigner;
import io.madang.chain.TrustedMembers;
import io.madang.chain.json.JsonObject;
import io.madang.gateway.database.Database;
import io.madang.gateway.database.DatabaseAddress;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A toy bank with its keys, in a database, and engines over it. */
final class ToyChain {
  static final String CHAIN = "toy-1";
  static final long FOREVER = 4_000_000_000_000L;
  private static final long GENESIS_MILLIS = 1_700_000_000_000L;

  private final Vertx vertx;
  private final DatabaseAddress address;
  private int statements;

  ToyChain(Vertx vertx, DatabaseAddress address) {
    this.vertx = vertx;
    this.address = address;
  }

  DatabaseAddress address() {
    return address;
  }

  /** The key of a person of the toy. */
  static SigningKey key(String name) {
    return SigningKey.ed25519(Hash.sha256(name.getBytes(StandardCharsets.UTF_8)).bytes());
  }

  /** What a person of the toy is called on the chain. */
  static String account(String name) {
    return key(name).publicKey().toString();
  }

  /** Anna begins with 1000 coins, nobody else has any. */
  static Genesis genesis() {
    var balances = new TreeMap<String, Long>();
    balances.put(account("anna"), 1_000L);
    var member = new TrustedMembers.Named("toy town", new Member(key("member").publicKey(), 1));
    return new Genesis(
        new TrustedMembers(CHAIN, List.of(member)), GENESIS_MILLIS, ToyBank.genesis(balances));
  }

  EmbeddedEngine<ToyBank, ToyBank.Payment> start() {
    return start(Clock.systemUTC(), limits(), StartCheck.ALL);
  }

  EmbeddedEngine<ToyBank, ToyBank.Payment> start(
      Clock clock, EngineLimits limits, StartCheck check) {
    var database = await(Database.open(vertx, address));
    return await(
        EmbeddedEngine.start(
            new EmbeddedEngine.Parts<>(
                vertx,
                database,
                Channel.PAYMENTS,
                new ToyBank(),
                key("member"),
                limits,
                clock,
                check,
                ToyChain::genesis)));
  }

  static EngineLimits limits() {
    return EngineLimits.forProcessors(2);
  }

  /** A signed payment with an id of its own. */
  byte[] pay(String payer, String payee, long amount) {
    return sign(payer, nextId(), "toy.pay", payment(payee, amount));
  }

  static JsonObject payment(String payee, long amount) {
    return JsonObject.builder().put("amount", amount).put("to", account(payee)).build();
  }

  byte[] remind(String who, long atMillis) {
    return sign(
        who, nextId(), "toy.remind", JsonObject.builder().put("atMillis", atMillis).build());
  }

  private synchronized String nextId() {
    return "%032x".formatted(++statements);
  }

  static byte[] sign(String signer, String id, String purpose, JsonObject operation) {
    var payload = new Statement.Payload(CHAIN, new StatementId(id), purpose, FOREVER, operation);
    return new StatementSigner(key(signer))
        .sign(payload)
        .text()
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** The same bytes but for one in the signature. */
  static byte[] withWrongSignature(byte[] transaction) {
    var wrong = transaction.clone();
    // Ten from the end is inside the signature, and any base64url letter is well-formed there.
    int at = wrong.length - 10;
    wrong[at] = (byte) (wrong[at] == 'A' ? 'B' : 'A');
    return wrong;
  }

  static <T> T await(Future<T> future) {
    try {
      return future.await(3, TimeUnit.MINUTES);
    } catch (TimeoutException late) {
      throw new AssertionError(late);
    }
  }
}
