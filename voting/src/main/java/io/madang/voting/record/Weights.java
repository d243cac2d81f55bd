package io.madang.voting.record;

/** The JSON form of weights and counts. */
public final class Weights {
  /** The largest that is written as a number; larger ones are strings of digits. */
  public static final long MAX_PLAIN = (1 << 30) - 1;

  /** The largest weight of a voter, and the largest sum of all. */
  public static final long MAX = (1L << 53) - 1;

  private Weights() {}

  /** The JSON text of a weight. */
  public static String json(long weight) {
    return weight <= MAX_PLAIN ? Long.toString(weight) : "\"" + weight + "\"";
  }
}
