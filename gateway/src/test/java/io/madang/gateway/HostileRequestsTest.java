package io.madang.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.gateway.account.MerchantRoutes.Registered;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that no honest client sends. None has an effect, and each answer names the place. */
class HostileRequestsTest {
  private static Town town;
  private static Registered shop;

  @BeforeAll
  static void begin() {
    town = Town.start();
    shop = town.newShop("SHOP");
  }

  @AfterAll
  static void end() {
    town.close();
  }

  private static Client.Answer create(byte[] body) {
    return town.shop(shop)
        .send(
            town.shop(shop)
                .request("/v1/intents")
                .header("Content-Type", "application/json; charset=utf-8")
                .header("Idempotency-Key", Client.key())
                .POST(BodyPublishers.ofByteArray(body)));
  }

  static Stream<Arguments> bodies() {
    return Stream.of(
        Arguments.of("not JSON", "{", "#"),
        Arguments.of("nothing", "", "#"),
        Arguments.of("an array", "[]", "#"),
        Arguments.of("a number", "1", "#"),
        Arguments.of("more than one object", intent("4500") + "{}", "#"),
        Arguments.of(
            "a name twice", "{\"amount\":1,\"amount\":2,\"asset\":\"S-COIN\"}", "#/amount"),
        Arguments.of("zero", intent("0"), "#/amount"),
        Arguments.of("a negative amount", intent("-1"), "#/amount"),
        Arguments.of("minus zero", intent("-0"), "#/amount"),
        Arguments.of("a fraction", intent("1.5"), "#/amount"),
        Arguments.of("a whole fraction", intent("1.0"), "#/amount"),
        Arguments.of("an exponent", intent("1e3"), "#/amount"),
        Arguments.of("infinity by exponent", intent("1e400"), "#/amount"),
        Arguments.of("2^53", intent("9007199254740992"), "#/amount"),
        Arguments.of("2^53+1", intent("9007199254740993"), "#/amount"),
        Arguments.of("2^63", intent("9223372036854775808"), "#/amount"),
        Arguments.of("2^64+1", intent("18446744073709551617"), "#/amount"),
        Arguments.of("a thousand digits", intent("1".repeat(1000)), "#/amount"),
        Arguments.of("leading zeros", intent("007"), "#/amount"),
        Arguments.of("a plus sign", intent("+7"), "#/amount"),
        Arguments.of("fullwidth digits", intent("４５００"), "#/amount"),
        Arguments.of("digits in a string", intent("\"4500\""), "#/amount"),
        Arguments.of("null", intent("null"), "#/amount"),
        Arguments.of("NaN", intent("NaN"), "#/amount"),
        Arguments.of("no amount", "{\"asset\":\"S-COIN\"}", "#"),
        Arguments.of("an unknown member", with("\"payee\":\"me\""), "#/payee"),
        Arguments.of("a prototype", with("\"__proto__\":{}"), "#/__proto__"),
        Arguments.of("an asset in lower case", "{\"amount\":1,\"asset\":\"s-coin\"}", "#/asset"),
        Arguments.of("quotes in a reference", with("\"reference\":\"a\\\"b\""), "#/reference"),
        Arguments.of("a control byte", with("\"reference\":\"a\\u001bp\""), "#/reference"),
        Arguments.of("an empty reference", with("\"reference\":\"\""), "#/reference"),
        Arguments.of(
            "a long reference", with("\"reference\":\"" + "x".repeat(36) + "\""), "#/reference"),
        Arguments.of("half a character", with("\"reference\":\"\\ud83d\""), "#/reference"),
        Arguments.of("a comment", "{/* */\"amount\":1,\"asset\":\"S-COIN\"}", "#"),
        Arguments.of("single quotes", "{'amount':1}", "#"),
        Arguments.of("a trailing comma", "{\"amount\":1,}", "#"),
        Arguments.of("an early expiry", with("\"expiresInSeconds\":9"), "#/expiresInSeconds"),
        Arguments.of("a nested bomb", with("\"till\":" + "[".repeat(20_000)), "#/till"));
  }

  private static String intent(String amount) {
    return "{\"amount\":" + amount + ",\"asset\":\"S-COIN\"}";
  }

  private static String with(String member) {
    return "{\"amount\":1,\"asset\":\"S-COIN\"," + member + "}";
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bodies")
  void names_the_place_of_a_fault(String what, String body, String pointer) {
    var answer = create(body.getBytes(StandardCharsets.UTF_8));
    answer.expect(400, "malformed-request");
    assertThat(answer.json().getJsonArray("errors"))
        .as(what)
        .anySatisfy(
            error -> assertThat(((JsonObject) error).getString("pointer")).startsWith(pointer));
    // What was sent is not sent back.
    assertThat(answer.response().body()).hasSizeLessThan(2_000);
  }

  @Test
  void reads_nothing_but_utf_8() {
    create(intent("1").getBytes(StandardCharsets.UTF_16)).expect(400, "malformed-request");
    create(new byte[] {'{', '"', (byte) 0xC0, (byte) 0x80, '"', '}'})
        .expect(400, "malformed-request");
  }

  @Test
  void takes_bodies_up_to_64_kib() {
    var large = "{\"amount\":1,\"asset\":\"S-COIN\"" + " ".repeat(64 * 1024) + "}";
    create(large.getBytes(StandardCharsets.UTF_8)).expect(413, "body-too-large");
    var fits = "{\"amount\":1,\"asset\":\"S-COIN\"" + " ".repeat(60 * 1024) + "}";
    create(fits.getBytes(StandardCharsets.UTF_8)).expect(201);
  }

  @Test
  void takes_json_only() {
    for (var type : new String[] {"text/plain", "application/x-www-form-urlencoded"}) {
      town.shop(shop)
          .send(
              town.shop(shop)
                  .request("/v1/intents")
                  .header("Content-Type", type)
                  .header("Idempotency-Key", Client.key())
                  .POST(BodyPublishers.ofString(intent("1"))))
          .expect(415, "unsupported-media-type");
    }
    town.anyone()
        .send(town.anyone().request("/v1/sessions/challenges").POST(BodyPublishers.noBody()))
        .expect(415, "unsupported-media-type");
  }

  /** A4. */
  @Test
  void listens_to_no_page_of_another_site() {
    for (var header :
        new String[][] {
          {"Origin", "https://evil.example"}, {"Origin", "null"}, {"Sec-Fetch-Site", "cross-site"}
        }) {
      var answer =
          town.shop(shop)
              .send(
                  town.shop(shop)
                      .request("/v1/intents")
                      .header("Content-Type", "application/json")
                      .header("Idempotency-Key", Client.key())
                      .header(header[0], header[1])
                      .POST(BodyPublishers.ofString(intent("1"))));
      answer.expect(403, "foreign-origin");
      assertThat(answer.header("access-control-allow-origin")).isEmpty();
    }
    town.shop(shop)
        .send(
            town.shop(shop)
                .request("/v1/intents")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", Client.key())
                .header("Origin", "http://localhost")
                .POST(BodyPublishers.ofString(intent("1"))))
        .expect(201);
  }

  @Test
  void refuses_parameters_that_it_does_not_know() {
    var merchant = town.shop(shop);
    merchant.get("/v1/intents?limit=0").expect(400, "malformed-request");
    merchant.get("/v1/intents?limit=101").expect(400, "malformed-request");
    merchant.get("/v1/intents?limit=1e1").expect(400, "malformed-request");
    merchant.get("/v1/intents?limit=5&limit=6").expect(400, "malformed-request");
    merchant.get("/v1/intents?cursor=%27").expect(400, "malformed-request");
    merchant.get("/v1/intents?cursor=nobody-gave-this").expect(400, "malformed-request");
    merchant.get("/v1/intents?colour=red").expect(400, "malformed-request");
    merchant.get("/v1/intents/ABC").expect(400, "malformed-request");
    town.anyone().get("/v1/blocks/0").expect(400, "malformed-request");
    town.anyone().get("/v1/nothing").expect(404, "not-found");
    town.anyone().delete("/v1/chain").expect(405, "method-not-allowed");
  }

  @Test
  void refuses_tokens_of_any_other_form() {
    for (var token :
        new String[] {
          "x", "mk_", "ws_" + "A".repeat(43), "mk_' OR 1=1 --", "eyJhbGciOiJub25lIn0.e30.", "ok_x"
        }) {
      new Client(town, token).get("/v1/merchant").expect(401, "unauthorized");
    }
    town.anyone().get("/v1/merchant").expect(401, "unauthorized");
    town.anyone()
        .send(town.anyone().request("/v1/merchant").header("Authorization", "Basic eDp5").GET())
        .expect(401, "unauthorized");
  }

  @Test
  void refuses_transactions_by_the_names_of_the_list() {
    var transactions =
        new Object[][] {
          {"e30.e30.e30", 400, "malformed-request"},
          {"eyJhbGciOiJub25lIn0.eyJhbGciOiJub25lIn0.AAAA", 400, "malformed"}
        };
    for (var row : transactions) {
      town.anyone()
          .post("/v1/transactions", new JsonObject().put("transaction", row[0]))
          .expect((Integer) row[1], (String) row[2]);
    }
    var anna = town.newPerson("anna", 0);
    anna.pay(shop.merchant().account(), 1, "").expect(409, "insufficient-funds");
    anna.pay(anna.account(), 1, "").expect(422, "same-account");
    var stranger = new Person(town, Town.key("stranger"));
    stranger.pay(shop.merchant().account(), 1, "").expect(403, "unknown-signer");
    var signed = anna.transfer(shop.merchant().account(), 1, "");
    int at = signed.length() - 20;
    var forged =
        signed.substring(0, at) + (signed.charAt(at) == 'A' ? 'B' : 'A') + signed.substring(at + 1);
    town.anyone()
        .post("/v1/transactions", new JsonObject().put("transaction", forged))
        .expect(422, "wrong-signature");
  }

  /** N3: words signed for one purpose mean nothing for another. */
  @Test
  void takes_no_statement_for_another_purpose() {
    var anna = town.newPerson("anna", 0);
    var login = anna.login("A".repeat(75), "http://localhost");
    town.anyone()
        .post("/v1/transactions", new JsonObject().put("transaction", login))
        .expect(400, "unknown-purpose");
    town.anyone()
        .post("/v1/accounts", new JsonObject().put("request", login))
        .expect(422, "wrong-nested-purpose");
    town.anyone()
        .post(
            "/v1/sessions",
            new JsonObject().put("login", anna.transfer(shop.merchant().account(), 1, "")))
        .expect(401, "login-refused");
  }

  @Test
  void takes_a_challenge_once_and_only_its_own() {
    var anna = town.newPerson("anna", 0);
    var challenge =
        town.anyone().post("/v1/sessions/challenges", new JsonObject()).expect(201).json();
    var words = challenge.getString("challenge");
    var audience = challenge.getString("audience");
    var login = new JsonObject().put("login", anna.login(words, audience));
    town.anyone().post("/v1/sessions", login).expect(201);
    town.anyone().post("/v1/sessions", login).expect(401, "login-refused");
    for (var other :
        new String[][] {
          {
            words.substring(0, 10) + (words.charAt(10) == 'A' ? 'B' : 'A') + words.substring(11),
            audience
          },
          {words, "https://evil.example"},
          {"", audience}
        }) {
      town.anyone()
          .post("/v1/sessions", new JsonObject().put("login", anna.login(other[0], other[1])))
          .expect(401, "login-refused");
    }
    var stranger = new Person(town, Town.key("stranger"));
    var fresh = town.anyone().post("/v1/sessions/challenges", new JsonObject()).json();
    town.anyone()
        .post(
            "/v1/sessions",
            new JsonObject().put("login", stranger.login(fresh.getString("challenge"), audience)))
        .expect(401, "login-refused");
  }

  @Test
  void ends_a_session_when_asked() {
    var anna = town.newPerson("anna", 0);
    anna.client().delete("/v1/sessions/current").expect(204);
    anna.client().get("/v1/me").expect(401, "unauthorized");
  }

  @Test
  void sends_headers_that_bind_browsers() {
    var answer = town.anyone().get("/v1/chain").expect(200);
    assertThat(answer.header("content-security-policy"))
        .contains("default-src 'self'", "frame-ancestors 'none'", "script-src 'self'")
        .doesNotContain("unsafe-inline");
    assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
    assertThat(answer.header("cache-control")).isEqualTo("no-store");
    assertThat(answer.header("permissions-policy")).contains("camera=(self)");
    assertThat(answer.header("x-request-id")).hasSize(16);
  }

  /** A6: what could be read as two requests gets at most one answer. */
  @Test
  void answers_ambiguous_framing_at_most_once() throws IOException {
    for (var framing :
        new String[] {
          "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /v1/chain HTTP/1.1\r\nHost: x\r\n\r\n",
          "Content-Length: 2\r\nContent-Length: 30\r\n\r\n{}GET /v1/chain HTTP/1.1\r\nHost: x\r\n\r\n",
          "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\nGET /v1/chain HTTP/1.1\r\nHost: x\r\n\r\n"
        }) {
      var answer =
          raw(
              "POST /v1/sessions/challenges HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                  + framing);
      assertThat(answer.split("HTTP/1.1 ", -1).length - 1).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void takes_heads_up_to_8_kib() throws IOException {
    assertThat(raw("GET /v1/chain HTTP/1.1\r\nHost: x\r\nX: " + "a".repeat(9_000) + "\r\n\r\n"))
        .startsWith("HTTP/1.1 431");
    assertThat(raw("nonsense\r\n\r\n")).contains(" 400 ");
  }

  private static String raw(String request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), town.gateway().port())) {
      socket.setSoTimeout(3_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      var answer = new StringBuilder();
      var buffer = new byte[8192];
      try {
        for (int n; (n = socket.getInputStream().read(buffer)) > 0; ) {
          answer.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
        }
      } catch (java.net.SocketTimeoutException quiet) {
        // The connection stays open for another request: all there was has come.
      }
      return answer.toString();
    }
  }

  @Test
  void serves_the_contract_and_a_page_that_shows_it() {
    assertThat(town.anyone().get("/openapi.yaml").expect(200).response().body())
        .startsWith("openapi: 3.1.0");
    var docs = town.anyone().get("/docs").expect(200);
    assertThat(docs.header("content-type")).startsWith("text/html");
    assertThat(docs.response().body())
        .contains("/v1/intents/{id}/refunds", "insufficient-funds", "repeated-ciphertext")
        .doesNotContain("<script", " style=");
    var again =
        town.anyone()
            .send(town.anyone().request("/docs").header("If-None-Match", docs.header("etag")));
    again.expect(304);
    assertThat(town.anyone().get("/").expect(200).header("cache-control")).isEqualTo("no-cache");
    town.anyone().get("/wallet/pay").expect(200);
    town.anyone().get("/wallet/missing.js").expect(404, "not-found");
    town.anyone().get("/../../etc/passwd").expect(404, "not-found");
  }
}
