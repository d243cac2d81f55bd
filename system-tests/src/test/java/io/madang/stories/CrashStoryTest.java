package io.madang.stories;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.Statement;
import io.madang.gateway.client.GatewayClient;
import io.madang.gateway.client.RefusedException;
import io.madang.gateway.client.WalletClient;
import io.madang.gateway.client.WalletClient.FinalTransaction;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** M3, M4: kill -9 at random moments under load; what was acknowledged is there, once. */
class CrashStoryTest {
  private static final int KILLS = Integer.getInteger("madang.kills", 20);
  private static final int PAYERS = 6;
  private static final long CHARGED = 1_000_000;
  private static final String ASSET = "S-COIN";

  /** A transfer that was sent, and the answer when one came. */
  private record Sent(int payer, Statement transfer, FinalTransaction answer) {}

  @TempDir Path data;

  private final Queue<Sent> acknowledged = new ConcurrentLinkedQueue<>();
  private final Queue<Sent> unanswered = new ConcurrentLinkedQueue<>();

  @Test
  void nothing_acknowledged_is_missing_or_doubled_after_kill_9() throws Exception {
    var demo = DemoProcess.start(data);
    var wallets = new ArrayList<WalletClient>();
    for (int i = 0; i < PAYERS; i++) {
      var wallet = WalletClient.open(new GatewayClient(demo.address()));
      wallet.charge(ASSET, CHARGED);
      wallets.add(wallet);
    }
    var payee = WalletClient.open(new GatewayClient(demo.address()));

    for (int kill = 0; kill < KILLS; kill++) {
      payUntilKilled(demo, wallets, payee.account());
      demo = DemoProcess.start(data);
      assertThat(demo.timeToServe()).as("serves again").isLessThan(Duration.ofSeconds(10));
      for (int i = 0; i < PAYERS; i++) {
        wallets.set(i, wallets.get(i).at(new GatewayClient(demo.address())));
      }
      assertEachAnswerStillStands(wallets);
      settleTheUnanswered(wallets);
    }

    payee = payee.at(new GatewayClient(demo.address()));
    assertThat(acknowledged).as("the load was real").hasSizeGreaterThan(KILLS * PAYERS);
    assertThat(payee.available(ASSET)).isEqualTo(acknowledged.size());
    for (int i = 0; i < PAYERS; i++) {
      int payer = i;
      long paid = acknowledged.stream().filter(sent -> sent.payer() == payer).count();
      assertThat(wallets.get(i).available(ASSET)).isEqualTo(CHARGED - paid);
    }
    demo.close();
  }

  /** Every payer sends one coin after the other; at a random moment the process is killed. */
  private void payUntilKilled(DemoProcess demo, List<WalletClient> wallets, String payee)
      throws InterruptedException {
    var stopped = new AtomicBoolean();
    var running = new CountDownLatch(PAYERS);
    var first = new CountDownLatch(PAYERS);
    for (int i = 0; i < PAYERS; i++) {
      int payer = i;
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  while (!stopped.get()) {
                    pay(payer, wallets.get(payer), payee);
                    first.countDown();
                  }
                } finally {
                  first.countDown();
                  running.countDown();
                }
              });
    }
    assertThat(first.await(60, TimeUnit.SECONDS)).isTrue();
    // A random moment, in the middle of whatever the gateway is doing.
    long moment = System.nanoTime() + ThreadLocalRandom.current().nextLong(400_000_000);
    while (System.nanoTime() < moment) {
      Thread.onSpinWait();
    }
    demo.kill();
    stopped.set(true);
    assertThat(running.await(60, TimeUnit.SECONDS)).isTrue();
  }

  private void pay(int payer, WalletClient wallet, String payee) {
    var transfer = wallet.transfer(payee, ASSET, 1, "crash");
    try {
      acknowledged.add(new Sent(payer, transfer, wallet.submit(transfer)));
    } catch (RefusedException | java.io.UncheckedIOException noAnswer) {
      unanswered.add(new Sent(payer, transfer, new FinalTransaction("", "", new io.vertx.core.json.JsonObject())));
    }
  }

  private void assertEachAnswerStillStands(List<WalletClient> wallets) {
    var sample = new ArrayList<>(acknowledged);
    // All of the newest, which the crash could have hit, and some of the older ones.
    for (int i = sample.size() - 1; i >= 0; i -= i > sample.size() - 100 ? 1 : 97) {
      var sent = sample.get(i);
      var again = wallets.get(sent.payer()).submit(sent.transfer());
      assertThat(again.position()).isEqualTo(sent.answer().position());
    }
  }

  /** A caller without an answer sends the same bytes again, as a wallet does. */
  private void settleTheUnanswered(List<WalletClient> wallets) throws IOException {
    Sent sent;
    while ((sent = unanswered.poll()) != null) {
      var answer = wallets.get(sent.payer()).submit(sent.transfer());
      acknowledged.add(new Sent(sent.payer(), sent.transfer(), answer));
    }
  }
}
