package io.madang.gateway.command.election;

import io.madang.voting.group.Group;
import io.madang.voting.record.Reading;
import io.madang.voting.record.RecordReader;
import io.madang.voting.record.RefusalReason;
import io.madang.voting.trustee.ThresholdTrustee;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What a member of a threshold group needs during the key ceremony. Never shown by {@link
 * #toString()}.
 *
 * @param index the member's place, from 1
 */
record MemberSecret(Group group, int index, ThresholdTrustee trustee) {
  static final int MAX_SIZE = 100;
  private static final int MAX_BYTES = 500;

  static MemberSecret read(Path file) throws IOException {
    byte[] record = InputFile.record(file, MAX_BYTES);
    return InputFile.accepted(
        file, Reading.of(() -> RecordReader.read(record, MAX_BYTES, MemberSecret::read)));
  }

  private static MemberSecret read(RecordReader reader) {
    reader.literal("{");
    var group = reader.field("group", () -> TrusteeSecret.group(reader));
    int index = reader.next("index", () -> (int) reader.number(1, MAX_SIZE));
    var trustee =
        reader.next(
            "seed",
            () ->
                ThresholdTrustee.ofSeed(group, reader.plain(MAX_BYTES))
                    .orElseThrow(() -> reader.refused(RefusalReason.NOT_CANONICAL)));
    reader.literal("}");
    return new MemberSecret(group, index, trustee);
  }

  /** The content of the private file. */
  String secretText() {
    return "{\"group\":\""
        + group.name()
        + "\",\"index\":"
        + index
        + ",\"seed\":\""
        + trustee.secretSeed()
        + "\"}";
  }

  @Override
  public String toString() {
    return "a member's secret";
  }
}
