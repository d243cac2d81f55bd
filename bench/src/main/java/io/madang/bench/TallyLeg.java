package io.madang.bench;

import io.madang.voting.archive.ArchiveWriter;
import io.madang.voting.board.Checks;
import io.madang.voting.group.Element;
import io.madang.voting.record.Reading;
import io.madang.voting.tally.ElectionResult;
import io.madang.voting.tally.PartialDecryption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * From a closed archive that nobody has checked to the result: ballots, tally, decryption with
 * proofs, counts. Ours checks the ballots once; belenios-tool does so in each of its commands.
 */
final class TallyLeg {
  private static final String TOOL = "belenios-tool ";

  private final BallotArchives archives;
  private final Path folder;

  private TallyLeg(BallotArchives archives, Path folder) {
    this.archives = archives;
    this.folder = folder;
  }

  /** Prepares it: the archive is closed. */
  static TallyLeg of(BallotArchives archives) throws IOException {
    var valid = BallotArchives.verify(archives.full(), Checks.inOrder());
    var writer = ArchiveWriter.resume(valid.timestampSeconds(), valid.head(), valid.events());
    Files.write(archives.full(), writer.endBallots(), StandardOpenOption.APPEND);
    var folder = Objects.requireNonNull(archives.full().getParent());
    Files.writeString(
        folder.resolve("trustee.privkey"), "\"" + archives.election().secret().decimal() + "\"");
    return new TallyLeg(archives, folder);
  }

  /** Our processor milliseconds. */
  double ours() {
    return ProcessorTime.of(this::open);
  }

  private void open() {
    var board = BallotArchives.verify(archives.full(), Checks.inOrder()).board();
    var election = board.election();
    var tally = board.tally();
    byte[] decryption =
        PartialDecryption.make(
            election, tally, archives.election().secret(), new SecureRandom()::nextBytes);
    var key = board.trustees().verificationKey(1).orElseThrow();
    if (!(PartialDecryption.read(decryption, election, tally, key)
        instanceof Reading.Accepted<List<List<Element>>>(var factors))) {
      throw new IllegalStateException("our own decryption is refused");
    }
    var all = new TreeMap<Integer, List<List<Element>>>();
    all.put(1, factors);
    if (!(board.trustees().combine(all)
        instanceof Reading.Accepted<List<List<Element>>>(var combined))) {
      throw new IllegalStateException("our own trustee does not suffice");
    }
    var result = ElectionResult.compute(election, tally, combined, board.countedWeight());
    long yes =
        IntStream.range(0, archives.election().voters()).filter(SeededElection::saysYes).count();
    if (result.counts().getFirst().getFirst() != yes) {
      throw new IllegalStateException("wrong counts: " + result);
    }
  }

  /** Those of belenios-tool, without what it takes to start. */
  double theirs() {
    double start = ProcessorTime.ofCommand(TOOL + "--version", dir());
    var archive = archives.full();
    try {
      byte[] before = Files.readAllBytes(archive);
      var out = dir() + "/out";
      double tally =
          ProcessorTime.ofCommand(
              TOOL + "election compute-encrypted-tally --dir \"$0\" > \"$0/out\"", dir());
      add("EncryptedTally", out);
      double decryption =
          ProcessorTime.ofCommand(
              TOOL
                  + "election decrypt --dir \"$0\" --privkey \"$0/trustee.privkey\" --trustee-id 1"
                  + " > \"$0/out\"",
              dir());
      add("PartialDecryption", out);
      double result =
          ProcessorTime.ofCommand(
              TOOL + "election compute-result --dir \"$0\" > \"$0/out\"", dir());
      Files.write(archive, before);
      return tally + decryption + result - 3 * start;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String dir() {
    return folder.toString();
  }

  private void add(String type, String file) {
    ProcessorTime.ofCommand(
        TOOL + "archive add-event --dir \"$0\" --type=" + type + " < " + file, dir());
  }
}
