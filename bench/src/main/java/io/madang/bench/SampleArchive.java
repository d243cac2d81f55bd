package io.madang.bench;

import io.madang.voting.Credential;
import io.madang.voting.CredentialList;
import io.madang.voting.Election;
import io.madang.voting.ElectionDraft;
import io.madang.voting.ElectionId;
import io.madang.voting.Question;
import io.madang.voting.archive.ArchiveWriter;
import io.madang.voting.ballot.BallotMaker;
import io.madang.voting.group.Group;
import io.madang.voting.group.Randomness;
import io.madang.voting.record.Reading;
import io.madang.voting.trustee.TrusteeKey;
import io.madang.voting.trustee.Trustees;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** An election of one question with two answers in which everybody has voted, still open. */
final class SampleArchive {
  private static final long TIMESTAMP = 1_795_287_931;
  private static final int BATCH = 500;

  private SampleArchive() {}

  /** Writes it into a folder; its file name is what belenios-tool expects. */
  static Path write(Path folder, Group group, int voters, int ballots) throws IOException {
    Randomness randomness = new SecureRandom()::nextBytes;
    var id = ElectionId.random(randomness);
    var key = TrusteeKey.of(group, group.scalars().random(randomness), randomness);
    byte[] trustees = Trustees.toRecord(List.of(key), List.of());
    byte[] definition =
        new ElectionDraft(
                id,
                group,
                "bench",
                "",
                List.of(new Question(List.of("yes", "no"), false, 1, 1, "?")),
                "",
                "")
            .toRecord(key.publicKey());
    var credentials =
        IntStream.range(0, voters).mapToObj(_ -> Credential.random(randomness)).toList();
    var entries =
        credentials.parallelStream()
            .map(one -> new CredentialList.Entry(one.publicCredential(id, group), 1))
            .toList();
    if (!(Election.read(definition) instanceof Reading.Accepted<Election>(var election))) {
      throw new IllegalStateException("our own election is refused");
    }
    var maker = new BallotMaker(election);
    var file = folder.resolve(id + ".bel");
    try (OutputStream out = Files.newOutputStream(file)) {
      var writer = ArchiveWriter.create(TIMESTAMP);
      out.write(writer.begin());
      out.write(writer.setup(definition, trustees, CredentialList.toRecord(entries)));
      for (int from = 0; from < ballots; from += BATCH) {
        var made =
            new ArrayList<>(credentials.subList(from, Math.min(ballots, from + BATCH)))
                .parallelStream()
                    .map(one -> maker.make(one, List.of(List.of(1, 0)), randomness))
                    .toList();
        for (byte[] ballot : made) {
          out.write(writer.ballot(ballot));
        }
      }
    }
    return file;
  }
}
