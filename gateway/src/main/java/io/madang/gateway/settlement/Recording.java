package io.madang.gateway.settlement;

import io.madang.chain.ChainApplication.Position;
import io.madang.chain.ChainApplication.Refusal;
import io.madang.chain.Hash;
import io.madang.gateway.engine.Answer;
import io.madang.gateway.engine.Engine;
import io.madang.ledger.Ledger;
import io.madang.ledger.LedgerRefusal;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;

/** Puts signed statements onto the chain; the same one again is answered as the first time. */
public final class Recording {
  private final Engine<Ledger> engine;

  /** Records on this engine's chain. */
  public Recording(Engine<Ledger> engine) {
    this.engine = engine;
  }

  /** What became of a statement. */
  public sealed interface Outcome {
    /** It stands there. */
    record Done(Position position, Hash hash) implements Outcome {}

    /** Its words can no longer take effect, and did not: they have to be signed again. */
    record Expired() implements Outcome {}

    /** The ledger said no. */
    record Refused(Refusal refusal) implements Outcome {}

    /** Not looked at. */
    record Busy() implements Outcome {}
  }

  /** Submits a statement, perhaps not for the first time. */
  public Future<Outcome> submit(String statement) {
    byte[] bytes = statement.getBytes(StandardCharsets.US_ASCII);
    return engine
        .submit(bytes)
        .compose(
            answer ->
                switch (answer) {
                  case Answer.Final done -> done(done.position(), done.hash());
                  case Answer.DoneBefore done -> done(done.position(), done.hash());
                  case Answer.Refused(var refusal) -> refused(bytes, refusal);
                  case Answer.Overloaded _, Answer.Unavailable _ ->
                      Future.succeededFuture(new Outcome.Busy());
                });
  }

  /** Its id may be forgotten by now, but not that it took effect. */
  private Future<Outcome> refused(byte[] bytes, Refusal refusal) {
    return engine
        .transaction(Hash.sha256(bytes))
        .map(
            found -> {
              if (found.isPresent()) {
                return new Outcome.Done(found.get().position(), found.get().hash());
              }
              return isExpiry(refusal) ? new Outcome.Expired() : new Outcome.Refused(refusal);
            });
  }

  private static boolean isExpiry(Refusal refusal) {
    return LedgerRefusal.of(refusal)
        .filter(
            reason ->
                switch (reason) {
                  case EXPIRED, NESTED_EXPIRED, KEY_EXPIRED, KEY_REVOKED, NESTED_KEY_NOT_LIVE ->
                      true;
                  default -> false;
                })
        .isPresent();
  }

  private static Future<Outcome> done(Position position, Hash hash) {
    return Future.succeededFuture(new Outcome.Done(position, hash));
  }
}
