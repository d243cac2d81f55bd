package io.madang.gateway.command.election;

import io.madang.voting.Credential;
import io.madang.voting.CredentialList;
import io.madang.voting.ElectionId;
import io.madang.voting.group.Group;
import io.madang.voting.record.Json;
import io.madang.voting.record.Reading;
import io.madang.voting.record.RecordReader;
import io.madang.voting.record.RefusalReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The registrar's folder: who has which credential. Whoever reads it can vote for everybody, so it
 * stays on the registrar's machine; only {@link #PUBLIC_LIST} leaves it.
 *
 * @param title what the printed page calls the election
 */
record Register(ElectionId election, Group group, String title, List<Voter.Entitled> voters) {
  /** The public credentials, for whoever opens the election. */
  static final String PUBLIC_LIST = "public-credentials.json";

  private static final String CREDENTIALS = "credentials.csv";
  private static final String SHEET = "credentials.html";
  private static final String ELECTION = "registrar.json";
  private static final String HEADER = "voter,weight,credential";
  private static final int MAX_NAME = 64;
  static final int MAX_TITLE = 500;
  static final int MAX_BYTES = 512 << 20;

  Register {
    voters = List.copyOf(voters);
  }

  /** Fresh credentials for all. */
  static Register make(ElectionId election, Group group, String title, List<Voter> voters) {
    return new Register(election, group, title, voters.stream().map(Register::entitled).toList());
  }

  private static Voter.Entitled entitled(Voter voter) {
    return new Voter.Entitled(voter, Credential.random(Secrets.RANDOMNESS));
  }

  /** The files of a folder, none of which may be there yet. */
  static Path[] files(Path folder) {
    return new Path[] {
      folder.resolve(ELECTION),
      folder.resolve(CREDENTIALS),
      folder.resolve(SHEET),
      folder.resolve(PUBLIC_LIST)
    };
  }

  /** Reads back what {@link #write} wrote. */
  static Register read(Path folder) throws IOException {
    var about = folder.resolve(ELECTION);
    byte[] record = InputFile.record(about, MAX_BYTES);
    return InputFile.accepted(
            about, Reading.of(() -> RecordReader.read(record, MAX_BYTES, Register::about)))
        .with(voters(folder.resolve(CREDENTIALS)));
  }

  private static Register about(RecordReader reader) {
    reader.literal("{");
    var election =
        reader.field(
            "election",
            () ->
                ElectionId.parse(reader.plain(MAX_NAME))
                    .orElseThrow(() -> reader.refused(RefusalReason.WRONG_IDENTIFIER)));
    var group =
        reader.next(
            "group",
            () ->
                Group.named(reader.plain(MAX_NAME))
                    .orElseThrow(() -> reader.refused(RefusalReason.UNKNOWN_GROUP)));
    var title = reader.next("title", () -> reader.string(MAX_TITLE));
    reader.literal("}");
    return new Register(election, group, title, List.of());
  }

  private static List<Voter.Entitled> voters(Path file) throws IOException {
    var lines = InputFile.text(file, MAX_BYTES).lines().toList();
    if (lines.isEmpty() || !lines.getFirst().equals(HEADER)) {
      throw new IOException(file + " does not begin with the line " + HEADER + ".");
    }
    var voters = new ArrayList<Voter.Entitled>();
    for (int i = 1; i < lines.size(); i++) {
      var fields = lines.get(i).split(",", -1);
      var place = file + ", line " + (i + 1) + ": ";
      if (fields.length != 3) {
        throw new IOException(place + "there must be a voter, a weight and a credential.");
      }
      var credential =
          Credential.parse(fields[2])
              .orElseThrow(() -> new IOException(place + "that is no credential."));
      voters.add(new Voter.Entitled(Voter.of(fields[0], fields[1], place), credential));
    }
    Voter.requireAll(voters.stream().map(Voter.Entitled::voter).toList(), file.toString());
    return voters;
  }

  /** This register with a new credential for one voter; the old one is worth nothing. */
  Register reissue(String identity) throws IOException {
    requireKnown(identity);
    return with(
        voters.stream()
            .map(one -> one.voter().identity().equals(identity) ? entitled(one.voter()) : one)
            .toList());
  }

  /** This register without one voter. */
  Register revoke(String identity) throws IOException {
    requireKnown(identity);
    if (voters.size() == 1) {
      throw new IOException(identity + " is the only voter; an election needs one.");
    }
    return with(voters.stream().filter(one -> !one.voter().identity().equals(identity)).toList());
  }

  private Register with(List<Voter.Entitled> changed) {
    return new Register(election, group, title, changed);
  }

  private void requireKnown(String identity) throws IOException {
    if (voters.stream().noneMatch(one -> one.voter().identity().equals(identity))) {
      throw new IOException("The register has no voter " + Shown.text(identity) + ".");
    }
  }

  /** Writes all files, the secret ones for the owner's eyes only. */
  void write(Path folder, Output output) throws IOException {
    output.write(
        folder.resolve(ELECTION),
        "{\"election\":\""
            + election
            + "\",\"group\":\""
            + group.name()
            + "\",\"title\":"
            + Json.string(title)
            + "}");
    output.writeSecret(folder.resolve(CREDENTIALS), csv());
    output.writeSecret(folder.resolve(SHEET), PrintSheet.html(election, title, voters));
    output.write(folder.resolve(PUBLIC_LIST), publicList());
  }

  private String csv() {
    return voters.stream()
        .map(
            one ->
                one.voter().identity()
                    + ","
                    + one.voter().weight()
                    + ","
                    + one.credential().secretText())
        .collect(Collectors.joining("\n", HEADER + "\n", ""));
  }

  private String publicList() {
    var entries =
        voters.parallelStream()
            .map(
                one ->
                    new CredentialList.Entry(
                        one.credential().publicCredential(election, group), one.voter().weight()))
            .toList();
    return new String(CredentialList.toRecord(entries), StandardCharsets.UTF_8);
  }
}
