package io.madang.gateway.payment;

import io.madang.gateway.account.Aliases;
import io.madang.gateway.account.MerchantRegistry;
import io.madang.gateway.account.Movements;
import io.madang.gateway.account.Projection;
import io.madang.gateway.database.Sql;
import io.madang.gateway.engine.Engine;
import io.madang.gateway.engine.OrderingPolicy;
import io.madang.gateway.event.Outbox;
import io.madang.gateway.http.Idempotency;
import io.madang.gateway.http.Operations;
import io.madang.gateway.live.LiveHub;
import io.madang.gateway.metrics.PaymentMetrics;
import io.madang.gateway.secret.MasterSecret;
import io.madang.ledger.AssetCode;
import io.madang.ledger.Ledger;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** Everything about payments: this package's parts, put together. */
public final class Payments implements Operations.Feature {
  private final OpenIntents open = new OpenIntents();
  private final OpenStickers openStickers = new OpenStickers();
  private final PaymentPolicy policy = new PaymentPolicy(open, openStickers);
  private final IntentStore intents;
  private final StickerStore stickers;
  private final IntentReader reader;
  private final MerchantActs acts;
  private final PaymentEvents events;
  private final List<Operations.Feature> features;
  private final Clock clock;

  /**
   * What payments need of the rest.
   *
   * @param operatorDomain the reversed domain name in codes
   * @param assets what can be asked for
   */
  public record Surroundings(
      Vertx vertx,
      Engine<Ledger> engine,
      Sql sql,
      MasterSecret secret,
      Idempotency idempotency,
      MerchantRegistry merchants,
      Aliases aliases,
      Movements movements,
      LiveHub hub,
      Outbox outbox,
      PaymentMetrics metrics,
      String operatorDomain,
      Set<AssetCode> assets,
      Clock clock) {}

  /** Payments in these surroundings; {@link #load} before use. */
  public Payments(Surroundings in) {
    clock = in.clock();
    intents = new IntentStore(in.sql(), in.merchants());
    stickers = new StickerStore(in.sql(), in.merchants());
    var codes = new Codes(in.operatorDomain());
    reader = new IntentReader(intents, open, policy, codes, in.hub(), clock);
    acts =
        new MerchantActs(
            in.sql(), in.secret(), in.engine(), intents, reader, in.merchants(), clock);
    events = new PaymentEvents(in.merchants(), reader, in.outbox());
    features =
        List.of(
            new Refunds(in.engine(), intents, acts),
            new Captures(acts, clock),
            new CustomerCodes(in.vertx(), in.engine(), acts, in.hub(), clock),
            new TransactionRoutes(in.vertx(), in.engine(), in.metrics()),
            new IntentRoutes(
                in.vertx(),
                in.sql(),
                in.idempotency(),
                intents,
                open,
                policy,
                reader,
                in.outbox(),
                in.merchants(),
                codes,
                in.assets(),
                clock),
            new StickerRoutes(
                in.vertx(), in.idempotency(), stickers, openStickers, in.merchants(), codes),
            new PayeeRoutes(
                in.vertx(),
                in.engine(),
                in.aliases(),
                in.merchants(),
                open,
                openStickers,
                intents,
                codes,
                clock),
            new MerchantDay(in.engine(), in.merchants(), in.movements(), intents, stickers, clock));
    in.metrics().gauge("madang.intents.remembered", "Intents in memory", open::size);
  }

  @Override
  public void register(Operations operations) {
    features.forEach(feature -> feature.register(operations));
  }

  /** Reads from the store what the policy has to know. */
  public Future<Void> load() {
    return intents
        .expiringAfter(clock.millis() - OpenIntents.MEMORY.toMillis())
        .compose(
            found -> {
              found.forEach(open::put);
              return stickers.open();
            })
        .map(
            found -> {
              found.forEach(openStickers::put);
              return null;
            });
  }

  /** What must be asked before a transaction is ordered. */
  public OrderingPolicy policy() {
    return policy;
  }

  /** A sticker ended together with its till: nothing is paid to it from now on. */
  public void stickerClosed(String id) {
    openStickers.close(id);
  }

  /** What marks intents as paid, and then what makes events of it. */
  public List<Projection.Reader> readers() {
    return List.of(reader, events);
  }

  /** What is to be done again and again. */
  public Future<Void> tidy() {
    open.forgetBefore(clock.millis(), policy::forget);
    return acts.resume();
  }
}
