package io.madang.gateway.command.election;

import io.madang.voting.Credential;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Somebody who may vote, as the registrar knows them.
 *
 * @param identity a name, number or address; what the credential is sent to
 * @param weight how often the ballot counts
 */
record Voter(String identity, long weight) {
  static final int MAX_VOTERS = 1_000_000;
  private static final int MAX_BYTES = 256 << 20;
  private static final int MAX_IDENTITY = 200;

  /** Beyond this, finding the counts in the decrypted tally would take too long. */
  private static final long MAX_TOTAL_WEIGHT = 1_000_000_000_000L;

  /** A voter with the credential that was made for them. */
  record Entitled(Voter voter, Credential credential) {}

  /** So many voters, known by numbers of equal length. */
  static List<Voter> numbered(int count) throws IOException {
    if (count < 1 || count > MAX_VOTERS) {
      throw new IOException("--count must be a number from 1 to " + MAX_VOTERS + ".");
    }
    int digits = Integer.toString(count).length();
    return IntStream.rangeClosed(1, count)
        .mapToObj(number -> new Voter(("%0" + digits + "d").formatted(number), 1))
        .toList();
  }

  /** Reads a line for each voter: the identity, and after a comma the weight if it is not 1. */
  static List<Voter> read(Path file) throws IOException {
    var voters = new ArrayList<Voter>();
    int number = 0;
    for (var line : InputFile.text(file, MAX_BYTES).lines().toList()) {
      number++;
      if (!line.isBlank()) {
        voters.add(line(line, file + ", line " + number + ": "));
      }
    }
    requireAll(voters, file.toString());
    return voters;
  }

  private static Voter line(String line, String place) throws IOException {
    int comma = line.indexOf(',');
    var identity = (comma < 0 ? line : line.substring(0, comma)).strip();
    return of(identity, comma < 0 ? "1" : line.substring(comma + 1).strip(), place);
  }

  /** A voter of two fields; {@code place} begins the sentence that refuses it. */
  static Voter of(String identity, String weight, String place) throws IOException {
    if (identity.isEmpty() || identity.length() > MAX_IDENTITY) {
      throw new IOException(place + "a voter has 1 to " + MAX_IDENTITY + " characters.");
    }
    if (identity.chars().anyMatch(c -> Character.isISOControl(c) || c == '"' || c == ',')) {
      throw new IOException(place + "a voter has no control characters, quotes or commas.");
    }
    if (!weight.matches("[1-9][0-9]{0,11}")) {
      throw new IOException(place + "the weight after the comma is a whole number from 1.");
    }
    return new Voter(identity, Long.parseLong(weight));
  }

  /** Refuses lists that are empty, too long or too heavy, or that name somebody twice. */
  static void requireAll(List<Voter> voters, String place) throws IOException {
    if (voters.isEmpty() || voters.size() > MAX_VOTERS) {
      throw new IOException(place + " must name 1 to " + MAX_VOTERS + " voters.");
    }
    var seen = new HashSet<String>();
    for (var voter : voters) {
      if (!seen.add(voter.identity().toLowerCase(Locale.ROOT))) {
        throw new IOException(place + " names " + voter.identity() + " twice.");
      }
    }
    if (voters.stream().mapToLong(Voter::weight).sum() > MAX_TOTAL_WEIGHT) {
      throw new IOException(place + ": all weights together are above " + MAX_TOTAL_WEIGHT + ".");
    }
  }
}
