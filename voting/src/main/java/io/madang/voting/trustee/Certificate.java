package io.madang.voting.trustee;

import io.madang.voting.group.Element;
import io.madang.voting.group.Group;
import io.madang.voting.record.RecordReader;
import io.madang.voting.record.RefusalReason;
import java.util.Optional;

/**
 * Step 1 of the key ceremony: who a member of a threshold group is. It signs itself.
 *
 * @param place absent in certificates of belenios-tool 2.0
 * @param verification what its signatures are checked with
 * @param encryption what messages to it are encrypted to
 */
record Certificate(
    Optional<Place> place, Element verification, Element encryption, SignedMessage signed) {
  private static final int MAX_NAME = 100;

  /** A member's place in its group: one of {@code size}, counted from 1. */
  record Place(int size, int threshold, int index) {
    /** Most members of a threshold group. */
    static final int MAX_SIZE = 100;

    public Place {
      if (size > MAX_SIZE || threshold < 1 || threshold > size || index < 1 || index > size) {
        throw new IllegalArgumentException("no such place in a threshold group");
      }
    }
  }

  /** Reads a certificate and checks its signature. */
  static Certificate read(RecordReader reader, Group group) {
    var signed = SignedMessage.read(reader, group);
    var certificate =
        RecordReader.read(signed.message(), message -> content(message, group, signed));
    signed.requireFrom(reader, group, certificate.verification());
    return certificate;
  }

  private static Certificate content(RecordReader reader, Group group, SignedMessage signed) {
    reader.literal("{");
    Optional<Place> place = Optional.empty();
    if (reader.skip("\"context\":")) {
      place = Optional.of(place(reader, group));
      reader.literal(",");
    }
    var verification = reader.field("verification", () -> reader.element(group));
    var encryption = reader.next("encryption", () -> reader.element(group));
    reader.literal("}");
    return new Certificate(place, verification, encryption, signed);
  }

  private static Place place(RecordReader reader, Group group) {
    reader.literal("{");
    var name = reader.field("group", () -> reader.plain(MAX_NAME));
    int size = reader.next("size", () -> (int) reader.number(1, Place.MAX_SIZE));
    int threshold = reader.next("threshold", () -> (int) reader.number(1, size));
    int index = reader.next("index", () -> (int) reader.number(1, size));
    reader.literal("}");
    if (!name.equals(group.name())) {
      throw reader.refused(RefusalReason.WRONG_CERTIFICATE);
    }
    return new Place(size, threshold, index);
  }

  static String message(Group group, Place place, Element verification, Element encryption) {
    return "{\"context\":{\"group\":\""
        + group.name()
        + "\",\"size\":"
        + place.size()
        + ",\"threshold\":"
        + place.threshold()
        + ",\"index\":"
        + place.index()
        + "},\"verification\":\""
        + verification.text()
        + "\",\"encryption\":\""
        + encryption.text()
        + "\"}";
  }
}
