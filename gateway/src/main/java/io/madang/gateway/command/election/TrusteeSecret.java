package io.madang.gateway.command.election;

import io.madang.voting.group.Group;
import io.madang.voting.group.Scalar;
import io.madang.voting.record.Reading;
import io.madang.voting.record.RecordReader;
import io.madang.voting.record.RefusalReason;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What a trustee decrypts with: a single trustee's private key, or a threshold member's decryption
 * key. Never shown by {@link #toString()}.
 */
record TrusteeSecret(Group group, Scalar key) {
  private static final int MAX_BYTES = 2_000;
  private static final int MAX_NAME = 64;

  static TrusteeSecret read(Path file) throws IOException {
    byte[] record = InputFile.record(file, MAX_BYTES);
    return InputFile.accepted(
        file, Reading.of(() -> RecordReader.read(record, MAX_BYTES, TrusteeSecret::read)));
  }

  private static TrusteeSecret read(RecordReader reader) {
    reader.literal("{");
    var group = reader.field("group", () -> group(reader));
    var key = reader.next("private_key", () -> reader.scalar(group.scalars()));
    reader.literal("}");
    return new TrusteeSecret(group, key);
  }

  static Group group(RecordReader reader) {
    return Group.named(reader.plain(MAX_NAME))
        .orElseThrow(() -> reader.refused(RefusalReason.UNKNOWN_GROUP));
  }

  /** The content of the private file. */
  String secretText() {
    return "{\"group\":\"" + group.name() + "\",\"private_key\":\"" + key.decimal() + "\"}";
  }

  @Override
  public String toString() {
    return "a trustee's secret";
  }
}
