package io.madang.voting.chain;

import io.madang.chain.Bytes;
import io.madang.chain.Hash;
import io.madang.chain.PublicKey;
import io.madang.voting.ElectionId;
import io.madang.voting.Tracker;
import io.madang.voting.chain.Rows.DecryptionRow;
import io.madang.voting.chain.Rows.ElectionRow;
import io.madang.voting.chain.Rows.NumberKey;
import io.madang.voting.group.Element;
import io.madang.voting.record.Reading;
import io.madang.voting.tally.ElectionResult;
import io.madang.voting.tally.EncryptedTally;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Reads the committed state of the voting channel, on the thread that the application is used on.
 */
public final class BallotBoxView {
  private final StateView view;
  private final VotingState state;
  private final ProofChecks proofs;

  BallotBoxView(StateView view, VotingState state, ProofChecks proofs) {
    this.view = view;
    this.state = state;
    this.proofs = proofs;
  }

  /**
   * An election as it stands.
   *
   * @param terms present from its announcement on
   * @param head the hash of its archive's last event
   * @param accepted how many ballots were accepted, replaced ones too
   * @param counted how many count
   * @param weight the sum of the weights of those that count
   * @param decryptedBy the numbers of the trustees that have decrypted
   * @param result the result's record, once it stands
   */
  public record ElectionStanding(
      ElectionId id,
      PublicKey administrator,
      Stage stage,
      Optional<VotingOperation.Terms> terms,
      Head head,
      long accepted,
      long counted,
      long weight,
      List<Integer> decryptedBy,
      Optional<byte[]> result) {}

  /** A ballot on the board. */
  public enum BallotStanding {
    /** Not there. */
    ABSENT,
    /** It counts. */
    COUNTS,
    /** The same voter has voted again. */
    REPLACED
  }

  /** The keys that may set up elections. */
  public Set<PublicKey> administrators() {
    return view.administrators();
  }

  /** All elections, in the order in which they came. */
  public List<ElectionStanding> elections() {
    var all = new ArrayList<ElectionStanding>();
    for (int slot = 0; slot < state.elections.committedSize(); slot++) {
      all.add(standing(slot, view.election(slot)));
    }
    return all;
  }

  /** One election. */
  public Optional<ElectionStanding> election(ElectionId id) {
    return slot(id).map(slot -> standing(slot, view.election(slot)));
  }

  private Optional<Integer> slot(ElectionId id) {
    int slot = view.electionSlot(id);
    return slot == StateView.NONE ? Optional.empty() : Optional.of(slot);
  }

  private ElectionStanding standing(int slot, ElectionRow row) {
    return new ElectionStanding(
        row.id(),
        row.administrator(),
        row.stage(),
        row.terms(),
        row.head(),
        row.counts().accepted(),
        row.counts().counted(),
        row.counts().weight(),
        decryptedBy(slot, row),
        row.result().isEmpty() ? Optional.empty() : Optional.of(row.result().toByteArray()));
  }

  private List<Integer> decryptedBy(int slot, ElectionRow row) {
    if (row.stage() != Stage.DECRYPTING && row.stage() != Stage.FINISHED) {
      return List.of();
    }
    // The records of an election with many voters take long to read; its trustees are few.
    return IntStream.range(0, state.decryptions.committedSize())
        .mapToObj(view::decryptionIn)
        .map(DecryptionRow::key)
        .filter(key -> key.election() == slot)
        .map(NumberKey::number)
        .sorted()
        .toList();
  }

  private Rules rules() {
    return new Rules(view, proofs, 0);
  }

  /** What has become of a ballot. */
  public BallotStanding ballot(ElectionId election, Tracker tracker) {
    return slot(election)
        .map(slot -> view.ballotStanding(slot, Hash.of(tracker.bytes())))
        .orElse(BallotStanding.ABSENT);
  }

  /** One of an election's records, as it was sent; empty while it is a draft or when withdrawn. */
  public Optional<byte[]> record(ElectionId election, RecordKind kind) {
    return announced(election).map(row -> view.record(row, kind));
  }

  /** The same in the parts that it came in: a list of many credentials is long. */
  public Optional<List<Bytes>> recordParts(ElectionId election, RecordKind kind) {
    return announced(election).map(row -> view.recordParts(row, kind));
  }

  private Optional<ElectionRow> announced(ElectionId election) {
    return slot(election).map(view::election).filter(row -> row.terms().isPresent());
  }

  /** The encrypted tally of the ballots that count now. */
  public Optional<byte[]> tally(ElectionId election) {
    return encryptedTally(election).map(EncryptedTally::toRecord);
  }

  /** The same, for a trustee who is at hand. */
  public Optional<EncryptedTally> encryptedTally(ElectionId election) {
    return slot(election).filter(slot -> view.election(slot).terms().isPresent()).map(view::tally);
  }

  /** The result, for whoever publishes it; empty while trustees are missing. */
  public Optional<byte[]> computeResult(ElectionId election) {
    return slot(election)
        .filter(slot -> view.election(slot).stage() == Stage.DECRYPTING)
        .flatMap(this::computeResult);
  }

  private Optional<byte[]> computeResult(int slot) {
    var row = view.election(slot);
    var definition = proofs.definition(view, row);
    var combined = definition.trustees().combine(rules().factors(slot, definition));
    return switch (combined) {
      case Reading.Refused<?> _ -> Optional.empty();
      case Reading.Accepted<List<List<Element>>>(var factors) ->
          Optional.of(
              ElectionResult.compute(
                      definition.election(), view.tally(slot), factors, row.counts().weight())
                  .toRecord());
    };
  }

  /**
   * An attached election as it stands.
   *
   * @param stage open, closed or finished
   * @param head commits to its board in its order
   * @param hashes how many ballots were posted
   * @param result once its system has published it
   */
  public record AttachedStanding(
      ElectionId id,
      PublicKey administrator,
      VotingOperation.AttachedTerms terms,
      Stage stage,
      AttachedHead head,
      long hashes,
      Optional<VotingOperation.AttachedResult> result) {}

  /** All attached elections, in the order in which they came. */
  public List<AttachedStanding> attached() {
    return IntStream.range(0, state.attached.committedSize()).mapToObj(this::attached).toList();
  }

  /** One attached election. */
  public Optional<AttachedStanding> attached(ElectionId id) {
    return attachedSlot(id).map(this::attached);
  }

  private Optional<Integer> attachedSlot(ElectionId id) {
    return Optional.of(view.attachedSlot(id)).filter(slot -> slot != StateView.NONE);
  }

  private AttachedStanding attached(int slot) {
    var row = view.attached(slot);
    return new AttachedStanding(
        row.id(),
        row.administrator(),
        row.terms(),
        row.stage(),
        row.head(),
        row.hashes(),
        row.result());
  }

  /** Where a ballot stands on the board of an attached election, from 0. */
  public OptionalInt attachedPosition(ElectionId election, Hash ballot) {
    int position =
        attachedSlot(election)
            .map(slot -> view.attachedPosition(slot, ballot))
            .orElse(StateView.NONE);
    return position == StateView.NONE ? OptionalInt.empty() : OptionalInt.of(position);
  }

  /**
   * Ballots of an attached election in the order of its board.
   *
   * @param from the first position, from 0
   * @param most how many at most
   */
  public List<Hash> attachedBallots(ElectionId election, long from, int most) {
    int slot = attachedSlot(election).orElse(StateView.NONE);
    if (slot == StateView.NONE || from < 0) {
      return List.of();
    }
    long end = Math.min(view.attached(slot).hashes(), from + most);
    return LongStream.range(from, end)
        .mapToObj(position -> view.attachedHash(slot, Math.toIntExact(position)))
        .toList();
  }
}
