package io.madang.voting.chain;

import io.madang.chain.Bytes;
import io.madang.chain.Hash;
import io.madang.chain.PublicKey;
import io.madang.voting.ElectionId;
import io.madang.voting.Tracker;
import io.madang.voting.ballot.CheckedBallot;
import io.madang.voting.board.Board;
import io.madang.voting.board.Checks;
import io.madang.voting.chain.Rows.ElectionRow;
import io.madang.voting.group.Element;
import io.madang.voting.record.Digest;
import io.madang.voting.record.Reading;
import io.madang.voting.tally.EncryptedTally;
import io.madang.voting.tally.PartialDecryption;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * All that is expensive, each check done once. What a check says follows from what it is about, so
 * it may be done ahead, on any thread.
 */
final class ProofChecks {
  private static final int MOST_DEFINITIONS = 64;
  private static final int MOST_BALLOTS = 4_096;
  private static final int MOST_DECRYPTIONS = 256;

  private final Checks checks;
  private final Remembered<DefinitionKey, Reading<Definition>> definitions =
      new Remembered<>(MOST_DEFINITIONS);
  private final Remembered<BallotKey, Reading<CheckedBallot>> ballots =
      new Remembered<>(MOST_BALLOTS);
  private final Remembered<DecryptionKey, Reading<List<List<Element>>>> decryptions =
      new Remembered<>(MOST_DECRYPTIONS);

  /** The elections that take ballots or soon will, for {@link #ahead} on other threads. */
  private volatile Map<ElectionId, Definition> current = Map.of();

  /** The elections that may be announced, for {@link #ahead} on other threads. */
  private final DraftRecords drafts = new DraftRecords();

  private record DefinitionKey(Hash election, Hash trustees, Hash credentials) {
    static DefinitionKey of(VotingOperation.Terms terms) {
      return new DefinitionKey(terms.electionHash(), terms.trusteesHash(), terms.credentialsHash());
    }
  }

  /** The fingerprints stand for all that a ballot's check looks at. */
  private record BallotKey(String election, String credentials, Tracker ballot) {}

  private record DecryptionKey(String election, String tally, int owner, Hash record) {}

  ProofChecks(Checks checks) {
    this.checks = checks;
  }

  DraftRecords drafts() {
    return drafts;
  }

  void setCurrent(Map<ElectionId, Definition> definitionsByElection) {
    current = Map.copyOf(definitionsByElection);
  }

  /** The records that an election's parts make, checked; they have the hashes of its terms. */
  Reading<Definition> definition(
      StateView view, ElectionRow election, VotingOperation.Terms terms) {
    return definition(terms, kind -> view.record(election, kind));
  }

  private Reading<Definition> definition(
      VotingOperation.Terms terms, Function<RecordKind, byte[]> records) {
    return definitions.get(
        DefinitionKey.of(terms),
        _ ->
            Board.open(
                    records.apply(RecordKind.ELECTION),
                    records.apply(RecordKind.TRUSTEES),
                    records.apply(RecordKind.CREDENTIALS),
                    checks)
                .map(Definition::of));
  }

  /**
   * The records of an election that was announced. They were accepted then, and the state hash
   * shows that they are still the same, so that a restart need not ask about each credential again.
   */
  Definition definition(StateView view, ElectionRow election) {
    var known =
        definitions.get(
            DefinitionKey.of(election.fixed()),
            _ ->
                Board.reopen(
                        view.record(election, RecordKind.ELECTION),
                        view.record(election, RecordKind.TRUSTEES),
                        view.record(election, RecordKind.CREDENTIALS),
                        checks.groups())
                    .map(Definition::of));
    return switch (known) {
      case Reading.Accepted<Definition>(var definition) -> definition;
      case Reading.Refused<Definition>(var refusal) ->
          throw new IllegalStateException("stored records are refused: " + refusal);
    };
  }

  Reading<CheckedBallot> ballot(Definition definition, Bytes ballot) {
    byte[] bytes = ballot.toByteArray();
    var key =
        new BallotKey(
            definition.election().fingerprint(),
            definition.credentials().fingerprint(),
            Tracker.of(bytes));
    return ballots.get(key, _ -> definition.ballotCheck().check(bytes));
  }

  Reading<List<List<Element>>> decryption(
      Definition definition, EncryptedTally tally, int owner, Element key, Bytes record) {
    byte[] bytes = record.toByteArray();
    var about =
        new DecryptionKey(
            definition.election().fingerprint(),
            Digest.base64(tally.toRecord()),
            owner,
            Hash.sha256(bytes));
    return decryptions.get(
        about, _ -> PartialDecryption.read(bytes, definition.election(), tally, key));
  }

  /** Checks a ballot before its turn, where its election is known. */
  void ahead(VotingOperation.Cast cast) {
    var definition = current.get(cast.election());
    if (definition != null) {
      ballot(definition, cast.ballot());
    }
  }

  /**
   * Checks the records of a draft before its announcement's turn, where all of them have come and
   * it is the draft's administrator who asks.
   */
  void ahead(VotingOperation.SetUp setUp, PublicKey signer) {
    if (!drafts.isDraftOf(setUp.election(), signer)) {
      return;
    }
    var records = new EnumMap<RecordKind, byte[]>(RecordKind.class);
    for (var kind : RecordKind.values()) {
      drafts
          .record(setUp.election(), kind)
          .filter(record -> Hash.sha256(record).equals(setUp.terms().hash(kind)))
          .ifPresent(record -> records.put(kind, record));
    }
    if (records.size() == RecordKind.values().length) {
      definition(setUp.terms(), kind -> Objects.requireNonNull(records.get(kind)));
    }
  }
}
