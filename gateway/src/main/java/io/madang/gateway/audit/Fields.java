package io.madang.gateway.audit;

import static io.madang.gateway.audit.AuditException.require;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The fields of one protobuf message, as they lie in its bytes. */
final class Fields {
  private static final int VARINT = 0;
  private static final int BYTES = 2;

  private record Field(int number, long value, byte[] bytes) {}

  private final List<Field> fields = new ArrayList<>();

  private Fields() {}

  /** Reads a message; fields are in ascending order of their numbers. */
  static Fields of(byte[] message) {
    var read = new Fields();
    int[] at = {0};
    int last = 0;
    while (at[0] < message.length) {
      long tag = varint(message, at);
      int number = (int) (tag >>> 3);
      require(number >= last && number > 0, "protobuf fields are not in order");
      last = number;
      switch ((int) (tag & 7)) {
        case VARINT -> read.fields.add(new Field(number, varint(message, at), new byte[0]));
        case BYTES -> {
          long length = varint(message, at);
          require(length >= 0 && length <= message.length - at[0], "a protobuf field is cut off");
          int end = at[0] + (int) length;
          read.fields.add(new Field(number, 0, Arrays.copyOfRange(message, at[0], end)));
          at[0] = end;
        }
        default -> throw new AuditException("a protobuf field of a type that is not used here");
      }
    }
    return read;
  }

  /** A number, 0 when absent. */
  long number(int field) {
    return fields.stream()
        .filter(one -> one.number() == field)
        .mapToLong(Field::value)
        .findFirst()
        .orElse(0);
  }

  /** Bytes, empty when absent. */
  byte[] bytes(int field) {
    var all = list(field);
    require(all.size() <= 1, "a protobuf field occurs twice");
    return all.isEmpty() ? new byte[0] : all.getFirst();
  }

  String text(int field) {
    return new String(bytes(field), StandardCharsets.UTF_8);
  }

  /** Every occurrence of a field, in order. */
  List<byte[]> list(int field) {
    return fields.stream().filter(one -> one.number() == field).map(Field::bytes).toList();
  }

  private static long varint(byte[] message, int[] at) {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      require(at[0] < message.length, "a protobuf number is cut off");
      int next = message[at[0]++];
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new AuditException("a protobuf number is too long");
  }
}
