package io.madang.voting.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.ChainApplication.Admission;
import io.madang.chain.ChainApplication.BlockRequest;
import io.madang.chain.ChainApplication.FinalizedBlock;
import io.madang.chain.ChainApplication.Outcome;
import io.madang.chain.ChainApplication.StateRow;
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
import io.madang.voting.ElectionId;
import io.madang.voting.SampleElection;
import io.madang.voting.board.Checks;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** A voting channel driven as an engine would drive it; every block is kept. */
final class Town {
  static final String CHAIN = "town-votes";
  static final long START = 1_795_287_000_000L;
  static final long HOUR = 60L * 60 * 1_000;
  static final StatementSigner HALL = signer(1);
  static final StatementSigner STRANGER = signer(2);
  static final StatementSigner OTHER_HALL = signer(3);

  private final SignatureVerifier verifier =
      new SignatureVerifier(new SplittableRandom(7)::nextBytes, 10);
  private BallotBox box;
  private long time = START;
  private long nextId = 1;
  final List<BlockRequest<VotingCandidate>> blocks = new ArrayList<>();
  final List<FinalizedBlock> finalized = new ArrayList<>();

  Town() {
    this(Checks.inOrder());
  }

  Town(Checks checks) {
    box = new BallotBox(checks);
    box.initChain(CHAIN, START, genesis());
  }

  private static StatementSigner signer(int number) {
    byte[] seed = new byte[32];
    Arrays.fill(seed, (byte) number);
    return new StatementSigner(SigningKey.ed25519(seed));
  }

  static byte[] genesis() {
    return CanonicalJson.bytes(
        JsonObject.builder()
            .put(
                "administrators",
                List.of(HALL.publicKey().toString(), OTHER_HALL.publicKey().toString()))
            .build());
  }

  BallotBox box() {
    return box;
  }

  BallotBoxView view() {
    return box.view();
  }

  long time() {
    return time;
  }

  Town pass(long millis) {
    time += millis;
    return this;
  }

  Hash stateHash() {
    return box.standing().stateHash();
  }

  Statement sign(StatementSigner signer, Purpose purpose, JsonObject operation) {
    return sign(signer, CHAIN, purpose.toString(), operation, time + 60_000);
  }

  Statement sign(
      StatementSigner signer, String chain, String purpose, JsonObject operation, long until) {
    var id = new StatementId("%032x".formatted(nextId++));
    return signer.sign(new Statement.Payload(chain, id, purpose, until, operation));
  }

  Statement ballot(ElectionId election, byte[] ballot) {
    return BallotEnvelope.wrap(CHAIN, election, ballot, time);
  }

  Verified<VotingCandidate> verified(Statement statement) {
    if (!(box.admit(statement.bytes()) instanceof Admission.Admitted<VotingCandidate>(var read))) {
      throw new AssertionError("not admitted");
    }
    if (!(verifier.verify(List.of(read)).getFirst()
        instanceof SignatureVerdict.Right<VotingCandidate>(var right))) {
      throw new AssertionError("wrong signature");
    }
    return right;
  }

  /** A block of these; a transaction that is refused does not enter it. */
  List<Outcome> block(Statement... statements) {
    var candidates = Arrays.stream(statements).map(this::verified).toList();
    candidates.forEach(box::checkAhead);
    long height = box.standing().height() + 1;
    var checked =
        candidates.size() == 1 ? List.of(box.check(candidates.getFirst(), time)) : List.of();
    var proposal = box.prepareProposal(height, time, candidates);
    var block = new BlockRequest<>(height, time, proposal.kept());
    assertThat(box.processProposal(block)).isTrue();
    var result = box.finalizeBlock(block);
    box.commit();
    blocks.add(block);
    finalized.add(result);
    if (!checked.isEmpty()) {
      assertThat(name((Outcome) checked.getFirst()))
          .isEqualTo(name(proposal.outcomes().getFirst()));
    }
    return proposal.outcomes();
  }

  /** What becomes of one transaction: "done", or the refusal's name. */
  String send(Statement statement) {
    return name(block(statement).getFirst());
  }

  /** A refusal, which must leave the state as it was. */
  String refusal(Statement statement) {
    var before = stateHash();
    String name =
        switch (box.admit(statement.bytes())) {
          case Admission.NotAdmitted<VotingCandidate>(var refusal) -> refusal.name();
          case Admission.Admitted<VotingCandidate> _ -> send(statement);
        };
    assertThat(stateHash()).isEqualTo(before);
    return name;
  }

  /** A refusal in the first block after an election closed, which that block records. */
  String refusalAfterTurn(Statement statement) {
    block();
    return refusal(statement);
  }

  static String name(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done _ -> "done";
      case Outcome.DoneBefore _ -> "done-before";
      case Outcome.Refused(var refusal) -> refusal.name();
    };
  }

  // Elections

  private static VotingOperation.Terms terms(
      List<byte[]> records, long opens, long closes, long leastBallots) {
    return new VotingOperation.Terms(
        opens,
        closes,
        leastBallots,
        Hash.sha256(records.get(0)),
        Hash.sha256(records.get(1)),
        Hash.sha256(records.get(2)));
  }

  void sendParts(ElectionId id, List<byte[]> records) {
    for (var kind : RecordKind.values()) {
      byte[] record =
          records.get(
              switch (kind) {
                case ELECTION -> 0;
                case TRUSTEES -> 1;
                case CREDENTIALS -> 2;
              });
      for (var part : VotingOperations.parts(id, kind, record)) {
        assertThat(send(sign(HALL, Purpose.PART, part))).isEqualTo("done");
      }
    }
  }

  Statement setUp(ElectionId id, List<byte[]> records, long opens, long closes) {
    return setUp(id, records, opens, closes, 1);
  }

  Statement setUp(ElectionId id, List<byte[]> records, long opens, long closes, long leastBallots) {
    var terms = terms(records, opens, closes, leastBallots);
    return sign(HALL, Purpose.SETUP, VotingOperations.setUp(id, terms));
  }

  /** Announces an election that is open one hour from now for two hours, and lets it open. */
  ElectionId open(SampleElection sample) {
    var id = announce(sample);
    pass(HOUR);
    return id;
  }

  ElectionId announce(SampleElection sample) {
    var id = sample.board().election().id();
    var records = sample.records();
    sendParts(id, records);
    assertThat(send(setUp(id, records, time + HOUR, time + 3 * HOUR))).isEqualTo("done");
    return id;
  }

  BallotBoxView.ElectionStanding standing(ElectionId id) {
    return view().election(id).orElseThrow();
  }

  Statement tally(ElectionId id) {
    var now = standing(id);
    return sign(
        HALL,
        Purpose.TALLY,
        VotingOperations.publishTally(
            id, view().tally(id).orElseThrow(), now.counted(), now.weight()));
  }

  Statement decryption(ElectionId id, int owner, byte[] record) {
    return sign(STRANGER, Purpose.DECRYPTION, VotingOperations.decrypt(id, owner, record));
  }

  Statement result(ElectionId id, byte[] record) {
    return sign(HALL, Purpose.RESULT, VotingOperations.publishResult(id, record));
  }

  /** The archive that follows from the blocks. */
  byte[] archive(ElectionId id) {
    var out = new ByteArrayOutputStream();
    var begun =
        BoardArchive.begin(
            standing(id).terms().orElseThrow().opensMillis(),
            view().record(id, RecordKind.ELECTION).orElseThrow(),
            view().record(id, RecordKind.TRUSTEES).orElseThrow(),
            view().record(id, RecordKind.CREDENTIALS).orElseThrow());
    out.writeBytes(begun.bytes());
    for (var block : blocks) {
      for (var transaction : block.transactions()) {
        var operation = transaction.candidate().operation();
        if (operation.election().equals(id)) {
          out.writeBytes(begun.archive().append(operation));
        }
      }
    }
    assertThat(begun.archive().head()).isEqualTo(standing(id).head());
    return out.toByteArray();
  }

  /** Executes all blocks again on another member, which must come to the same hash each time. */
  BallotBox replayed() {
    var member = new BallotBox(Checks.inOrder());
    member.initChain(CHAIN, START, genesis());
    for (int i = 0; i < blocks.size(); i++) {
      var result = member.finalizeBlock(blocks.get(i));
      assertThat(result.stateHash()).isEqualTo(finalized.get(i).stateHash());
      assertThat(result.results()).isEqualTo(finalized.get(i).results());
      member.commit();
    }
    return member;
  }

  /** Goes on from the stored rows, as after a restart. */
  void restart() {
    var standing = box.standing();
    List<StateRow> rows = box.rows().toList();
    box = new BallotBox(Checks.inOrder());
    assertThat(box.restore(CHAIN, standing.height(), rows.stream()))
        .isEqualTo(standing.stateHash());
  }
}
