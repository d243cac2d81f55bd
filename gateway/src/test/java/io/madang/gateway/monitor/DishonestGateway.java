package io.madang.gateway.monitor;

import com.sun.net.httpserver.HttpServer;
import io.madang.chain.Base64Url;
import io.madang.chain.Hash;
import io.madang.voting.ElectionId;
import io.madang.voting.archive.ArchiveWriter;
import io.madang.voting.chain.AttachedHead;
import io.madang.voting.chain.VotingOperation.AttachedTerms;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A gateway that shows what a test tells it to show, over real HTTP. */
final class DishonestGateway implements AutoCloseable {
  private final HttpServer server;
  TwoFacedChain chain;

  /** What it shows of its chain. */
  long showsHeadsTo = Long.MAX_VALUE;

  /** The ballots of each election, in order. */
  final Map<String, List<String>> elections = new TreeMap<>();

  /** The hashes on each attached board. */
  final Map<String, List<Hash>> attached = new TreeMap<>();

  /** Receipts by the hash of their transaction. */
  final Map<String, byte[]> receipts = new HashMap<>();

  /** What stands in place of an answer. */
  final Map<String, String> instead = new HashMap<>();

  String newestTransaction = "";
  String stage = "open";
  Instant closesAt = Instant.parse("2027-01-01T00:00:00Z");
  String claimedAttachedHead = "";
  AttachedTerms terms;

  DishonestGateway(TwoFacedChain chain) throws IOException {
    this.chain = chain;
    terms =
        new AttachedTerms(
            TwoFacedChain.key(9).publicKey(), "Old system", "기존 시스템", closesAt.toEpochMilli());
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = answer(exchange.getRequestURI());
          exchange.sendResponseHeaders(
              body.length == 0 ? 404 : 200, body.length == 0 ? -1 : body.length);
          try (var out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private static long number(URI uri, String name) {
    for (var pair : uri.getQuery().split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        return Long.parseLong(pair.substring(name.length() + 1));
      }
    }
    return 0;
  }

  private byte[] answer(URI uri) {
    var path = uri.getPath();
    var parts = path.split("/", -1);
    if (instead.containsKey(path)) {
      return instead.get(path).getBytes(StandardCharsets.UTF_8);
    }
    if (path.equals("/v1/votes/headers")) {
      return heads(number(uri, "after"), number(uri, "limit"));
    }
    if (path.equals("/v1/elections")) {
      return items(elections.keySet().stream().map(this::election).toList());
    }
    if (path.endsWith("/archive")) {
      return archive(parts[3]);
    }
    if (path.startsWith("/v1/elections/") && path.endsWith("/ballots")) {
      return items(
          newestTransaction.isEmpty()
              ? List.of()
              : List.of(new JsonObject().put("transaction", newestTransaction)));
    }
    if (path.startsWith("/v1/votes/receipts/")) {
      return receipts.getOrDefault(parts[4], new byte[0]);
    }
    if (path.equals("/v1/attached")) {
      return items(attached.keySet().stream().map(this::attached).toList());
    }
    if (path.startsWith("/v1/attached/") && parts.length == 6) {
      return new JsonObject()
          .put("transaction", newestTransaction)
          .encode()
          .getBytes(StandardCharsets.UTF_8);
    }
    if (path.startsWith("/v1/attached/")) {
      var hashes = attached.getOrDefault(parts[3], List.of());
      int from = (int) Math.min(number(uri, "from"), hashes.size());
      return items(
          hashes.subList(from, (int) Math.min(hashes.size(), from + number(uri, "limit"))).stream()
              .map(hash -> new JsonObject().put("hash", Base64Url.encode(hash.bytes())))
              .toList());
    }
    return new byte[0];
  }

  private static byte[] items(List<JsonObject> items) {
    return new JsonObject()
        .put("items", new JsonArray(new ArrayList<>(items)))
        .encode()
        .getBytes(StandardCharsets.UTF_8);
  }

  private byte[] heads(long after, long limit) {
    var items = new ArrayList<JsonObject>();
    long to = Math.min(Math.min(chain.height(), showsHeadsTo), after + limit);
    for (long height = after + 1; height <= to; height++) {
      var head = chain.head(height);
      items.add(
          new JsonObject()
              .put("height", height)
              .put("header", Base64Url.encode(head.header().encode()))
              .put("commit", Base64Url.encode(head.commit().encode())));
    }
    return items(items);
  }

  private record Written(byte[] bytes, ArchiveWriter writer) {}

  private Written written(String id) {
    var out = new ByteArrayOutputStream();
    var writer = ArchiveWriter.create(1_795_287_000L);
    out.writeBytes(writer.begin());
    out.writeBytes(writer.setup(bytes("election"), bytes("trustees"), bytes("credentials")));
    elections
        .getOrDefault(id, List.of())
        .forEach(ballot -> out.writeBytes(writer.ballot(bytes(ballot))));
    return new Written(out.toByteArray(), writer);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  byte[] archive(String id) {
    return written(id).bytes();
  }

  String head(String id) {
    return written(id).writer().head().orElseThrow();
  }

  long events(String id) {
    return written(id).writer().events();
  }

  private JsonObject election(String id) {
    return new JsonObject()
        .put("id", id)
        .put("stage", stage)
        .put("head", head(id))
        .put("events", events(id))
        .put("closesAt", closesAt.toString());
  }

  private JsonObject attached(String id) {
    var head = AttachedHead.of(new ElectionId(id), terms);
    for (var hash : attached.getOrDefault(id, List.of())) {
      head = head.after(hash);
    }
    return new JsonObject()
        .put("id", id)
        .put("key", terms.key().toString())
        .put("title", new JsonObject().put("en", "Old system").put("ko", "기존 시스템"))
        .put("closesAt", closesAt.toString())
        .put("stage", "open")
        .put("ballots", attached.getOrDefault(id, List.of()).size())
        .put(
            "head",
            claimedAttachedHead.isEmpty()
                ? Base64Url.encode(head.hash().bytes())
                : claimedAttachedHead);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
