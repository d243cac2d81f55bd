package io.madang.gateway.payment;

import io.madang.payment.PaymentIntent.State;
import io.madang.payment.qr.IntentId;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The intents that may still be paid, and those that ended lately so that a late transfer gets the
 * right answer. In memory; the store is the truth.
 */
final class OpenIntents {
  /** How long after its expiry an intent is remembered here. */
  static final Duration MEMORY = Duration.ofHours(1);

  private final Map<IntentId, MerchantIntent> byId = new ConcurrentHashMap<>();
  private final Map<String, IntentId> byShortCode = new ConcurrentHashMap<>();

  Optional<MerchantIntent> byId(IntentId id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** By the code that people type, with or without its hyphen, in either case. */
  Optional<MerchantIntent> byShortCode(String typed) {
    var plain = typed.strip().toUpperCase(Locale.ROOT).replace("-", "");
    if (plain.length() != 8) return Optional.empty();
    var code = plain.substring(0, 4) + "-" + plain.substring(4);
    return Optional.ofNullable(byShortCode.get(code)).flatMap(this::byId);
  }

  /** Takes an intent as it is now; one that was paid or authorised is never open again. */
  void put(MerchantIntent intent) {
    byId.merge(
        intent.intent().id(),
        intent,
        (before, now) -> isTaken(before) && !isTaken(now) ? before : now);
    byShortCode.put(MerchantIntent.shortCode(intent.intent().id()), intent.intent().id());
  }

  private static boolean isTaken(MerchantIntent made) {
    return switch (made.intent().state()) {
      case State.Paid _, State.Authorised _ -> true;
      case State.Open _, State.Cancelled _ -> false;
    };
  }

  /** How many are remembered. */
  int size() {
    return byId.size();
  }

  /** Forgets those that expired long ago. */
  void forgetBefore(long nowMillis, java.util.function.Consumer<IntentId> alsoForget) {
    byId.values()
        .removeIf(
            known -> {
              if (known.intent().expiresMillis() + MEMORY.toMillis() > nowMillis) return false;
              byShortCode.remove(MerchantIntent.shortCode(known.intent().id()));
              alsoForget.accept(known.intent().id());
              return true;
            });
  }
}
