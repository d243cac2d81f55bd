package io.madang.chain;

import io.madang.chain.protobuf.ProtobufReader;
import io.madang.chain.protobuf.ProtobufWriter;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** Reads records that came from outside: in canonical form or not at all. */
final class Wire {
  private Wire() {}

  /**
   * The record of these bytes.
   *
   * <p>Protobuf leaves several encodings for one message: fields in another order or twice, numbers
   * with leading zeros, defaults written out. Writing the record again and comparing refuses all of
   * them at once, so that one record has one form.
   */
  static <T> Optional<T> read(
      byte[] bytes, Function<ProtobufReader, T> reader, Function<T, ProtobufWriter> writer) {
    try {
      T read = reader.apply(new ProtobufReader(bytes));
      return Arrays.equals(writer.apply(read).toByteArray(), bytes)
          ? Optional.of(read)
          : Optional.empty();
    } catch (IllegalArgumentException malformed) {
      // From the reader, or from a record whose parts do not fit each other.
      return Optional.empty();
    }
  }
}
