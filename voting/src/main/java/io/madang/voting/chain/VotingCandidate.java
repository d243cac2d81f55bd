package io.madang.voting.chain;

import io.madang.chain.ChainApplication;
import io.madang.chain.Hash;
import io.madang.chain.Statement;
import java.util.List;

/** A well-formed transaction of the voting channel, whose signature is not verified yet. */
public final class VotingCandidate implements ChainApplication.Candidate {
  private final Statement transaction;
  private final VotingOperation operation;
  private final Hash hash;

  VotingCandidate(Statement transaction, VotingOperation operation) {
    this.transaction = transaction;
    this.operation = operation;
    hash = transaction.hash();
  }

  @Override
  public Statement transaction() {
    return transaction;
  }

  /** Only the transaction: nothing is nested in one of this channel. */
  @Override
  public List<Statement> statements() {
    return List.of(transaction);
  }

  /** What the transaction asks for. */
  public VotingOperation operation() {
    return operation;
  }

  /** SHA-256 of the transaction's bytes: its name on the chain. */
  public Hash hash() {
    return hash;
  }
}
