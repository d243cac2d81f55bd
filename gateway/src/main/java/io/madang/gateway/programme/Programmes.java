package io.madang.gateway.programme;

import io.madang.gateway.account.Enrolment;
import io.madang.gateway.account.Projection;
import io.madang.gateway.database.Sql;
import io.madang.gateway.engine.Engine;
import io.madang.gateway.http.Idempotency;
import io.madang.gateway.http.Operations;
import io.madang.gateway.secret.MasterSecret;
import io.madang.ledger.Ledger;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.Map;

/** Everything about rules of assets, attributes of accounts and programmes. */
public final class Programmes implements Operations.Feature {
  private final Fund fund;
  private final ProgrammeBoard board;
  private final ProgrammeNames names;
  private final RuleRecords records;
  private final RuleRoutes routes;
  private final ProposalDesk desk;
  private final ProposalRoutes proposals;

  /**
   * Those of this engine's chain.
   *
   * @param assetNames names of assets by their codes
   */
  public Programmes(
      Vertx vertx,
      Sql sql,
      MasterSecret secret,
      Idempotency idempotency,
      Engine<Ledger> engine,
      Enrolment enrolment,
      Map<String, JsonObject> assetNames,
      Clock clock) {
    fund = new Fund(secret, enrolment);
    board = new ProgrammeBoard(engine);
    names = new ProgrammeNames(sql);
    records = new RuleRecords(sql, engine);
    routes = new RuleRoutes(engine, board, records, names, assetNames, clock);
    var store = new ProposalStore(sql);
    desk = new ProposalDesk(vertx, sql, engine, fund, names, store, clock);
    proposals = new ProposalRoutes(engine, idempotency, store, desk, fund, clock);
  }

  @Override
  public void register(Operations operations) {
    routes.register(operations);
    proposals.register(operations);
  }

  /** Goes on with what was signed and not answered yet. */
  public Future<Void> tidy() {
    return desk.resume();
  }

  /** What has to read the blocks. */
  public Projection.Reader reader() {
    return records;
  }

  /** What holds now, from memory. */
  public ProgrammeBoard board() {
    return board;
  }

  /** The account that the gateway's programmes give from. */
  public Fund fund() {
    return fund;
  }

  /** What people call programmes. */
  public ProgrammeNames names() {
    return names;
  }
}
