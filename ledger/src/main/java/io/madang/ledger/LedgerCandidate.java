package io.madang.ledger;

import io.madang.chain.ChainApplication;
import io.madang.chain.Hash;
import io.madang.chain.Statement;
import java.util.ArrayList;
import java.util.List;

/** A well-formed transaction of the ledger, whose signatures are not verified yet. */
public final class LedgerCandidate implements ChainApplication.Candidate {
  private final Statement transaction;
  private final Operation operation;
  private final List<Statement> statements;
  private final Hash hash;

  LedgerCandidate(Statement transaction, Operation operation) {
    this.transaction = transaction;
    this.operation = operation;
    var all = new ArrayList<Statement>();
    all.add(transaction);
    for (var nested : operation.nested()) {
      all.add(nested.statement());
    }
    this.statements = List.copyOf(all);
    this.hash = transaction.hash();
  }

  @Override
  public Statement transaction() {
    return transaction;
  }

  @Override
  public List<Statement> statements() {
    return statements;
  }

  /** What the transaction asks for. */
  public Operation operation() {
    return operation;
  }

  /** SHA-256 of the transaction's bytes: its name on the chain. */
  public Hash hash() {
    return hash;
  }
}
