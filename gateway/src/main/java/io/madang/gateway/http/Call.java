package io.madang.gateway.http;

import io.madang.ledger.AccountId;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;

/**
 * A request that has passed every check of the border.
 *
 * @param requestId names it in logs and problems
 * @param address the network address that the call came from
 * @param caller who calls, one of those whom the contract allows
 * @param parameters path, query and header parameters by name: text, or Long for integers
 * @param body the JSON body, empty when there is none or it is taken as it came
 * @param raw the body as it came, where the contract says {@code x-body: raw}; else empty
 * @param idempotencyKey the caller's, if it sent one and the operation knows it
 * @param prefersAsync whether the caller sent {@code Prefer: respond-async}
 */
public record Call(
    String requestId,
    String address,
    Caller caller,
    Map<String, Object> parameters,
    JsonObject body,
    Buffer raw,
    Optional<String> idempotencyKey,
    boolean prefersAsync) {

  /** Names the caller, or the address when nobody in particular calls, where shares are counted. */
  public String sharer() {
    return caller instanceof Caller.Anyone ? "address " + address : caller.scope();
  }

  /** The caller of an operation that only wallets may call. */
  public Caller.Wallet wallet() {
    return (Caller.Wallet) caller;
  }

  /** The account of the caller of an operation that only wallets and funds may call. */
  public AccountId account() {
    return caller instanceof Caller.Fund(var _, var account) ? account : wallet().account();
  }

  /** The caller of an operation that only merchants may call. */
  public Caller.Merchant merchant() {
    return (Caller.Merchant) caller;
  }

  /** The caller of an operation that only voters may call. */
  public Caller.Voter voter() {
    return (Caller.Voter) caller;
  }

  /** The caller of an operation that only administrators of elections may call. */
  public Caller.Administrator administrator() {
    return (Caller.Administrator) caller;
  }

  /** The caller of an operation that only trustees may call. */
  public Caller.Trustee trustee() {
    return (Caller.Trustee) caller;
  }

  /** A required parameter. */
  public String text(String name) {
    return optional(name).orElseThrow();
  }

  /** A parameter, if it was sent. */
  public Optional<String> optional(String name) {
    return Optional.ofNullable((String) parameters.get(name));
  }

  /** An integer parameter, or what it is when it was not sent. */
  public long integer(String name, long otherwise) {
    return (Long) parameters.getOrDefault(name, otherwise);
  }

  /** How many items a page has. */
  public int limit() {
    return Math.toIntExact(integer("limit", 20));
  }
}
