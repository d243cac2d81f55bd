package io.madang.gateway.engine;

import static io.madang.gateway.engine.ToyChain.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.Receipt;
import io.madang.chain.ReceiptReading;
import io.madang.chain.ReceiptVerification;
import io.madang.gateway.audit.Audit;
import io.madang.gateway.database.TestPostgres;
import io.madang.ledger.Ledger;
import io.madang.ledger.LedgerCandidate;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A town lives for a while; then its chain is replayed, exported and audited. */
class ArchiveTest {
  private static final int FLIPS = 60;

  @TempDir static Path folder;
  private static Vertx vertx;
  private static Town town;
  private static EmbeddedEngine<Ledger, LedgerCandidate> engine;
  private static Path export;
  private static int transactions;

  @BeforeAll
  static void live() throws IOException {
    vertx = Vertx.vertx();
    town = new Town(vertx, TestPostgres.newDatabase());
    engine = town.start(EngineLimits.forProcessors(2));
    for (var name : List.of("anna", "ben", "shop")) {
      submit(town.open(name));
    }
    submit(town.issue("anna", 100_000, "deposit-1"));
    var payment = submit(town.transfer("anna", "shop", 3_000));
    var proof = await(engine.paymentProof(payment.position())).orElseThrow();
    submit(town.refund("shop", proof, 1_000));
    submit(town.refund("shop", proof, 500));
    var first = submit(town.hold("anna", "shop", 2_000, 600_000)).position().toString();
    submit(town.capture("shop", first, 700, false));
    var captured = submit(town.capture("shop", first, 800, true));
    submit(town.refund("shop", await(engine.paymentProof(captured.position())).orElseThrow(), 800));
    submit(
        town.release("shop", submit(town.hold("anna", "shop", 1, 600_000)).position().toString()));
    submit(town.hold("anna", "ben", 10, 600_000));
    submit(town.hold("anna", "ben", 20, 200));
    submit(town.charge("anna", "shop", 5_000, 4_500));
    submit(town.redeem("shop", 2_000, "payout-1"));
    submit(town.addKey("ben", "ben's tablet"));
    submit(town.revokeKey("hall", "ben's tablet"));
    // Many in one block, so that paths have some length.
    var many = new ArrayList<byte[]>();
    for (int i = 1; i <= 40; i++) {
      many.add(town.transfer("anna", "ben", i));
    }
    many.stream().map(engine::submit).toList().forEach(ToyChain::await);
    transactions += many.size();
    // The short hold ends by block time, and the last block is proven.
    Eventually.holds(
        () ->
            assertThat(await(engine.ask(Ledger::nextDeadlineMillis)).orElseThrow())
                .isGreaterThan(engine.standing().timeMillis() + 300_000));
    export = folder.resolve("export.jsonl");
    try (var archive = ChainArchive.open(town.database(), Channel.PAYMENTS);
        var out = Files.newOutputStream(export)) {
      archive.export(out);
    }
  }

  @AfterAll
  static void end() {
    await(engine.close());
    await(vertx.close());
  }

  private static Answer.Final submit(byte[] transaction) {
    var answer = await(engine.submit(transaction));
    assertThat(answer).isInstanceOf(Answer.Final.class);
    transactions++;
    return (Answer.Final) answer;
  }

  @Test
  void a_replay_comes_to_the_same_state_at_every_height() throws IOException {
    try (var archive = ChainArchive.open(town.database(), Channel.PAYMENTS)) {
      assertThat(Replay.replay(archive, new Ledger()))
          .isInstanceOfSatisfying(
              Replay.Result.Same.class,
              same -> {
                assertThat(same.transactions()).isEqualTo(transactions);
                assertThat(same.height()).isEqualTo(engine.standing().height());
                assertThat(same.stateHash()).isEqualTo(engine.standing().stateHash());
              });
    }
  }

  @Test
  void an_audit_finds_everything_right_and_counts_the_coins() throws IOException {
    assertThat(Audit.audit(export))
        .isInstanceOfSatisfying(
            Audit.Result.Right.class,
            right -> {
              assertThat(right.chain()).isEqualTo(Town.CHAIN);
              assertThat(right.transactions()).isEqualTo(transactions);
              assertThat(right.assets())
                  .containsOnlyKeys(Town.COIN)
                  .containsValue(new Audit.Books(100_000, 2_000, 97_990, 10));
            });
  }

  @Test
  void an_audit_notices_any_other_byte_in_a_block() throws IOException {
    var bytes = Files.readAllBytes(export);
    int first = Files.readAllLines(export).getFirst().length() + 1;
    var random = new Random(42);
    for (int i = 0; i < FLIPS; i++) {
      int at = random.nextInt(first, bytes.length - 1);
      byte before = bytes[at];
      bytes[at] = (byte) (before ^ 1 << random.nextInt(7));
      var spoiled = folder.resolve("spoiled.jsonl");
      Files.write(spoiled, bytes);
      bytes[at] = before;
      assertThat(Audit.audit(spoiled))
          .as("byte %d of %d", at, bytes.length)
          .isInstanceOf(Audit.Result.Wrong.class);
    }
  }

  @Test
  void an_audit_notices_a_missing_doubled_or_moved_block() throws IOException {
    var lines = Files.readAllLines(export);
    var missing = new ArrayList<>(lines);
    missing.remove(5);
    var doubled = new ArrayList<>(lines);
    doubled.add(6, lines.get(5));
    var moved = new ArrayList<>(lines);
    moved.set(5, lines.get(6));
    moved.set(6, lines.get(5));
    for (var wrong : List.of(missing, doubled, moved)) {
      var file = folder.resolve("wrong.jsonl");
      Files.write(file, wrong, StandardCharsets.UTF_8);
      assertThat(Audit.audit(file)).isInstanceOf(Audit.Result.Wrong.class);
    }
  }

  @Test
  void a_receipt_verifies_by_the_members_file_alone() {
    var last = submit(town.transfer("anna", "ben", 7));
    var receipt = await(engine.receipt(last.hash())).orElseThrow();
    assertThat(Receipt.read(receipt.encode()))
        .isInstanceOfSatisfying(
            ReceiptReading.Read.class,
            read ->
                assertThat(read.receipt().verify(engine.members()))
                    .isInstanceOf(ReceiptVerification.Valid.class));
  }

  @Test
  void a_payment_that_is_done_is_never_called_expired() {
    var other = new Town(vertx, TestPostgres.newDatabase());
    var limits = EngineLimits.forProcessors(2);
    var today = other.start(limits);
    for (var transaction :
        List.of(other.open("anna"), other.open("ben"), other.issue("anna", 10, "deposit-1"))) {
      await(today.submit(transaction));
    }
    var done = other.transfer("anna", "ben", 3);
    var late = other.transfer("anna", "ben", 4);
    var first = (Answer.Final) await(today.submit(done));
    await(today.close());
    var tomorrow = other.start(limits, Clock.offset(Clock.systemUTC(), Duration.ofDays(1)));
    assertThat(await(tomorrow.submit(late)))
        .isInstanceOfSatisfying(
            Answer.Refused.class,
            refused -> assertThat(refused.refusal().name()).isEqualTo("expired"));
    assertThat(await(tomorrow.submit(done)))
        .isInstanceOfSatisfying(
            Answer.DoneBefore.class,
            before -> assertThat(before.position()).isEqualTo(first.position()));
    await(tomorrow.close());
  }
}
