package io.madang.gateway.metrics;

import io.madang.gateway.account.Movement;
import io.madang.gateway.account.Projection;
import io.madang.gateway.engine.RecordedBlock;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;

/** Measures final blocks. */
public final class BlockMetrics implements Projection.Reader {
  private final PaymentMetrics metrics;

  /** Measures into these meters. */
  public BlockMetrics(PaymentMetrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public Future<?> read(
      SqlConnection connection, List<RecordedBlock> blocks, List<Movement> movements) {
    return Future.succeededFuture();
  }

  @Override
  public void told(List<RecordedBlock> blocks, List<Movement> movements) {
    blocks.forEach(block -> metrics.block(block.transactions().size()));
  }
}
