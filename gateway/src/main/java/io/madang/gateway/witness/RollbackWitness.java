package io.madang.gateway.witness;

import io.madang.chain.SigningKey;
import io.madang.gateway.database.Database;
import io.madang.gateway.engine.ChainArchive;
import io.madang.gateway.engine.Channel;
import io.madang.gateway.engine.CorruptChainException;
import io.madang.gateway.engine.Engine;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices at start that the database was rolled back, such as by restoring an old backup (threats
 * F5). First {@link #check} before the engine starts, because an engine on a rolled-back chain
 * would sign other blocks at heights that it has signed already; then {@link #keep}.
 */
public final class RollbackWitness {
  private static final Logger LOG = LoggerFactory.getLogger(RollbackWitness.class);

  private final WitnessFile file;
  private final WitnessFile.Reading found;
  private final boolean acceptRollback;
  private boolean accepted;

  private RollbackWitness(WitnessFile file, WitnessFile.Reading found, boolean acceptRollback) {
    this.file = file;
    this.found = found;
    this.acceptRollback = acceptRollback;
  }

  /**
   * The witness of a chain. Blocking.
   *
   * @param folder where it is kept; best not on the database's disk
   * @param member signs it
   * @param acceptRollback whether the operator knows that something is lost
   */
  public static RollbackWitness open(
      Path folder, String chain, SigningKey member, boolean acceptRollback) throws IOException {
    var file = new WitnessFile(folder, chain, member);
    return new RollbackWitness(file, file.read(), acceptRollback);
  }

  /** Compares how far the database is. Blocking; before an engine works on the database. */
  public void check(Database database, Channel channel) throws RolledBackException {
    var finding = findingIn(height(database, channel));
    if (finding.isPresent()) refuseUnlessAccepted(finding.get());
  }

  private static Optional<Long> height(Database database, Channel channel) {
    try (var archive = ChainArchive.open(database, channel)) {
      return Optional.of(archive.height());
    } catch (CorruptChainException noChain) {
      // There is none, or its genesis is broken, which the engine will say.
      return Optional.empty();
    }
  }

  private Optional<String> findingIn(Optional<Long> stored) {
    return switch (found) {
      case WitnessFile.Reading.Missing _ ->
          stored
              .filter(height -> height > 0)
              .map(
                  height ->
                      "The chain stands at height %d, but its witness %s is missing."
                          .formatted(height, file));
      case WitnessFile.Reading.Damaged _ ->
          Optional.of("The witness %s is not what this gateway signed.".formatted(file));
      case WitnessFile.Reading.Read(var witness) ->
          stored.isEmpty()
              ? Optional.of(
                  "The database holds no chain, but the witness %s saw height %d."
                      .formatted(file, witness.height()))
              : stored
                  .filter(height -> height < witness.height())
                  .map(
                      height ->
                          "The database was rolled back: it ends at height %d, but the witness %s saw height %d."
                              .formatted(height, file, witness.height()));
    };
  }

  /**
   * Compares the block that was seen, writes the first witness, and keeps it up from then on.
   *
   * @return fails with {@link RolledBackException} when the chain has another block, and with an
   *     {@link IOException} when the witness cannot be written
   */
  public Future<WitnessKeeper> keep(Vertx vertx, Engine<?> engine) {
    return stored(engine, found instanceof WitnessFile.Reading.Read(var seen) ? seen.height() : 0)
        .compose(
            there ->
                vertx.executeBlocking(
                    () -> {
                      if (!accepted
                          && found instanceof WitnessFile.Reading.Read(var seen)
                          && !there.equals(Optional.of(seen))) {
                        refuseUnlessAccepted(
                            "The chain's block %d is another one than the witness %s saw."
                                .formatted(seen.height(), file));
                      }
                      if (accepted) file.setAside(System.currentTimeMillis());
                      return file;
                    }))
        .compose(_ -> stored(engine, engine.standing().height()))
        .compose(last -> WitnessKeeper.start(vertx, engine, file, last.orElseThrow()));
  }

  private static Future<Optional<Witness>> stored(Engine<?> engine, long height) {
    return height == 0
        ? Future.succeededFuture(Optional.of(Witness.of(engine.genesis())))
        : engine
            .block(height)
            .map(block -> block.map(one -> Witness.of(engine.genesis().chain(), one)));
  }

  private void refuseUnlessAccepted(String finding) throws RolledBackException {
    if (!acceptRollback) throw new RolledBackException(finding);
    accepted = true;
    LOG.warn("Accepted by the operator: {}", finding);
  }
}
