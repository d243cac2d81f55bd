package io.madang.voting.board;

import io.madang.voting.CredentialList;
import io.madang.voting.Election;
import io.madang.voting.Tracker;
import io.madang.voting.ballot.BallotCheck;
import io.madang.voting.ballot.CheckedBallot;
import io.madang.voting.group.Element;
import io.madang.voting.group.Groups;
import io.madang.voting.proof.Ciphertext;
import io.madang.voting.record.Digest;
import io.madang.voting.record.Reading;
import io.madang.voting.record.Refusal;
import io.madang.voting.record.RefusalReason;
import io.madang.voting.record.RefusedException;
import io.madang.voting.tally.ElectionResult;
import io.madang.voting.tally.EncryptedTally;
import io.madang.voting.tally.PartialDecryption;
import io.madang.voting.trustee.Trustees;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One election from its opening to its result. It accepts what the protocol allows next, refuses
 * everything else by name, and a refusal changes nothing. The chain and the verifier of archives
 * use this same class, so there is one set of rules.
 *
 * <p>A voter's last ballot counts. A ballot that was accepted once is refused for ever after, and
 * so is every other ballot that contains one of its ciphertexts: otherwise anybody could post a
 * voter's earlier ballot again and undo the revote, or copy a choice without knowing it.
 *
 * <p>State grows by a few hashes for each ballot, not by its content. Not safe for threads, except
 * {@link #ballotCheck()}, which has no state.
 */
public final class Board {
  private final Election election;
  private final Trustees trustees;
  private final CredentialList credentials;
  private final BallotCheck ballotCheck;

  private Phase phase = Phase.VOTING;
  private final DigestSet trackers = new DigestSet();
  private final DigestSet ciphertexts = new DigestSet();

  /** Of each credential, by its index, the ballot that counts. */
  private final @Nullable Tracker[] last;

  private int counted;
  private long countedWeight;
  private EncryptedTally tally;
  private final NavigableMap<Integer, List<List<Element>>> factors = new TreeMap<>();
  private Optional<ElectionResult> result = Optional.empty();

  private Board(Election election, Trustees trustees, CredentialList credentials) {
    this.election = election;
    this.trustees = trustees;
    this.credentials = credentials;
    ballotCheck = new BallotCheck(election, credentials);
    last = new Tracker[credentials.size()];
    tally = EncryptedTally.none(election);
  }

  /**
   * Opens the board of an election whose records all hold and fit together. Never throws.
   *
   * @param checks runs a check for each credential, which takes most of the time
   */
  public static Reading<Board> open(
      byte[] electionRecord, byte[] trusteesRecord, byte[] credentialsRecord, Checks checks) {
    return Reading.of(
        () -> {
          var board = read(electionRecord, trusteesRecord, credentialsRecord, checks.groups());
          var members =
              IntStream.range(0, board.credentials.size())
                  .<Supplier<Optional<Refusal>>>mapToObj(
                      index -> () -> board.credentials.checkMember(index))
                  .toList();
          for (var refusal : checks.run(members)) {
            if (refusal.isPresent()) {
              throw new RefusedException(refusal.get().within("credentials"));
            }
          }
          return board;
        });
  }

  /**
   * Opens the board of an election whose very records {@link #open} has accepted before: whether
   * each credential is in the group, which takes most of the time, is not asked again. Never
   * throws.
   */
  public static Reading<Board> reopen(
      byte[] electionRecord, byte[] trusteesRecord, byte[] credentialsRecord, Groups groups) {
    return Reading.of(() -> read(electionRecord, trusteesRecord, credentialsRecord, groups));
  }

  private static Board read(
      byte[] electionRecord, byte[] trusteesRecord, byte[] credentialsRecord, Groups groups) {
    var election = in("election", Election.read(electionRecord, groups));
    var trustees = in("trustees", Trustees.read(trusteesRecord, election.group()));
    // Under the neutral element everybody could read everything.
    if (!trustees.electionKey().equals(election.publicKey()) || election.publicKey().isOne()) {
      throw stop(RefusalReason.WRONG_ELECTION_KEY, "election.public_key");
    }
    var credentials = in("credentials", CredentialList.read(credentialsRecord, election.group()));
    return new Board(election, trustees, credentials);
  }

  private static <T> T in(String place, Reading<T> reading) {
    return switch (reading) {
      case Reading.Accepted<T>(var value) -> value;
      case Reading.Refused<T>(var refusal) -> throw new RefusedException(refusal.within(place));
    };
  }

  private static RefusedException stop(RefusalReason reason, String place) {
    return new RefusedException(reason, place);
  }

  /** The expensive half of accepting a ballot; without state, for any thread. */
  public BallotCheck ballotCheck() {
    return ballotCheck;
  }

  /**
   * Whether a ballot is refused before it is checked: after the close, or because it was here. For
   * sparing the expensive half; {@link #post} asks again.
   */
  public Optional<Refusal> refusalBeforeCheck(byte[] ballot) {
    if (phase != Phase.VOTING) {
      return Optional.of(Refusal.of(RefusalReason.WRONG_ORDER));
    }
    return trackers.contains(Tracker.of(ballot).bytes())
        ? Optional.of(Refusal.of(RefusalReason.REPEATED_BALLOT))
        : Optional.empty();
  }

  /** Posts a checked ballot; it must have been checked by this board's {@link #ballotCheck()}. */
  public Posting post(CheckedBallot ballot, EarlierBallots earlier) {
    var digests =
        ballot.answers().stream()
            .flatMap(List::stream)
            .map(Ciphertext::text)
            .map(Digest::of)
            .toList();
    var refusal = refusal(ballot, digests);
    if (refusal.isPresent()) {
      return new Posting.Refused(refusal.get());
    }
    // Nothing refuses from here on.
    trackers.add(ballot.tracker().bytes());
    digests.forEach(ciphertexts::add);
    var replaced = Optional.ofNullable(last[ballot.credentialIndex()]);
    replaced.ifPresent(tracker -> remove(tracker, earlier));
    last[ballot.credentialIndex()] = ballot.tracker();
    tally = tally.plus(election.group(), ballot.answers(), ballot.weight());
    counted++;
    countedWeight += ballot.weight();
    return new Posting.Posted(ballot.tracker(), replaced);
  }

  private Optional<Refusal> refusal(CheckedBallot ballot, List<byte[]> digests) {
    if (phase != Phase.VOTING) {
      return Optional.of(Refusal.of(RefusalReason.WRONG_ORDER));
    }
    if (trackers.contains(ballot.tracker().bytes())) {
      return Optional.of(Refusal.of(RefusalReason.REPEATED_BALLOT));
    }
    var own = new DigestSet();
    for (var digest : digests) {
      if (ciphertexts.contains(digest) || own.contains(digest)) {
        return Optional.of(new Refusal(RefusalReason.REPEATED_CIPHERTEXT, "answers"));
      }
      own.add(digest);
    }
    return Optional.empty();
  }

  private void remove(Tracker tracker, EarlierBallots earlier) {
    byte[] bytes = earlier.bytes(tracker);
    var ballot =
        switch (ballotCheck.check(bytes)) {
          case Reading.Accepted<CheckedBallot>(var checked)
              when checked.tracker().equals(tracker) ->
              checked;
          default ->
              throw new IllegalStateException("not the ballot that was accepted: " + tracker);
        };
    tally = tally.minus(election.group(), ballot.answers(), ballot.weight());
    counted--;
    countedWeight -= ballot.weight();
  }

  /** Ends the voting. Empty when done. */
  public Optional<Refusal> close() {
    if (phase != Phase.VOTING) {
      return Optional.of(Refusal.of(RefusalReason.WRONG_ORDER));
    }
    phase = Phase.CLOSED;
    return Optional.empty();
  }

  /**
   * Publishes the encrypted tally. Empty when it is that of the counted ballots, byte for byte.
   *
   * @param ballots how many are said to be counted
   * @param weight the sum of their weights, as it is said to be
   */
  public Optional<Refusal> publishTally(byte[] record, long ballots, long weight) {
    if (phase != Phase.CLOSED) {
      return Optional.of(Refusal.of(RefusalReason.WRONG_ORDER));
    }
    if (!Arrays.equals(record, tally.toRecord())) {
      return Optional.of(new Refusal(RefusalReason.WRONG_ENCRYPTED_TALLY, "encrypted_tally"));
    }
    if (ballots != counted) {
      return Optional.of(new Refusal(RefusalReason.WRONG_TALLY_COUNT, "num_tallied"));
    }
    if (weight != countedWeight) {
      return Optional.of(new Refusal(RefusalReason.WRONG_TALLY_COUNT, "total_weight"));
    }
    phase = Phase.DECRYPTING;
    return Optional.empty();
  }

  /** Adds a trustee's partial decryption. Empty when it is right. */
  public Optional<Refusal> addPartialDecryption(int owner, byte[] record) {
    if (phase != Phase.DECRYPTING) {
      return Optional.of(Refusal.of(RefusalReason.WRONG_ORDER));
    }
    var key = trustees.verificationKey(owner);
    if (key.isEmpty()) {
      return Optional.of(new Refusal(RefusalReason.UNKNOWN_TRUSTEE, "owner"));
    }
    if (factors.containsKey(owner)) {
      return Optional.of(new Refusal(RefusalReason.REPEATED_TRUSTEE, "owner"));
    }
    return switch (PartialDecryption.read(record, election, tally, key.get())) {
      case Reading.Accepted<List<List<Element>>>(var read) -> {
        factors.put(owner, read);
        yield Optional.empty();
      }
      case Reading.Refused<List<List<Element>>>(var refusal) -> Optional.of(refusal);
    };
  }

  /** Whether enough trustees have decrypted. */
  public boolean canFinish() {
    return phase == Phase.DECRYPTING && trustees.suffice(factors);
  }

  /** The result, for whoever publishes it; refused while trustees are missing. */
  public Reading<ElectionResult> computeResult() {
    return trustees
        .combine(factors)
        .map(combined -> ElectionResult.compute(election, tally, combined, countedWeight));
  }

  /** Publishes the result. Empty when every count is what the tally decrypts to. */
  public Optional<Refusal> finish(byte[] record) {
    if (phase != Phase.DECRYPTING) {
      return Optional.of(Refusal.of(RefusalReason.WRONG_ORDER));
    }
    var checked =
        Reading.of(
            () -> {
              var combined = trustees.combine(factors).orStop();
              return ElectionResult.read(record, election, tally, combined, countedWeight).orStop();
            });
    return switch (checked) {
      case Reading.Accepted<ElectionResult>(var right) -> {
        result = Optional.of(right);
        phase = Phase.FINISHED;
        yield Optional.empty();
      }
      case Reading.Refused<ElectionResult>(var refusal) -> Optional.of(refusal);
    };
  }

  public Election election() {
    return election;
  }

  public Trustees trustees() {
    return trustees;
  }

  public CredentialList credentials() {
    return credentials;
  }

  public Phase phase() {
    return phase;
  }

  /** How many ballots were accepted, replaced ones too. */
  public int accepted() {
    return trackers.size();
  }

  /** How many ballots count. */
  public int counted() {
    return counted;
  }

  /** The sum of the weights of the ballots that count. */
  public long countedWeight() {
    return countedWeight;
  }

  /** The trackers of the ballots that count, sorted: the order says nothing about voters. */
  public List<Tracker> countedTrackers() {
    return Arrays.stream(last)
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull)
        .sorted()
        .toList();
  }

  /** The tally of the ballots that count now. */
  public EncryptedTally tally() {
    return tally;
  }

  /** Which trustees have decrypted, in ascending order. */
  public List<Integer> decryptedBy() {
    return List.copyOf(factors.keySet());
  }

  /** The published result, once there is one. */
  public Optional<ElectionResult> result() {
    return result;
  }
}
