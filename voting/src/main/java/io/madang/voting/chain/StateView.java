package io.madang.voting.chain;

import io.madang.chain.Bytes;
import io.madang.chain.Hash;
import io.madang.chain.PublicKey;
import io.madang.chain.state.Index;
import io.madang.chain.state.Table;
import io.madang.voting.ElectionId;
import io.madang.voting.Tracker;
import io.madang.voting.chain.AttachedRows.AttachedRow;
import io.madang.voting.chain.Rows.BallotRow;
import io.madang.voting.chain.Rows.DecryptionRow;
import io.madang.voting.chain.Rows.ElectionRow;
import io.madang.voting.chain.Rows.HashKey;
import io.madang.voting.chain.Rows.NumberKey;
import io.madang.voting.chain.Rows.PartKey;
import io.madang.voting.chain.Rows.UseKey;
import io.madang.voting.chain.Rows.UseRow;
import io.madang.voting.tally.EncryptedTally;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the state: as the block in work sees it, or as it was committed. */
final class StateView {
  /** No slot. */
  static final int NONE = -1;

  private final VotingState state;
  private final boolean pending;

  private StateView(VotingState state, boolean pending) {
    this.state = state;
    this.pending = pending;
  }

  static StateView ofPending(VotingState state) {
    return new StateView(state, true);
  }

  static StateView ofCommitted(VotingState state) {
    return new StateView(state, false);
  }

  private <R> R existing(Table<R> table, int slot) {
    R row = pending ? table.pending(slot) : table.committed(slot);
    if (row == null) {
      throw new IllegalStateException("no row in slot " + slot + " of table " + table.number());
    }
    return row;
  }

  private <K> int slot(Index<K, Integer> index, K key) {
    Integer slot = pending ? index.find(key) : index.committed(key);
    return slot == null ? NONE : slot;
  }

  boolean isAdministrator(PublicKey key) {
    return existing(state.meta, 0).administrators().contains(key);
  }

  Set<PublicKey> administrators() {
    return Set.copyOf(existing(state.meta, 0).administrators());
  }

  int electionSlot(ElectionId id) {
    return slot(state.electionSlots, id);
  }

  ElectionRow election(int slot) {
    return existing(state.elections, slot);
  }

  /** The parts of a record so far, one after the other. */
  byte[] record(ElectionRow election, RecordKind kind) {
    var parts = recordParts(election, kind);
    var joined = ByteBuffer.allocate(parts.stream().mapToInt(Bytes::length).sum());
    parts.forEach(part -> joined.put(part.toByteArray()));
    return joined.array();
  }

  /** The parts of a record so far. */
  List<Bytes> recordParts(ElectionRow election, RecordKind kind) {
    var parts = new ArrayList<Bytes>();
    for (int i = 0; i < election.parts().count(kind); i++) {
      int slot = slot(state.partSlots, new PartKey(election.id(), kind, i));
      parts.add(existing(state.parts, slot).content());
    }
    return parts;
  }

  EncryptedTally tally(int election) {
    return existing(state.tallies, slot(state.tallySlots, election)).tally();
  }

  boolean hasBallot(int election, Tracker tracker) {
    return slot(state.trackerSlots, new HashKey(election, Hash.of(tracker.bytes()))) != NONE;
  }

  BallotBoxView.BallotStanding ballotStanding(int election, Hash tracker) {
    int slot = slot(state.trackerSlots, new HashKey(election, tracker));
    if (slot == NONE) {
      return BallotBoxView.BallotStanding.ABSENT;
    }
    return ballot(slot).answers().isEmpty()
        ? BallotBoxView.BallotStanding.REPLACED
        : BallotBoxView.BallotStanding.COUNTS;
  }

  boolean hasCiphertext(int election, Hash ciphertext) {
    return slot(state.ciphertextSlots, new HashKey(election, ciphertext)) != NONE;
  }

  /** The slot of a voter's ballot that counts now, or {@link #NONE}. */
  int lastBallotSlot(int election, int credential) {
    return slot(state.lastBallotSlots, new NumberKey(election, credential));
  }

  BallotRow ballot(int slot) {
    return existing(state.ballots, slot);
  }

  @Nullable DecryptionRow decryption(int election, int owner) {
    int slot = slot(state.decryptionSlots, new NumberKey(election, owner));
    return slot == NONE ? null : existing(state.decryptions, slot);
  }

  /** A partial decryption by its slot in the table, which is never freed. */
  DecryptionRow decryptionIn(int slot) {
    return existing(state.decryptions, slot);
  }

  @Nullable UseRow use(UseKey key) {
    int slot = slot(state.useSlots, key);
    return slot == NONE ? null : existing(state.uses, slot);
  }

  int attachedSlot(ElectionId id) {
    return slot(state.attachedSlots, id);
  }

  AttachedRow attached(int slot) {
    return existing(state.attached, slot);
  }

  /** Where a hash stands on the board of an attached election, from 0; or {@link #NONE}. */
  int attachedPosition(int election, Hash hash) {
    int slot = slot(state.attachedHashSlots, new HashKey(election, hash));
    return slot == NONE ? NONE : existing(state.attachedBallots, slot).key().number();
  }

  Hash attachedHash(int election, int position) {
    int slot = slot(state.attachedPositionSlots, new NumberKey(election, position));
    return existing(state.attachedBallots, slot).hash();
  }
}
