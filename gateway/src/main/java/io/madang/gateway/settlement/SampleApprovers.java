package io.madang.gateway.settlement;

import io.madang.chain.SigningKey;
import io.madang.chain.Statement;
import io.madang.chain.StatementSigner;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Operators of a demo, who approve whatever was computed. */
public final class SampleApprovers implements Approvers {
  private static final Duration VALIDITY = Duration.ofHours(12);

  private final List<StatementSigner> signers;
  private final Clock clock;

  /** Approvers with these keys. */
  public SampleApprovers(List<SigningKey> keys, Clock clock) {
    this.signers = keys.stream().map(StatementSigner::new).toList();
    this.clock = clock;
  }

  @Override
  public Optional<Statement> complete(Approvable wanted) {
    long validUntil = clock.millis() + VALIDITY.toMillis();
    var now = wanted;
    for (var signer : signers) {
      var signed = now.sign(signer, validUntil);
      if (now.missing() <= 1) return Optional.of(signed);
      now = now.with(signed);
    }
    return Optional.empty();
  }
}
