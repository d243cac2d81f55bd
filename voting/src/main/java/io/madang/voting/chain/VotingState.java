package io.madang.voting.chain;

import io.madang.chain.ChainApplication.StateRow;
import io.madang.chain.Hash;
import io.madang.chain.state.Deadlines;
import io.madang.chain.state.Index;
import io.madang.chain.state.Table;
import io.madang.chain.state.TableState;
import io.madang.chain.state.Tables;
import io.madang.voting.ElectionId;
import io.madang.voting.chain.AttachedRows.AttachedBallotRow;
import io.madang.voting.chain.AttachedRows.AttachedRow;
import io.madang.voting.chain.Rows.BallotRow;
import io.madang.voting.chain.Rows.DecryptionRow;
import io.madang.voting.chain.Rows.ElectionRow;
import io.madang.voting.chain.Rows.HashKey;
import io.madang.voting.chain.Rows.Meta;
import io.madang.voting.chain.Rows.NumberKey;
import io.madang.voting.chain.Rows.PartKey;
import io.madang.voting.chain.Rows.PartRow;
import io.madang.voting.chain.Rows.TallyRow;
import io.madang.voting.chain.Rows.UseKey;
import io.madang.voting.chain.Rows.UseRow;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Everything the voting channel remembers: tables of rows, and what finds rows in them. */
final class VotingState implements TableState {
  final Table<Meta> meta = new Table<>(1, new RowForms.OfMeta());
  final Table<ElectionRow> elections = new Table<>(2, new RowForms.OfElection());
  final Table<PartRow> parts = new Table<>(3, new RowForms.OfPart());
  final Table<TallyRow> tallies = new Table<>(4, new RowForms.OfTally());
  final Table<BallotRow> ballots = new Table<>(5, new RowForms.OfBallot());
  final Table<DecryptionRow> decryptions = new Table<>(6, new RowForms.OfDecryption());
  final Table<UseRow> uses = new Table<>(7, new RowForms.OfUse());
  final Table<AttachedRow> attached = new Table<>(8, new AttachedForms.OfAttached());
  final Table<AttachedBallotRow> attachedBallots = new Table<>(9, new AttachedForms.OfBallot());

  final Index<ElectionId, Integer> electionSlots = new Index<>();
  final Index<PartKey, Integer> partSlots = new Index<>();
  final Index<Integer, Integer> tallySlots = new Index<>();
  final Index<HashKey, Integer> trackerSlots = new Index<>();
  final Index<HashKey, Integer> ciphertextSlots = new Index<>();
  final Index<NumberKey, Integer> lastBallotSlots = new Index<>();
  final Index<NumberKey, Integer> decryptionSlots = new Index<>();
  final Index<UseKey, Integer> useSlots = new Index<>();
  final Index<ElectionId, Integer> attachedSlots = new Index<>();
  final Index<HashKey, Integer> attachedHashSlots = new Index<>();
  final Index<NumberKey, Integer> attachedPositionSlots = new Index<>();
  private final Tables tables =
      new Tables(
          List.of(
              meta,
              elections,
              parts,
              tallies,
              ballots,
              decryptions,
              uses,
              attached,
              attachedBallots),
          List.of(
              electionSlots,
              partSlots,
              tallySlots,
              trackerSlots,
              ciphertextSlots,
              lastBallotSlots,
              decryptionSlots,
              useSlots,
              attachedSlots,
              attachedHashSlots,
              attachedPositionSlots));

  private final Deadlines turns = new Deadlines();
  private final Deadlines attachedEnds = new Deadlines();
  private final Deadlines useEnds = new Deadlines();

  void addElection(ElectionRow row) {
    electionSlots.add(row.id(), elections.add(row));
  }

  void addPart(PartRow row) {
    partSlots.add(row.key(), parts.add(row));
  }

  void removePart(PartKey key) {
    Integer slot = partSlots.find(key);
    if (slot == null) {
      throw new IllegalStateException("no part " + key);
    }
    parts.remove(slot);
    partSlots.remove(key);
  }

  void setTally(TallyRow row) {
    Integer slot = tallySlots.find(row.election());
    if (slot == null) {
      tallySlots.add(row.election(), tallies.add(row));
    } else {
      tallies.set(slot, row);
    }
  }

  /** Adds a ballot that is now the last of its credential. */
  void addBallot(BallotRow row) {
    indexBallot(ballots.add(row), row);
  }

  private void indexBallot(int slot, BallotRow row) {
    trackerSlots.add(new HashKey(row.election(), Hash.of(row.tracker().bytes())), slot);
    for (var hash : row.ciphertexts()) {
      ciphertextSlots.add(new HashKey(row.election(), hash), slot);
    }
    if (!row.answers().isEmpty()) {
      lastBallotSlots.add(new NumberKey(row.election(), row.credential()), slot);
    }
  }

  void addDecryption(DecryptionRow row) {
    decryptionSlots.add(row.key(), decryptions.add(row));
  }

  void addUse(UseRow row) {
    useSlots.add(row.key(), uses.add(row));
  }

  void addAttached(AttachedRow row) {
    attachedSlots.add(row.id(), attached.add(row));
  }

  void addAttachedBallot(AttachedBallotRow row) {
    indexAttachedBallot(attachedBallots.add(row), row);
  }

  private void indexAttachedBallot(int slot, AttachedBallotRow row) {
    attachedHashSlots.add(new HashKey(row.key().election(), row.hash()), slot);
    attachedPositionSlots.add(row.key(), slot);
  }

  /** When time does something next. */
  OptionalLong nextTurnMillis() {
    return LongStream.concat(turns.first().stream(), attachedEnds.first().stream()).min();
  }

  /** Lets time do what it does: elections open and close. */
  void turn(long timeMillis) {
    for (int slot : turns.until(timeMillis)) {
      var row = elections.pending(slot);
      if (row != null) {
        elections.set(slot, row.at(timeMillis));
      }
    }
    for (int slot : attachedEnds.until(timeMillis)) {
      var row = attached.pending(slot);
      if (row != null) {
        attached.set(slot, row.at(timeMillis));
      }
    }
  }

  /** Forgets statements that can take effect no more at this block time. */
  void prune(long timeMillis) {
    for (int slot : useEnds.until(timeMillis - 1)) {
      var row = uses.pending(slot);
      if (row != null) {
        uses.remove(slot);
        useSlots.remove(row.key());
      }
    }
  }

  @Override
  public Hash hash() {
    return tables.hash();
  }

  @Override
  public void discard() {
    tables.discard();
  }

  @Override
  public List<StateRow> commit() {
    elections.changes((slot, before, after) -> turns.move(slot, deadline(before), deadline(after)));
    attached.changes(
        (slot, before, after) -> attachedEnds.move(slot, deadline(before), deadline(after)));
    uses.changes((slot, before, after) -> useEnds.move(slot, end(before), end(after)));
    return tables.commit();
  }

  /** Tells what the pending changes are about to do to drafts. */
  void tellDrafts(DraftRecords drafts) {
    elections.changes((slot, before, after) -> drafts.election(before, after));
    parts.eachPresent((slot, row) -> drafts.part(row));
  }

  private static long deadline(@Nullable ElectionRow row) {
    return row == null ? Deadlines.NEVER : row.deadlineMillis();
  }

  private static long deadline(@Nullable AttachedRow row) {
    return row == null ? Deadlines.NEVER : row.deadlineMillis();
  }

  private static long end(@Nullable UseRow row) {
    return row == null ? Deadlines.NEVER : row.validUntilMillis();
  }

  @Override
  public Stream<StateRow> rows() {
    return tables.rows();
  }

  @Override
  public void restore(Stream<StateRow> rows) {
    tables.restore(rows);
    elections.eachPresent((slot, row) -> electionSlots.add(row.id(), slot));
    parts.eachPresent((slot, row) -> partSlots.add(row.key(), slot));
    tallies.eachPresent((slot, row) -> tallySlots.add(row.election(), slot));
    ballots.eachPresent(this::indexBallot);
    decryptions.eachPresent((slot, row) -> decryptionSlots.add(row.key(), slot));
    uses.eachPresent((slot, row) -> useSlots.add(row.key(), slot));
    attached.eachPresent((slot, row) -> attachedSlots.add(row.id(), slot));
    attachedBallots.eachPresent(this::indexAttachedBallot);
  }
}
