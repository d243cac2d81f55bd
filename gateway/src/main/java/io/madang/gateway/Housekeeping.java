package io.madang.gateway;

import io.madang.gateway.bank.Charges;
import io.madang.gateway.database.Sql;
import io.madang.gateway.election.ElectionOffice;
import io.madang.gateway.http.Failures;
import io.madang.gateway.issuance.IssuanceOffice;
import io.madang.gateway.payment.Payments;
import io.madang.gateway.programme.Programmes;
import io.madang.gateway.reward.Rewards;
import io.madang.gateway.settlement.SettlementOffice;
import io.madang.gateway.webhook.Webhooks;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done again and again: resuming what was interrupted, forgetting what has expired. */
final class Housekeeping {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final long EVERY_MILLIS = 5_000;
  private static final List<String> EXPIRED =
      List.of(
          "DELETE FROM ops.idempotency WHERE created_at < now() - interval '24 hours'",
          "DELETE FROM ops.session WHERE expires_at < now()",
          "DELETE FROM ops.administrator_session WHERE expires_at < now()",
          "DELETE FROM ops.customer_code WHERE claimed_at < now() - interval '1 hour'",
          "DELETE FROM ops.used_challenge WHERE expires_at < now() - interval '1 hour'");

  private final Vertx vertx;
  private final Sql sql;
  private final Payments payments;
  private final Charges charges;
  private final ElectionOffice elections;
  private final Rewards rewards;
  private final Webhooks webhooks;
  private final IssuanceOffice issuance;
  private final Programmes programmes;
  private final SettlementOffice settlements;
  private final long timer;

  Housekeeping(
      Vertx vertx,
      Sql sql,
      Payments payments,
      Charges charges,
      ElectionOffice elections,
      Rewards rewards,
      Webhooks webhooks,
      IssuanceOffice issuance,
      Programmes programmes,
      SettlementOffice settlements) {
    this.vertx = vertx;
    this.sql = sql;
    this.payments = payments;
    this.charges = charges;
    this.elections = elections;
    this.rewards = rewards;
    this.webhooks = webhooks;
    this.issuance = issuance;
    this.programmes = programmes;
    this.settlements = settlements;
    this.timer = vertx.setPeriodic(EVERY_MILLIS, _ -> run());
  }

  private void run() {
    // In threads of their own; they tell of trouble themselves.
    settlements.wake();
    issuance.wake();
    Future<?> done =
        Future.all(
            payments.tidy(),
            charges.resume(),
            elections.tidy(),
            rewards.resume(),
            webhooks.tidy(),
            programmes.tidy());
    for (var statement : EXPIRED) {
      done = done.compose(_ -> sql.run(statement));
    }
    done.onFailure(
        failure ->
            LOG.atWarn()
                .addKeyValue("failure", Failures.describe(failure))
                .log("housekeeping waits"));
  }

  void close() {
    vertx.cancelTimer(timer);
    settlements.close();
    issuance.close();
  }
}
