package io.madang.gateway.engine;

/**
 * Which of a gateway's chains an engine works on. Each channel has its own tables, in a schema of
 * its own with the same names, and its own lock, so that one engine at a time works on it.
 */
public enum Channel {
  /** Coins. */
  PAYMENTS("chain", 0x6D6164616E67L, "the payments' chain", "madang-"),
  /** Elections. */
  VOTES("votes", 0x6D6164616E68L, "the votes' chain", "madang-votes-");

  private final String schema;
  private final long lock;
  private final String words;
  private final String threadPrefix;

  Channel(String schema, long lock, String words, String threadPrefix) {
    this.schema = schema;
    this.lock = lock;
    this.words = words;
    this.threadPrefix = threadPrefix;
  }

  /** The PostgreSQL schema that holds its tables. */
  public String schema() {
    return schema;
  }

  /** The advisory lock of its engine: numbers that nothing else in the database locks. */
  long lock() {
    return lock;
  }

  /** What people call it, in the middle of a sentence. */
  public String words() {
    return words;
  }

  /** What a thread that does this work for the channel is called. */
  String threadName(String work) {
    return threadPrefix + work;
  }
}
