package io.madang.voting.archive;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of events of our elections, with their names in archives. */
public enum EventType {
  /** The election, its trustees and its credentials. */
  SETUP("Setup", 4),
  BALLOT("Ballot", 1),
  END_BALLOTS("EndBallots", 0),
  ENCRYPTED_TALLY("EncryptedTally", 2),
  PARTIAL_DECRYPTION("PartialDecryption", 2),
  RESULT("Result", 1);

  private final String text;
  private final int records;

  EventType(String text, int records) {
    this.text = text;
    this.records = records;
  }

  /** The name in event records. */
  String text() {
    return text;
  }

  /** How many data records come before the event, its payload the last of them. */
  int records() {
    return records;
  }

  static Optional<EventType> named(String text) {
    return Arrays.stream(values()).filter(type -> type.text.equals(text)).findFirst();
  }
}
