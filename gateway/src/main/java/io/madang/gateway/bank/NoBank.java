package io.madang.gateway.bank;

import io.madang.chain.Statement;
import io.vertx.core.Future;

/** Stands where no bank was set up: it rejects every deposit and approves nothing. */
public final class NoBank implements Bank {
  @Override
  public Future<Standing> standing(Deposit deposit) {
    return Future.succeededFuture(new Standing.Rejected("this gateway is not connected to a bank"));
  }

  @Override
  public Future<Statement> approve(Deposit deposit, String chain, String statementId) {
    return Future.failedFuture(new IllegalStateException("there is no bank to approve a deposit"));
  }
}
