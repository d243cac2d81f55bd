package io.madang.gateway.audit;

/** What a chain is about, followed a second time and as simply as possible. */
interface AuditedState {
  /** Lets block time pass. */
  void pass(long timeMillis);

  /** Executes a transaction that is said to have succeeded, and compares what it came to. */
  void execute(String position, long timeMillis, String jws, byte[] data);
}
