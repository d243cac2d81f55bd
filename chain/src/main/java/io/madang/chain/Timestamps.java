package io.madang.chain;

import io.madang.chain.protobuf.MalformedProtobufException;
import io.madang.chain.protobuf.ProtobufReader;
import io.madang.chain.protobuf.ProtobufWriter;
import java.time.Instant;

/** {@code google.protobuf.Timestamp}: seconds since 1970 and nanoseconds. */
final class Timestamps {
  /** What an absent time is in Go: the first moment of year 1. */
  static final Instant GO_ZERO = Instant.parse("0001-01-01T00:00:00Z");

  private static final long MIN_SECONDS = GO_ZERO.getEpochSecond();
  private static final long MAX_SECONDS = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

  private Timestamps() {}

  static ProtobufWriter write(Instant time) {
    return new ProtobufWriter().varint(1, time.getEpochSecond()).varint(2, time.getNano());
  }

  static Instant read(ProtobufReader in) {
    long seconds = 0;
    int nanos = 0;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> seconds = in.int64();
        case 2 -> nanos = in.size();
        default -> throw in.unknown();
      }
    }
    if (seconds < MIN_SECONDS || seconds > MAX_SECONDS || nanos > 999_999_999) {
      throw new MalformedProtobufException("a time outside of years 1 to 9999");
    }
    return Instant.ofEpochSecond(seconds, nanos);
  }
}
