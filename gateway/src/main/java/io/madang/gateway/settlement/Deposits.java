package io.madang.gateway.settlement;

import io.madang.payment.reconciliation.Deposit;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;

/** Takes the money that came in, as the bank's files tell. */
public interface Deposits {
  /** For a gateway that takes no money in: a person looks. */
  Deposits LEFT_TO_PEOPLE =
      (connection, deposits) -> {
        Future<?> stored = Future.succeededFuture();
        for (var one : deposits) {
          stored = stored.compose(_ -> WorkList.add(connection, "OTHER_BOOKING", one.entry()));
        }
        return stored;
      };

  /**
   * Stores deposits in the file's own transaction. The same ones come again, with the same ids, in
   * other files and after a kill.
   */
  Future<?> received(SqlConnection connection, List<Deposit> deposits);
}
