package io.madang.voting.chain;

import java.util.Arrays;
import java.util.Optional;

/** The domain tags of the voting channel's transactions ({@code docs/formats.md}, section 9). */
public enum Purpose {
  PART("election.part"),
  SETUP("election.setup"),
  WITHDRAW("election.withdraw"),
  CLOSE("election.close"),
  BALLOT("ballot"),
  TALLY("election.tally"),
  DECRYPTION("election.decryption"),
  RESULT("election.result"),
  ATTACHED_OPEN("attached.open"),
  ATTACHED_BALLOTS("attached.ballots"),
  ATTACHED_CLOSE("attached.close"),
  ATTACHED_RESULT("attached.result");

  private final String text;

  Purpose(String text) {
    this.text = text;
  }

  /** The purpose of this name, if the voting channel knows it. */
  public static Optional<Purpose> parse(String text) {
    return Arrays.stream(values()).filter(purpose -> purpose.text.equals(text)).findFirst();
  }

  /** The tag as it is signed. */
  @Override
  public String toString() {
    return text;
  }
}
