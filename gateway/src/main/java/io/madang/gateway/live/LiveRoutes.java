package io.madang.gateway.live;

import io.madang.gateway.http.Call;
import io.madang.gateway.http.Caller;
import io.madang.gateway.http.Operations;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.ProblemType;
import io.madang.gateway.http.Reply;
import io.madang.voting.ElectionId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** Opens streams of events. */
public final class LiveRoutes implements Operations.Feature {
  private static final Pattern COMMA = Pattern.compile(",");
  private static final int MAX_STREAMS = 4_000;
  private static final int MAX_STREAMS_EACH = 100;
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final LiveHub hub;
  private final Vertx vertx;
  private final AtomicInteger streams = new AtomicInteger();
  private final Map<String, Integer> bySharer = new ConcurrentHashMap<>();

  /** Streams of this hub's news. */
  public LiveRoutes(LiveHub hub, Vertx vertx) {
    this.hub = hub;
    this.vertx = vertx;
  }

  /** How many streams are open. */
  public int openStreams() {
    return streams.get();
  }

  @Override
  public void register(Operations operations) {
    operations.on("streamEvents", this::ofCaller);
    operations.on("streamElection", this::ofElection);
  }

  private Future<Reply> ofElection(Call call) {
    return open(call, Set.of(new Topic.OfElection(new ElectionId(call.text("id")))));
  }

  private Future<Reply> ofCaller(Call call) {
    var topics = new HashSet<Topic>();
    for (var name : COMMA.splitAsStream(call.text("topics")).toList()) {
      topics.add(topic(name, call.caller()));
    }
    return open(call, Set.copyOf(topics));
  }

  private Future<Reply> open(Call call, Set<Topic> topics) {
    var sharer = call.sharer();
    if (!take(sharer)) {
      return Problem.of(ProblemType.OVERLOADED).retryAfter(RETRY).fail();
    }
    var lastId = call.optional("Last-Event-ID").orElse("");
    return Future.succeededFuture(
        new Reply.Open(
            response ->
                new EventStream(
                        hub,
                        vertx,
                        vertx.getOrCreateContext(),
                        response,
                        topics,
                        () -> giveBack(sharer))
                    .begin(lastId)));
  }

  private boolean take(String sharer) {
    boolean room = streams.incrementAndGet() <= MAX_STREAMS;
    boolean share = bySharer.merge(sharer, 1, Integer::sum) <= MAX_STREAMS_EACH;
    if (room && share) return true;
    giveBack(sharer);
    return false;
  }

  private void giveBack(String sharer) {
    streams.decrementAndGet();
    bySharer.computeIfPresent(sharer, (_, count) -> count > 1 ? count - 1 : null);
  }

  private static Topic topic(String name, Caller caller) {
    if (name.equals("blocks")) return new Topic.Blocks();
    if (name.equals("account") && caller instanceof Caller.Wallet wallet) {
      return new Topic.OfAccount(wallet.account());
    }
    if (name.equals("merchant") && caller instanceof Caller.Merchant merchant) {
      return new Topic.OfMerchant(merchant.merchant());
    }
    throw Problem.of(
            caller instanceof Caller.Anyone ? ProblemType.UNAUTHORIZED : ProblemType.FORBIDDEN)
        .raised();
  }
}
