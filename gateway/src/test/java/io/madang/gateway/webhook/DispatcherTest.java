package io.madang.gateway.webhook;

import static io.madang.gateway.Town.await;
import static io.madang.gateway.event.EventType.PAYMENT_CAPTURED;
import static io.madang.gateway.event.EventType.PAYMENT_REFUNDED;
import static io.madang.gateway.webhook.Receiver.answering;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.madang.gateway.database.TestPostgres;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Messages on their way to servers of every kind. */
class DispatcherTest {
  private Post post = new Post();
  private final Receiver receiver = new Receiver(answering(204));

  @AfterEach
  void end() {
    post.close();
    receiver.close();
  }

  private static void eventually(ThrowingCallable assertion) {
    try {
      TestPostgres.eventually(
          () -> {
            try {
              assertion.call();
              return true;
            } catch (Error | Exception failed) {
              throw failed;
            } catch (Throwable impossible) {
              throw new AssertionError(impossible);
            }
          });
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }

  private List<String> states(Endpoint endpoint) {
    return post.log(endpoint).stream().map(one -> one.getString("state")).toList();
  }

  private JsonObject lastAttempt(Endpoint endpoint) {
    return post.log(endpoint).getFirst().getJsonArray("log").getJsonObject(0);
  }

  @Test
  void sends_what_the_conventions_own_library_verifies() throws Exception {
    var endpoint = post.endpoint(receiver.url());
    var id = post.happens(PAYMENT_CAPTURED);
    eventually(() -> assertThat(states(endpoint)).containsExactly("delivered"));
    var request = receiver.received().getFirst();
    assertThat(request.line()).isEqualTo("POST /hook HTTP/1.1");
    assertThat(request.id()).isEqualTo(id);
    assertThat(request.headers()).containsEntry("content-type", "application/json");
    var secret = endpoint.keys().getFirst().secretText();
    new Webhook(secret).verify(request.body(), request.httpHeaders());
    assertThatThrownBy(
            () -> new Webhook(secret).verify(request.body() + " ", request.httpHeaders()))
        .isInstanceOf(WebhookVerificationException.class);
    var body = new JsonObject(request.body());
    assertThat(body.getString("type")).isEqualTo("payment.captured");
    assertThat(body.getJsonObject("data").getString("name")).isEqualTo("신촌 =1+1 \"커피\"");
  }

  @Test
  void sends_only_the_types_that_were_asked_for() {
    var refunds = post.endpoint(receiver.url(), "payment.refunded");
    var payments = post.endpoint(receiver.url(), "payment.*");
    var others = post.endpoint(receiver.url(), "intent.*");
    post.happens(PAYMENT_CAPTURED);
    post.happens(PAYMENT_REFUNDED);
    eventually(() -> assertThat(states(payments)).containsExactly("delivered", "delivered"));
    eventually(() -> assertThat(states(refunds)).containsExactly("delivered"));
    assertThat(states(others)).isEmpty();
  }

  @Test
  void tries_again_after_an_error_under_the_same_id_with_a_new_time() {
    receiver.behave(answering(500));
    var endpoint = post.endpoint(receiver.url());
    var id = post.happens(PAYMENT_CAPTURED);
    eventually(
        () ->
            assertThat(lastAttempt(endpoint).getString("outcome")).isEqualTo("answered-otherwise"));
    assertThat(lastAttempt(endpoint).getInteger("status")).isEqualTo(500);
    assertThat(lastAttempt(endpoint).getString("answer")).isEqualTo("hello");
    receiver.behave(answering(200));
    post.turn(Duration.ofSeconds(7));
    eventually(() -> assertThat(states(endpoint)).containsExactly("delivered"));
    assertThat(receiver.received()).extracting(Receiver.Received::id).containsExactly(id, id);
    assertThat(receiver.received().get(0).body()).isEqualTo(receiver.received().get(1).body());
    assertThat(receiver.received().get(0).headers().get("webhook-timestamp"))
        .isNotEqualTo(receiver.received().get(1).headers().get("webhook-timestamp"));
  }

  @Test
  void heeds_how_long_a_receiver_wants_to_be_left_alone() {
    receiver.behave(answering(429, "Retry-After: 3600\r\n"));
    var endpoint = post.endpoint(receiver.url());
    post.happens(PAYMENT_CAPTURED);
    eventually(() -> assertThat(lastAttempt(endpoint).getInteger("status")).isEqualTo(429));
    long next =
        java.time.Instant.parse(post.log(endpoint).getFirst().getString("nextAttemptAt"))
            .toEpochMilli();
    assertThat(next - post.now()).isBetween(3_600_000L, 3_700_000L);
  }

  @Test
  void does_not_let_a_receiver_that_hangs_keep_others_waiting() {
    var hangs = new Receiver(receiver.hanging());
    try (hangs) {
      var stuck = post.endpoint(hangs.url());
      var well = post.endpoint(receiver.url());
      for (int i = 0; i < 40; i++) {
        post.happens(PAYMENT_CAPTURED);
      }
      eventually(() -> assertThat(states(well)).hasSize(40).containsOnly("delivered"));
      assertThat(states(stuck)).hasSize(40).containsOnly("waiting");
      assertThat(hangs.received()).hasSizeLessThanOrEqualTo(4);
    }
  }

  @Test
  void waits_for_an_answer_for_some_time_only() {
    impatient();
    receiver.behave(receiver.hanging());
    var endpoint = post.endpoint(receiver.url());
    post.happens(PAYMENT_CAPTURED);
    eventually(() -> assertThat(lastAttempt(endpoint).getString("outcome")).isEqualTo("too-slow"));
  }

  private void impatient() {
    post.close();
    post = new Post(Duration.ofMillis(500));
  }

  @Test
  void leaves_a_receiver_that_fails_in_peace_and_sends_everything_once_it_is_back() {
    receiver.behave(answering(500));
    var endpoint = post.endpoint(receiver.url());
    for (int i = 0; i < 60; i++) {
      post.happens(PAYMENT_CAPTURED);
    }
    eventually(() -> assertThat(post.standing(endpoint).failing()).isTrue());
    // Those that were under way when it was noticed, and no more.
    assertThat(receiver.received()).hasSizeLessThan(20);
    receiver.behave(answering(200));
    post.turn(Duration.ofHours(2));
    eventually(() -> assertThat(states(endpoint)).hasSize(60).containsOnly("delivered"));
    assertThat(post.standing(endpoint).failuresInRow()).isZero();
    assertThat(new HashSet<>(receiver.received().stream().map(Receiver.Received::id).toList()))
        .hasSize(60);
  }

  @Test
  void goes_on_with_the_others_when_one_event_is_never_taken() {
    receiver.behave(
        (request, out) ->
            answering(request.body().contains("payment.refunded") ? 500 : 200)
                .answer(request, out));
    var endpoint = post.endpoint(receiver.url());
    post.happens(PAYMENT_REFUNDED);
    for (int step = 1; step <= 10; step++) {
      int expected = step;
      eventually(
          () ->
              assertThat(post.log(endpoint).getLast().getInteger("attempts")).isEqualTo(expected));
      post.happens(PAYMENT_CAPTURED);
      eventually(
          () ->
              assertThat(states(endpoint).stream().filter("delivered"::equals))
                  .hasSize(expected));
      post.turn(Duration.ofHours(30));
    }
    eventually(() -> assertThat(states(endpoint)).contains("failed"));
    assertThat(post.standing(endpoint).enabled()).isTrue();
    assertThat(post.log(endpoint).getLast().getInteger("attempts")).isEqualTo(10);
  }

  @Test
  void gives_up_after_three_days_with_a_notice_and_goes_on_when_it_is_enabled() {
    receiver.behave(answering(503));
    var other = new Receiver(answering(200));
    try (other) {
      var endpoint = post.endpoint(receiver.url(), "payment.*");
      var well = post.endpoint(other.url(), "webhook.*");
      var id = post.happens(PAYMENT_CAPTURED);
      for (int attempt = 1; attempt <= 10; attempt++) {
        int expected = attempt;
        eventually(
            () ->
                assertThat(post.log(endpoint).getFirst().getInteger("attempts"))
                    .isEqualTo(expected));
        post.turn(Duration.ofHours(30));
        if (!post.standing(endpoint).enabled()) break;
      }
      eventually(() -> assertThat(post.standing(endpoint).disabledBecause()).contains("failing"));
      assertThat(post.eventTypes()).containsExactly("payment.captured", "webhook.disabled");
      eventually(() -> assertThat(states(well)).containsExactly("delivered"));
      // What happens now is not written down for it, and what waits stays.
      post.happens(PAYMENT_CAPTURED);
      assertThat(post.log(endpoint)).hasSize(1);

      receiver.behave(answering(200));
      await(
          post.endpoints.change(
              endpoint.id(), new EndpointStore.Wish(receiver.url(), "", List.of()), true));
      await(post.deliveries.replay(post.standing(endpoint), new DeliveryStore.Range(0, 0)));
      post.turn(Duration.ZERO);
      eventually(() -> assertThat(states(endpoint)).hasSize(3).containsOnly("delivered"));
      assertThat(receiver.received().stream().map(Receiver.Received::id)).contains(id);
    }
  }

  @Test
  void disables_a_receiver_that_says_it_is_gone() {
    receiver.behave(answering(410));
    var endpoint = post.endpoint(receiver.url());
    post.happens(PAYMENT_CAPTURED);
    eventually(() -> assertThat(post.standing(endpoint).disabledBecause()).contains("gone"));
    assertThat(post.eventTypes()).containsExactly("payment.captured", "webhook.disabled");
  }

  @Test
  void follows_no_redirect() {
    var elsewhere = new Receiver(answering(200));
    try (elsewhere) {
      receiver.behave(answering(302, "Location: " + elsewhere.url() + "\r\n"));
      var endpoint = post.endpoint(receiver.url());
      post.happens(PAYMENT_CAPTURED);
      eventually(() -> assertThat(lastAttempt(endpoint).getInteger("status")).isEqualTo(302));
      assertThat(states(endpoint)).containsExactly("waiting");
      assertThat(elsewhere.received()).isEmpty();
    }
  }

  @Test
  void reads_only_the_beginning_of_a_huge_answer() {
    receiver.behave(
        (_, out) -> {
          out.write(
              "HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
          var block = new byte[65_536];
          java.util.Arrays.fill(block, (byte) 'x');
          while (true) out.write(block);
        });
    var endpoint = post.endpoint(receiver.url());
    post.happens(PAYMENT_CAPTURED);
    eventually(() -> assertThat(states(endpoint)).containsExactly("delivered"));
    assertThat(lastAttempt(endpoint).getString("answer")).isEqualTo("x".repeat(512));
  }

  @Test
  void does_not_wait_for_an_answer_that_trickles() {
    impatient();
    receiver.behave(
        (_, out) -> {
          while (true) {
            out.write("H".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            Thread.onSpinWait();
          }
        });
    var endpoint = post.endpoint(receiver.url());
    post.happens(PAYMENT_CAPTURED);
    eventually(() -> assertThat(post.log(endpoint).getFirst().getInteger("attempts")).isEqualTo(1));
    assertThat(lastAttempt(endpoint).getString("outcome")).isIn("too-slow", "not-reached");
  }

  @Test
  void believes_a_status_whose_answer_never_ends() {
    receiver.behave(
        (request, out) -> {
          out.write(
              "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab".getBytes(StandardCharsets.US_ASCII));
          out.flush();
          receiver.hanging().answer(request, out);
        });
    var endpoint = post.endpoint(receiver.url());
    post.happens(PAYMENT_CAPTURED);
    eventually(() -> assertThat(states(endpoint)).containsExactly("delivered"));
    assertThat(lastAttempt(endpoint).getString("answer")).isEqualTo("ab");
  }

  @Test
  void sends_again_when_the_line_was_cut_before_the_answer() {
    receiver.behave((_, out) -> out.close());
    var endpoint = post.endpoint(receiver.url());
    post.happens(PAYMENT_CAPTURED);
    eventually(
        () -> assertThat(lastAttempt(endpoint).getString("outcome")).isEqualTo("not-reached"));
    receiver.behave(answering(200));
    post.turn(Duration.ofSeconds(7));
    eventually(() -> assertThat(states(endpoint)).containsExactly("delivered"));
  }

  @Test
  void shows_neither_control_characters_nor_secrets_of_an_answer() {
    receiver.behave(
        (_, out) ->
            out.write(
                "HTTP/1.1 400 No\r\nContent-Length: 26\r\n\r\n\u001b[31m whsec_abc\u0000DEF 다 end"
                    .getBytes(StandardCharsets.UTF_8)));
    var endpoint = post.endpoint(receiver.url());
    post.happens(PAYMENT_CAPTURED);
    eventually(() -> assertThat(lastAttempt(endpoint).getInteger("status")).isEqualTo(400));
    assertThat(lastAttempt(endpoint).getString("answer"))
        .doesNotContain("\u001b", "\u0000", "whsec_abc");
  }

  @Test
  void sends_what_was_under_way_when_the_process_died() {
    receiver.behave(receiver.hanging());
    var endpoint = post.endpoint(receiver.url());
    var id = post.happens(PAYMENT_CAPTURED);
    eventually(() -> assertThat(receiver.received()).hasSize(1));
    receiver.behave(answering(200));
    post.crash();
    post.turn(Duration.ofSeconds(7));
    eventually(() -> assertThat(states(endpoint)).containsExactly("delivered"));
    assertThat(receiver.received()).extracting(Receiver.Received::id).containsOnly(id);
  }

  @Test
  void signs_with_the_old_secret_too_for_a_day_after_a_change() throws Exception {
    var endpoint = post.endpoint(receiver.url());
    var old = endpoint.keys().getFirst().secretText();
    var changed =
        await(post.sql.transaction(connection -> post.endpoints.rotate(connection, endpoint.id())));
    var fresh = changed.keys().getFirst().secretText();
    assertThat(fresh).isNotEqualTo(old);
    post.happens(PAYMENT_CAPTURED);
    eventually(() -> assertThat(receiver.received()).hasSize(1));
    var request = receiver.received().getFirst();
    new Webhook(old).verify(request.body(), request.httpHeaders());
    new Webhook(fresh).verify(request.body(), request.httpHeaders());
    post.turn(Duration.ofHours(25));
    assertThat(post.standing(endpoint).keys())
        .extracting(Signature.Keys::secretText)
        .containsExactly(fresh);
  }

  @Test
  void keeps_no_secret_that_the_database_alone_could_show() {
    var endpoint = post.endpoint(receiver.url());
    var rows = await(post.sql.run("SELECT e::text AS all FROM ops.webhook_endpoint AS e"));
    byte[] secret = endpoint.keys().getFirst().secret();
    assertThat(rows.iterator().next().getString("all"))
        .doesNotContain(java.util.HexFormat.of().formatHex(secret))
        .doesNotContain(endpoint.keys().getFirst().secretText());
  }

  @Test
  void sends_one_event_again_and_all_since_a_time() {
    var endpoint = post.endpoint(receiver.url());
    var first = post.happens(PAYMENT_CAPTURED);
    post.turn(Duration.ofMinutes(10));
    long later = post.now();
    var second = post.happens(PAYMENT_REFUNDED);
    eventually(() -> assertThat(states(endpoint)).containsExactly("delivered", "delivered"));
    var number = await(post.deliveries.number(Post.SHOP, first)).orElseThrow();
    await(
        post.sql.transaction(
            connection -> DeliveryStore.send(connection, endpoint, List.of(number))));
    post.turn(Duration.ZERO);
    eventually(() -> assertThat(receiver.received()).hasSize(3));
    assertThat(receiver.received().getLast().id()).isEqualTo(first);
    var replayed = await(post.deliveries.replay(endpoint, new DeliveryStore.Range(0, later)));
    assertThat(replayed).isEqualTo(new DeliveryStore.Replayed(1, Optional.empty()));
    post.turn(Duration.ZERO);
    eventually(() -> assertThat(receiver.received()).hasSize(4));
    assertThat(receiver.received().getLast().id()).isEqualTo(second);
    eventually(() -> assertThat(states(endpoint)).containsExactly("delivered", "delivered"));
  }

  @Test
  void reaches_no_address_that_is_not_public_whatever_its_name_stands_for() {
    var asked = new AtomicInteger();
    post.close();
    var inside =
        List.of(
            List.of("127.0.0.1"),
            List.of("169.254.169.254"),
            List.of("1.1.1.1", "10.0.0.1"),
            List.of("::ffff:127.0.0.1"),
            List.of("fd00:ec2::254"));
    post =
        new Post(
            false,
            host -> {
              var addresses = new java.util.ArrayList<InetAddress>();
              for (var one : inside.get(asked.getAndIncrement() % inside.size())) {
                addresses.add(InetAddress.getByName(one));
              }
              return addresses;
            },
            Duration.ofSeconds(50));
    int port = java.net.URI.create(receiver.url()).getPort();
    var endpoint = post.endpoint("https://hook.example:" + port + "/");
    for (int i = 0; i < inside.size(); i++) {
      post.happens(PAYMENT_CAPTURED);
    }
    eventually(
        () -> {
          var outcomes = new HashSet<String>();
          int attempts = 0;
          for (var one : post.log(endpoint)) {
            for (var attempt : one.getJsonArray("log", new JsonArray())) {
              outcomes.add(((JsonObject) attempt).getString("outcome"));
              attempts++;
            }
          }
          assertThat(outcomes).containsExactly("address-not-public");
          assertThat(attempts).isEqualTo(asked.get()).isGreaterThanOrEqualTo(5);
        });
    assertThat(receiver.received()).isEmpty();
  }
}
