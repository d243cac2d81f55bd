package io.madang.gateway.engine;

import static io.madang.gateway.engine.ToyChain.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.ChainApplication.Position;
import io.madang.chain.MerkleTree;
import io.madang.gateway.audit.Audit;
import io.madang.gateway.database.TestPostgres;
import io.madang.ledger.AccountId;
import io.madang.ledger.AssetCode;
import io.madang.ledger.Ledger;
import io.madang.ledger.LedgerCandidate;
import io.madang.ledger.PayoutId;
import io.madang.ledger.Settlement;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An auditor adds a merchant's day up from the export alone. */
class AuditedSettlementTest {
  /** Noon in Seoul of the day that is settled. */
  private static final Instant NOON = Instant.parse("2026-11-20T03:00:00Z");

  private static final long DAY = NOON.toEpochMilli() / Duration.ofDays(1).toMillis();

  @TempDir private Path folder = Path.of("");
  private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
  private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
  private final Vertx vertx = Vertx.vertx();
  private final Town town = new Town(vertx, TestPostgres.newDatabase(), clock);
  private final EmbeddedEngine<Ledger, LedgerCandidate> engine =
      town.start(EngineLimits.forProcessors(2));
  private final List<byte[]> leaves = new ArrayList<>();
  private Position left = new Position(1, 0);

  @BeforeEach
  void a_day_of_a_shop() {
    submit(town.open("anna"));
    submit(town.open("shop", "merchant"));
    submit(town.issue("anna", 100_000, "deposit-1"));
    var paid = submit(town.transfer("anna", "shop", 4_500));
    leaves.add(Settlement.leaf(paid, 4_500));
    left = submit(town.transfer("anna", "shop", 12_000));
    leaves.add(Settlement.leaf(left, 12_000));
    var proof = await(engine.paymentProof(paid)).orElseThrow();
    leaves.add(Settlement.leaf(submit(town.refund("shop", proof, 500)), -500));
    now.set(NOON.plus(Duration.ofHours(20)));
  }

  @AfterEach
  void end() {
    await(engine.close());
    await(vertx.close());
  }

  @Test
  void a_settlement_of_all_postings_is_right_and_so_is_its_voiding() throws IOException {
    var settlement = settlement(leaves, 16_000, 1);
    var settled = submit(town.settle(settlement));
    var proof = await(engine.paymentProof(settled)).orElseThrow();
    submit(town.voidPayout(proof, PayoutId.of(Town.CHAIN, settlement), "AC04"));
    submit(town.settle(settlement(List.of(), 0, 2)));

    assertThat(audit())
        .isInstanceOfSatisfying(
            Audit.Result.Right.class,
            right ->
                assertThat(right.assets())
                    .containsEntry(Town.COIN, new Audit.Books(116_000, 32_000, 84_000, 0)));
  }

  @Test
  void a_settlement_that_leaves_a_payment_out_is_found_although_all_approved_it()
      throws IOException {
    leaves.removeIf(leaf -> new String(leaf, StandardCharsets.US_ASCII).startsWith(left + " "));
    submit(town.settle(settlement(leaves, 4_000, 1)));

    assertThat(audit())
        .isInstanceOfSatisfying(
            Audit.Result.Wrong.class,
            wrong -> assertThat(wrong.toString()).contains("does not cover exactly"));
  }

  private Settlement settlement(List<byte[]> covered, long net, int attempt) {
    return new Settlement(
        AccountId.parse(town.account("shop")),
        new AssetCode(Town.COIN),
        DAY,
        attempt,
        "run-1",
        covered.size(),
        MerkleTree.rootOf(covered),
        net,
        0,
        attempt == 1 ? net : 16_000,
        0);
  }

  private Audit.Result audit() throws IOException {
    var export = folder.resolve("export.jsonl");
    try (var archive = ChainArchive.open(town.database(), Channel.PAYMENTS);
        var out = Files.newOutputStream(export)) {
      archive.export(out);
    }
    return Audit.audit(export);
  }

  private Position submit(byte[] transaction) {
    var answer = await(engine.submit(transaction));
    assertThat(answer).isInstanceOf(Answer.Final.class);
    return ((Answer.Final) answer).position();
  }
}
