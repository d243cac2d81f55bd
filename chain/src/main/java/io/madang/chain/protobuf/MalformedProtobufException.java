package io.madang.chain.protobuf;

import java.io.Serial;

/** The bytes are not a message of the expected form. Whoever reads from outside catches this. */
public final class MalformedProtobufException extends IllegalArgumentException {
  @Serial private static final long serialVersionUID = 1;

  /** The fault, in plain words. */
  public MalformedProtobufException(String fault) {
    super(fault);
  }
}
