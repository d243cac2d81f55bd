package io.madang.gateway.engine;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/** A transaction that someone waits for. */
final class Submission {
  private final byte[] transaction;
  private final Context context;
  private final Promise<Answer> promise = Promise.promise();

  /**
   * A submission.
   *
   * @param context where the one who waits wants to be called
   */
  Submission(byte[] transaction, Context context) {
    this.transaction = transaction;
    this.context = context;
  }

  byte[] transaction() {
    return transaction;
  }

  Context context() {
    return context;
  }

  Future<Answer> future() {
    return promise.future();
  }

  /** Tells the one who waits. Called on the submission's context. */
  void complete(Answer answer) {
    promise.tryComplete(answer);
  }

  /** Tells the one who waits that nobody knows. Called on the submission's context. */
  void fail(Throwable cause) {
    promise.tryFail(cause);
  }
}
