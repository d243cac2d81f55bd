package io.madang.stories;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.Statement;
import io.madang.gateway.client.GatewayClient;
import io.madang.gateway.client.WalletClient;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * People who pay one coin after the other to the same payee, and remember what they were told:
 * which payments are final, and which were never answered. Afterwards they compare that with the
 * books.
 */
final class Payers {
  private static final String ASSET = "S-COIN";
  private static final long CHARGED = 1_000_000;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final List<WalletClient> wallets = new ArrayList<>();
  private final Queue<Final> acknowledged = new ConcurrentLinkedQueue<>();
  private final Queue<Sent> unanswered = new ConcurrentLinkedQueue<>();
  private final Queue<Unavailable> unavailable = new ConcurrentLinkedQueue<>();
  private final AtomicReference<CountDownLatch> nextFinal =
      new AtomicReference<>(new CountDownLatch(0));
  private WalletClient payee;
  private URI address;

  /** A transfer that was sent. */
  private record Sent(int payer, Statement transfer) {}

  /** A transfer that the gateway called final. */
  private record Final(Sent sent, String position) {}

  /** An answer that said: not now. */
  record Unavailable(boolean saysWhenToRetry, Duration after) {}

  /** Opens the wallets, with a million coins each. */
  Payers(URI address, int count) {
    this.address = address;
    for (int i = 0; i < count; i++) {
      var wallet = WalletClient.open(new GatewayClient(address));
      wallet.charge(ASSET, CHARGED);
      wallets.add(wallet);
    }
    payee = WalletClient.open(new GatewayClient(address));
  }

  /** Signs everybody in again, perhaps at another address. */
  void moveTo(URI newAddress) {
    address = newAddress;
    wallets.replaceAll(wallet -> wallet.at(new GatewayClient(newAddress)));
    payee = payee.at(new GatewayClient(newAddress));
  }

  /** Everybody begins to pay, until told to stop. */
  Load pay() {
    return new Load();
  }

  int finalPayments() {
    return acknowledged.size();
  }

  /** What was answered instead of a payment, so far. */
  List<Unavailable> unavailable() {
    return List.copyOf(unavailable);
  }

  /** Sends again what was called final, as after a lost answer, and expects the same answer. */
  void assertEachAnswerStillStands() {
    var sample = List.copyOf(acknowledged);
    // All of the newest, which a crash could have hit, and some of the older ones.
    for (int i = sample.size() - 1; i >= 0; i -= i > sample.size() - 100 ? 1 : 97) {
      var payment = sample.get(i);
      assertThat(submit(payment.sent())).isEqualTo(payment.position());
    }
  }

  /** A caller without an answer sends the same bytes again, as a wallet does. */
  void settleTheUnanswered() {
    Sent sent;
    while ((sent = unanswered.poll()) != null) {
      acknowledged.add(new Final(sent, submit(sent)));
    }
  }

  /** Nobody has a coin more or less than the final payments say. */
  void assertBooksAgree() {
    assertThat(payee.available(ASSET)).as("the payee's coins").isEqualTo(acknowledged.size());
    assertThat(acknowledged.stream().map(Final::position)).doesNotHaveDuplicates();
    for (int i = 0; i < wallets.size(); i++) {
      int payer = i;
      long paid = acknowledged.stream().filter(done -> done.sent().payer() == payer).count();
      assertThat(wallets.get(i).available(ASSET)).as("payer " + i).isEqualTo(CHARGED - paid);
    }
  }

  private String submit(Sent sent) {
    return wallets.get(sent.payer()).submit(sent.transfer()).position();
  }

  /** Everybody paying at once. */
  final class Load {
    private final HttpClient http =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final CountDownLatch running = new CountDownLatch(wallets.size());
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean stopped;

    private Load() {
      for (int i = 0; i < wallets.size(); i++) {
        int payer = i;
        Thread.ofVirtual().start(() -> payOn(payer));
      }
    }

    /** Waits until so many more payments are final. */
    void awaitFinal(int more) throws InterruptedException {
      var latch = new CountDownLatch(more);
      nextFinal.set(latch);
      assertThat(latch.await(3, TimeUnit.MINUTES)).as("payments go on").isTrue();
    }

    /** Stops everybody after the payment they are at. */
    void stop() throws InterruptedException {
      stopped = true;
      assertThat(running.await(3, TimeUnit.MINUTES)).as("everybody stopped").isTrue();
      http.close();
      assertThat(failures).isEmpty();
    }

    private void payOn(int payer) {
      try {
        while (!stopped) {
          payOnce(payer);
        }
      } catch (RuntimeException | AssertionError unexpected) {
        failures.add(unexpected);
      } catch (InterruptedException told) {
        Thread.currentThread().interrupt();
      } finally {
        running.countDown();
      }
    }

    /** Signs one transfer, and sends it again until it is final or everybody is told to stop. */
    private void payOnce(int payer) throws InterruptedException {
      var sent = new Sent(payer, wallets.get(payer).transfer(payee.account(), ASSET, 1, "load"));
      boolean answered = false;
      while (!answered) {
        var position = send(sent);
        answered = position.isPresent();
        position.ifPresent(
            place -> {
              acknowledged.add(new Final(sent, place));
              nextFinal.get().countDown();
            });
        if (!answered && stopped) {
          unanswered.add(sent);
          return;
        }
      }
    }

    /** The payment's position when it is final; empty when that is not known. */
    private Optional<String> send(Sent sent) throws InterruptedException {
      var body = new JsonObject().put("transaction", sent.transfer().text()).encode();
      var request =
          HttpRequest.newBuilder(address.resolve("/v1/transactions"))
              .timeout(PATIENCE)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(body))
              .build();
      long before = System.nanoTime();
      HttpResponse<String> answer;
      try {
        answer = http.send(request, BodyHandlers.ofString());
      } catch (IOException noAnswer) {
        return Optional.empty();
      }
      var took = Duration.ofNanos(System.nanoTime() - before);
      return switch (answer.statusCode()) {
        case 200 -> Optional.of(new JsonObject(answer.body()).getString("position"));
        case 202 -> Optional.empty();
        case 503 -> {
          var retryAfter = answer.headers().firstValueAsLong("Retry-After");
          unavailable.add(new Unavailable(retryAfter.isPresent(), took));
          // A polite client waits as long as it is told; an impatient one would slow the recovery.
          LockSupport.parkNanos(Duration.ofSeconds(retryAfter.orElse(0)).toNanos());
          yield Optional.empty();
        }
        default -> throw new AssertionError(answer.statusCode() + " " + answer.body());
      };
    }
  }
}
