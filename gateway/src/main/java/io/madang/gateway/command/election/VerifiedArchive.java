package io.madang.gateway.command.election;

import io.madang.voting.archive.ArchiveSource;
import io.madang.voting.archive.ArchiveVerifier;
import io.madang.voting.archive.ArchiveWriter;
import io.madang.voting.archive.Progress;
import io.madang.voting.archive.Verdict;
import java.io.IOException;
import java.io.PrintWriter;

/** Archives, verified before anything is done with them. */
final class VerifiedArchive {
  private VerifiedArchive() {}

  /** Verifies a whole archive; a wrong one is refused with the place and the reason. */
  static Verdict.Valid of(ArchiveFile archive, PrintWriter progress) throws IOException {
    return valid(archive.toString(), verdict(archive, progress));
  }

  /** Verifies the election, its trustees and its credentials, but no ballot. */
  static Verdict.Valid opening(ArchiveFile archive) throws IOException {
    return valid(
        archive.toString(),
        ArchiveVerifier.verify(archive.opening(), new ParallelChecks(), Progress.silent()));
  }

  /** Verifies, on all processors, and says how far it has come. */
  static Verdict verdict(ArchiveSource archive, PrintWriter progress) {
    return ArchiveVerifier.verify(
        archive,
        new ParallelChecks(),
        (ballots, position, length) ->
            progress.printf(
                "verified %,d ballots, %d %% of the archive%n",
                ballots, 100 * position / Math.max(1, length)));
  }

  private static Verdict.Valid valid(String file, Verdict verdict) throws IOException {
    return switch (verdict) {
      case Verdict.Valid valid -> valid;
      case Verdict.Invalid invalid -> throw new IOException(file + ": " + invalid.sentence());
    };
  }

  /** What appends to an archive that was verified. */
  static ArchiveWriter writer(Verdict.Valid valid) {
    return ArchiveWriter.resume(valid.timestampSeconds(), valid.head(), valid.events());
  }
}
