package io.madang.gateway.settlement;

import io.madang.gateway.account.MerchantRegistry;
import io.madang.gateway.database.Sql;
import io.madang.gateway.engine.Engine;
import io.madang.gateway.http.Idempotency;
import io.madang.gateway.http.Operations;
import io.madang.ledger.Ledger;
import io.vertx.core.Vertx;

/** All routes of the settlement. */
public final class SettlementFeature implements Operations.Feature {
  private final SettlementRoutes operators;
  private final MerchantSettlementRoutes merchants;
  private final AgreementRoutes agreements;
  private final ReserveRoutes reserves;

  /** The routes to this office. */
  public SettlementFeature(
      Vertx vertx,
      Sql sql,
      Engine<Ledger> engine,
      SettlementOffice office,
      MerchantRegistry registry,
      Idempotency idempotency) {
    operators =
        new SettlementRoutes(office, new ApprovalDesk(vertx, sql, engine, office), registry);
    merchants = new MerchantSettlementRoutes(office);
    agreements = new AgreementRoutes(office, registry, idempotency);
    reserves = new ReserveRoutes(office.reserves());
  }

  @Override
  public void register(Operations operations) {
    operators.register(operations);
    merchants.register(operations);
    agreements.register(operations);
    reserves.register(operations);
  }
}
