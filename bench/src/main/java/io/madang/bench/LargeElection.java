package io.madang.bench;

import io.madang.chain.Bytes;
import io.madang.chain.ChainApplication.Admission;
import io.madang.chain.ChainApplication.BlockRequest;
import io.madang.chain.ChainApplication.Outcome;
import io.madang.chain.Hash;
import io.madang.chain.SignatureVerdict;
import io.madang.chain.SignatureVerifier;
import io.madang.chain.SigningKey;
import io.madang.chain.Statement;
import io.madang.chain.StatementId;
import io.madang.chain.StatementSigner;
import io.madang.chain.Verified;
import io.madang.chain.json.CanonicalJson;
import io.madang.chain.json.JsonObject;
import io.madang.gateway.archive.StoredArchive;
import io.madang.voting.ElectionId;
import io.madang.voting.archive.ArchiveVerifier;
import io.madang.voting.archive.Verdict;
import io.madang.voting.board.Checks;
import io.madang.voting.chain.BallotBox;
import io.madang.voting.chain.BallotEnvelope;
import io.madang.voting.chain.BoardArchive;
import io.madang.voting.chain.Purpose;
import io.madang.voting.chain.RecordKind;
import io.madang.voting.chain.VotingCandidate;
import io.madang.voting.chain.VotingOperation;
import io.madang.voting.chain.VotingOperations;
import io.madang.voting.group.Group;
import io.madang.voting.tally.PartialDecryption;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * One large election on the voting channel, as a member sees it: every ballot made, admitted,
 * checked and put into a block, the tally, the decryption, the result, and at last the whole
 * archive verified. Says all the while how far it has come.
 */
final class LargeElection {
  private static final String CHAIN = "bench-votes";
  private static final long START = 1_795_287_000_000L;
  private static final long HOUR_MILLIS = 3_600_000;
  private static final int BLOCK = 500;
  private static final int SAYS = 20;

  private final SeededElection election;
  private final ElectionId id;
  private final StatementSigner administrator =
      new StatementSigner(SigningKey.ed25519(new byte[32]));
  private final SignatureVerifier verifier =
      new SignatureVerifier(new SecureRandom()::nextBytes, 100);
  private final BallotBox box = new BallotBox(inParallel());
  private final long began = System.nanoTime();
  private final Path file;
  private final OutputStream out;
  private final List<BoardArchive> archive = new ArrayList<>();
  private long time = START;
  private long ids;
  private long mostHeap;

  private LargeElection(SeededElection election, Path file) throws IOException {
    this.election = election;
    this.file = file;
    id = election.election().id();
    out = Files.newOutputStream(file);
    box.initChain(
        CHAIN,
        START,
        CanonicalJson.bytes(
            JsonObject.builder()
                .put("administrators", List.of(administrator.publicKey().toString()))
                .build()));
  }

  /** Holds it, and prints. */
  static void hold(int voters) throws IOException {
    Report.say(
        "%d voters, in a heap of at most %d MB", voters, Runtime.getRuntime().maxMemory() >> 20);
    var file = Files.createTempFile("madang-bench", ".bel");
    try {
      var large = new LargeElection(new SeededElection(Group.ed25519(), voters, 1), file);
      large.say("credentials are made");
      large.open();
      large.cast();
      large.finish();
      large.verify();
    } finally {
      Files.delete(file);
    }
  }

  private void say(String format, Object... values) {
    Report.say(
        "%7.1f s  %4d MB  " + format,
        IntStream.range(-2, values.length)
            .mapToObj(
                i ->
                    switch (i) {
                      case -2 -> (Object) ((System.nanoTime() - began) / 1e9);
                      case -1 -> heap() >> 20;
                      default -> values[i];
                    })
            .toArray());
  }

  /** What the heap holds now, garbage included; the most of it is remembered. */
  private long heap() {
    long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    mostHeap = Math.max(mostHeap, used);
    return used;
  }

  private static Checks inParallel() {
    return new Checks() {
      @Override
      public <T> List<T> run(List<Supplier<T>> checks) {
        return checks.parallelStream().map(Supplier::get).toList();
      }
    };
  }

  private Statement signed(Purpose purpose, JsonObject operation) {
    return administrator.sign(
        new Statement.Payload(
            CHAIN,
            new StatementId("%032x".formatted(ids++)),
            purpose.toString(),
            time + HOUR_MILLIS,
            operation));
  }

  private void open() throws IOException {
    var kinds = RecordKind.values();
    for (int i = 0; i < kinds.length; i++) {
      for (var part : VotingOperations.parts(id, kinds[i], election.records().get(i))) {
        block(List.of(signed(Purpose.PART, part)));
      }
    }
    var terms =
        new VotingOperation.Terms(
            time + HOUR_MILLIS,
            time + 2 * HOUR_MILLIS,
            10,
            Hash.sha256(election.records().get(0)),
            Hash.sha256(election.records().get(1)),
            Hash.sha256(election.records().get(2)));
    block(List.of(signed(Purpose.SETUP, VotingOperations.setUp(id, terms))));
    time += HOUR_MILLIS;
    var begun =
        BoardArchive.begin(
            terms.opensMillis(),
            election.records().get(0),
            election.records().get(1),
            List.of(Bytes.of(election.records().get(2))));
    archive.add(begun.archive());
    for (var piece : begun.pieces()) {
      out.write(piece.toByteArray());
    }
    say("the election is open");
  }

  private void cast() throws IOException {
    int step = Math.max(BLOCK, election.voters() / SAYS);
    for (int from = 0; from < election.voters(); from += BLOCK) {
      int to = Math.min(election.voters(), from + BLOCK);
      block(
          election.ballots(from, to).parallelStream()
              .map(ballot -> BallotEnvelope.wrap(CHAIN, id, ballot, time))
              .toList());
      if (to / step > from / step || to == election.voters()) {
        say("%,d ballots cast (%d %%)", to, 100L * to / election.voters());
      }
    }
  }

  private void finish() throws IOException {
    time += HOUR_MILLIS;
    var standing = box.view().election(id).orElseThrow();
    byte[] tally = box.view().tally(id).orElseThrow();
    block(
        List.of(
            signed(
                Purpose.TALLY,
                VotingOperations.publishTally(id, tally, standing.counted(), standing.weight()))));
    say("the tally of %,d ballots stands", standing.counted());
    byte[] decryption =
        PartialDecryption.make(
            election.election(),
            box.view().encryptedTally(id).orElseThrow(),
            election.secret(),
            new SecureRandom()::nextBytes);
    block(List.of(signed(Purpose.DECRYPTION, VotingOperations.decrypt(id, 1, decryption))));
    byte[] result = box.view().computeResult(id).orElseThrow();
    block(List.of(signed(Purpose.RESULT, VotingOperations.publishResult(id, result))));
    out.close();
    var yes = IntStream.range(0, election.voters()).filter(SeededElection::saysYes).count();
    var expected = "{\"result\":[[" + yes + "," + (election.voters() - yes) + "]]}";
    var found = new String(result, java.nio.charset.StandardCharsets.UTF_8);
    if (!found.equals(expected)) {
      throw new IllegalStateException("the result is " + found + ", not " + expected);
    }
    say("the result stands: %s", found);
  }

  /** A block of these, which must all take effect. */
  private void block(List<Statement> statements) throws IOException {
    var candidates =
        statements.parallelStream()
            .map(
                statement -> {
                  if (box.admit(statement.bytes())
                      instanceof Admission.Admitted<VotingCandidate>(var admitted)) {
                    return admitted;
                  }
                  throw new IllegalStateException("not admitted");
                })
            .toList();
    var verified = new ArrayList<Verified<VotingCandidate>>();
    for (var verdict : verifier.verify(candidates)) {
      if (!(verdict instanceof SignatureVerdict.Right<VotingCandidate>(var right))) {
        throw new IllegalStateException("a wrong signature");
      }
      verified.add(right);
    }
    verified.parallelStream().forEach(box::checkAhead);
    heap();
    long height = box.standing().height() + 1;
    var proposal = box.prepareProposal(height, time, verified);
    for (var outcome : proposal.outcomes()) {
      if (!(outcome instanceof Outcome.Done)) {
        throw new IllegalStateException("refused: " + outcome);
      }
    }
    box.finalizeBlock(new BlockRequest<>(height, time, proposal.kept()));
    box.commit();
    for (var board : archive) {
      for (var transaction : proposal.kept()) {
        out.write(board.append(transaction.candidate().operation()));
      }
    }
  }

  private void verify() throws IOException {
    int step = Math.max(1, election.voters() / SAYS);
    var last = new long[1];
    try (var source = new StoredArchive(file)) {
      var verdict =
          ArchiveVerifier.verify(
              source,
              inParallel(),
              (ballots, position, length) -> {
                if (ballots / step > last[0]) {
                  last[0] = ballots / step;
                  say("%,d ballots verified (%d %%)", ballots, 100 * position / length);
                }
              });
      switch (verdict) {
        case Verdict.Valid valid ->
            say(
                "the archive of %d MB is valid: %,d ballots count, the heap held at most %d MB",
                source.length() >> 20, valid.board().counted(), mostHeap >> 20);
        case Verdict.Invalid invalid -> throw new IllegalStateException(invalid.sentence());
      }
    }
  }
}
