package io.madang.chain.protobuf;

/** How a field's value is laid out. The two kinds of groups are deprecated and not read. */
enum WireType {
  VARINT(0),
  FIXED64(1),
  BYTES(2),
  FIXED32(5);

  private final int number;

  WireType(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  static WireType of(int number) {
    return switch (number) {
      case 0 -> VARINT;
      case 1 -> FIXED64;
      case 2 -> BYTES;
      case 5 -> FIXED32;
      default -> throw new MalformedProtobufException("wire type " + number);
    };
  }
}
