package io.madang.gateway.bank;

import io.madang.chain.SigningKey;
import io.madang.chain.Statement;
import io.madang.chain.StatementId;
import io.madang.chain.StatementSigner;
import io.madang.ledger.Operations;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ObjLongConsumer;

/**
 * A bank that receives every deposit after a while, and rejects those of one amount so that people
 * can see what happens then. Two approvers' keys sign.
 */
public final class SampleBank implements Bank {
  /** Deposits of this amount are rejected. */
  public static final long REJECTED_AMOUNT = 44_444;

  private static final Duration VALIDITY = Duration.ofHours(1);

  private final StatementSigner issuer;
  private final StatementSigner approver;
  private final Clock clock;
  private final Duration delay;
  private final ObjLongConsumer<String> account;
  private final Map<String, Long> firstAskedMillis = new ConcurrentHashMap<>();

  /**
   * A bank with two approvers of different accounts.
   *
   * @param delay how long a deposit takes
   */
  public SampleBank(SigningKey issuer, SigningKey approver, Clock clock, Duration delay) {
    this(issuer, approver, clock, delay, (_, _) -> {});
  }

  /**
   * The same with an account that is told of every deposit that is approved, by its reference and
   * in won; perhaps more than once.
   */
  public SampleBank(
      SigningKey issuer,
      SigningKey approver,
      Clock clock,
      Duration delay,
      ObjLongConsumer<String> account) {
    this.account = account;
    this.issuer = new StatementSigner(issuer);
    this.approver = new StatementSigner(approver);
    this.clock = clock;
    this.delay = delay;
  }

  @Override
  public Future<Standing> standing(Deposit deposit) {
    long now = clock.millis();
    long asked = firstAskedMillis.computeIfAbsent(deposit.reference(), _ -> now);
    if (now - asked < delay.toMillis()) return Future.succeededFuture(new Standing.Awaited());
    firstAskedMillis.remove(deposit.reference());
    return Future.succeededFuture(
        deposit.amount().minorUnits() == REJECTED_AMOUNT
            ? new Standing.Rejected("the sample bank rejects this amount")
            : new Standing.Received());
  }

  @Override
  public Future<Statement> approve(Deposit deposit, String chain, String statementId) {
    account.accept(deposit.reference(), deposit.amount().minorUnits());
    long validUntil = clock.millis() + VALIDITY.toMillis();
    var approval =
        approver.sign(
            new Statement.Payload(
                chain,
                idOf("approval " + statementId),
                "issue.approval",
                validUntil,
                Operations.approval(deposit.account(), deposit.amount(), deposit.reference())));
    return Future.succeededFuture(
        issuer.sign(
            new Statement.Payload(
                chain,
                new StatementId(statementId),
                "asset.issue",
                validUntil,
                Operations.issue(
                    deposit.account(),
                    deposit.amount(),
                    List.of(approval),
                    deposit.reference(),
                    deposit.bonus()))));
  }

  private static StatementId idOf(String words) {
    var hash = io.madang.chain.Hash.sha256(words.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return new StatementId(HexFormat.of().formatHex(hash.bytes(), 0, 16));
  }
}
