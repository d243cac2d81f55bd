package io.madang.gateway.monitor;

import io.madang.chain.Base64Url;
import io.madang.chain.Hash;
import io.madang.chain.PublicKey;
import io.madang.chain.Receipt;
import io.madang.voting.ElectionId;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A gateway behind its public API. Its answers are read with limits: it may be hostile. */
final class HttpBoardGateway implements BoardGateway {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int MAX_ANSWER = 16 << 20;
  private static final long MAX_ARCHIVE = 8L << 30;
  private static final long MAX_HASHES = 1_000_000;
  private static final int PAGE = 100;
  private static final int HASHES_PAGE = 1_000;
  private static final Set<String> WITHOUT_BOARD = Set.of("draft", "announced", "withdrawn");

  private final HttpClient http;
  private final URI address;

  /** A gateway at an address such as {@code https://votes.example.org}. */
  HttpBoardGateway(HttpClient http, URI address) {
    this.http = http;
    this.address = address;
  }

  @Override
  public String name() {
    return address.toString();
  }

  @Override
  public List<SignedHead> heads(long after) throws GatewayTrouble {
    return items(
        json("/v1/votes/headers?after=" + after + "&limit=" + PAGE),
        item ->
            SignedHead.read(item.getString("header"), item.getString("commit"))
                .orElseThrow(() -> new IllegalArgumentException("a head that is none")));
  }

  @Override
  public List<BoardSummary> elections() throws GatewayTrouble {
    return items(json("/v1/elections"), HttpBoardGateway::board).stream()
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<BoardSummary> board(JsonObject item) {
    var stage = item.getString("stage");
    if (WITHOUT_BOARD.contains(stage)) {
      return Optional.empty();
    }
    return Optional.of(
        new BoardSummary(
            new ElectionId(item.getString("id")),
            item.getString("head"),
            item.getLong("events"),
            stage.equals("open"),
            stage.equals("finished"),
            Instant.parse(item.getString("closesAt")).toEpochMilli()));
  }

  @Override
  public void archive(ElectionId election, Path file) throws IOException, GatewayTrouble {
    var response = send("/v1/elections/" + election + "/archive");
    requireFound(response);
    try (var body = response.body();
        var out = Files.newOutputStream(file)) {
      var buffer = new byte[1 << 16];
      long length = 0;
      for (int read = read(body, buffer); read >= 0; read = read(body, buffer)) {
        length += read;
        if (length > MAX_ARCHIVE) {
          throw new GatewayTrouble("It sends an archive of more than " + MAX_ARCHIVE + " bytes.");
        }
        out.write(buffer, 0, read);
      }
    }
  }

  private static int read(InputStream body, byte[] buffer) throws GatewayTrouble {
    try {
      return body.read(buffer);
    } catch (IOException broken) {
      throw new GatewayTrouble("It stopped in mid-answer.", broken);
    }
  }

  @Override
  public Optional<byte[]> newestReceipt(BoardSummary board) throws GatewayTrouble {
    var newest =
        items(
            json("/v1/elections/" + board.id() + "/ballots?limit=1"),
            item -> item.getString("transaction"));
    return newest.isEmpty() ? Optional.empty() : receipt(newest.getFirst());
  }

  private Optional<byte[]> receipt(String transaction) throws GatewayTrouble {
    if (!transaction.matches("[0-9A-Fa-f]{64}")) {
      return Optional.empty();
    }
    var response = send("/v1/votes/receipts/" + transaction);
    // Not proven yet: the block that signs its outcome is still to come.
    return response.statusCode() == 200
        ? Optional.of(body(response, Receipt.MAX_BYTES))
        : Optional.empty();
  }

  @Override
  public List<AttachedSummary> attached() throws GatewayTrouble {
    return items(json("/v1/attached"), HttpBoardGateway::attached);
  }

  private static AttachedSummary attached(JsonObject item) {
    long hashes = item.getLong("ballots");
    if (hashes < 0 || hashes > MAX_HASHES) {
      throw new IllegalArgumentException("an impossible number of hashes");
    }
    var result = Optional.ofNullable(item.getJsonObject("result"));
    return new AttachedSummary(
        new ElectionId(item.getString("id")),
        PublicKey.parse(item.getString("key")),
        item.getJsonObject("title").getString("en"),
        item.getJsonObject("title").getString("ko"),
        Instant.parse(item.getString("closesAt")).toEpochMilli(),
        item.getString("stage"),
        hash(item.getString("head")),
        hashes,
        result.map(one -> one.getString("text")),
        result.map(one -> hash(one.getString("hash"))));
  }

  @Override
  public List<Hash> attachedBallots(ElectionId election, long from) throws GatewayTrouble {
    return items(
        json("/v1/attached/" + election + "/ballots?from=" + from + "&limit=" + HASHES_PAGE),
        item -> hash(item.getString("hash")));
  }

  @Override
  public Optional<byte[]> attachedReceipt(ElectionId election, Hash ballot) throws GatewayTrouble {
    var standing =
        json("/v1/attached/" + election + "/ballots/" + Base64Url.encode(ballot.bytes()));
    try {
      return receipt(standing.getString("transaction", ""));
    } catch (ClassCastException notInForm) {
      throw new GatewayTrouble("It answers in another form than its contract says.", notInForm);
    }
  }

  private static Hash hash(String text) {
    return Base64Url.decode(text)
        .map(Hash::of)
        .orElseThrow(() -> new IllegalArgumentException("not a hash"));
  }

  /** Reads one object of a list. */
  private interface ItemReader<T> {
    T read(JsonObject item);
  }

  private static <T> List<T> items(JsonObject answer, ItemReader<T> reader) throws GatewayTrouble {
    try {
      JsonArray items = answer.getJsonArray("items");
      var all = new ArrayList<T>();
      for (int i = 0; i < items.size(); i++) {
        all.add(reader.read(items.getJsonObject(i)));
      }
      return all;
    } catch (ClassCastException
        | IllegalArgumentException
        | NullPointerException
        | DateTimeException notInForm) {
      throw new GatewayTrouble("It answers in another form than its contract says.", notInForm);
    }
  }

  private JsonObject json(String path) throws GatewayTrouble {
    var response = send(path);
    requireFound(response);
    try {
      return new JsonObject(new String(body(response, MAX_ANSWER), StandardCharsets.UTF_8));
    } catch (DecodeException notJson) {
      throw new GatewayTrouble("It answers something that is not JSON.", notJson);
    }
  }

  private static byte[] body(HttpResponse<InputStream> response, int most) throws GatewayTrouble {
    try (var body = response.body()) {
      byte[] bytes = body.readNBytes(most + 1);
      if (bytes.length > most) {
        throw new GatewayTrouble("It answers more than " + most + " bytes.");
      }
      return bytes;
    } catch (IOException broken) {
      throw new GatewayTrouble("It stopped in mid-answer.", broken);
    }
  }

  private static void requireFound(HttpResponse<InputStream> response) throws GatewayTrouble {
    if (response.statusCode() != 200) {
      body(response, MAX_ANSWER);
      throw new GatewayTrouble(
          "It answers %d to %s.".formatted(response.statusCode(), response.uri().getPath()));
    }
  }

  private HttpResponse<InputStream> send(String path) throws GatewayTrouble {
    var request = HttpRequest.newBuilder(address.resolve(path)).timeout(PATIENCE).build();
    try {
      return http.send(request, BodyHandlers.ofInputStream());
    } catch (IOException unreachable) {
      throw new GatewayTrouble("It does not answer.", unreachable);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new GatewayTrouble("The monitor was stopped.", stopped);
    }
  }
}
