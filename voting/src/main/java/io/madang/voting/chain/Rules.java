package io.madang.voting.chain;

import io.madang.chain.Bytes;
import io.madang.chain.ChainApplication.Outcome;
import io.madang.chain.Hash;
import io.madang.chain.PublicKey;
import io.madang.chain.json.CanonicalJson;
import io.madang.chain.json.JsonObject;
import io.madang.voting.Tracker;
import io.madang.voting.archive.ArchiveWriter;
import io.madang.voting.ballot.CheckedBallot;
import io.madang.voting.chain.Rows.BallotRow;
import io.madang.voting.chain.Rows.Counts;
import io.madang.voting.chain.Rows.DecryptionRow;
import io.madang.voting.chain.Rows.ElectionRow;
import io.madang.voting.chain.Rows.NumberKey;
import io.madang.voting.chain.Rows.PartKey;
import io.madang.voting.chain.Rows.PartRow;
import io.madang.voting.chain.Rows.Parts;
import io.madang.voting.chain.Rows.TallyRow;
import io.madang.voting.group.Element;
import io.madang.voting.proof.Ciphertext;
import io.madang.voting.record.Digest;
import io.madang.voting.record.Reading;
import io.madang.voting.record.Refusal;
import io.madang.voting.record.RefusalReason;
import io.madang.voting.tally.ElectionResult;
import io.madang.voting.tally.EncryptedTally;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Decides about operations. Deciding changes nothing. */
final class Rules {
  /** Longest records of an election together: some 100,000 voters of the larger group. */
  static final long MAX_RECORD_BYTES = 64L << 20;

  static final long YEAR_MILLIS = 366L * 24 * 60 * 60 * 1_000;

  private final StateView view;
  private final ProofChecks proofs;
  private final long timeMillis;

  Rules(StateView view, ProofChecks proofs, long timeMillis) {
    this.view = view;
    this.proofs = proofs;
    this.timeMillis = timeMillis;
  }

  /** What is decided. */
  sealed interface Decision {}

  /** It takes effect as soon as {@code change} is applied; nothing can refuse any more. */
  record Accepted(byte[] data, Change change) implements Decision {}

  /** It does not. */
  record Rejected(Outcome.Refused outcome) implements Decision {}

  /** The changes of one transaction. */
  interface Change {
    void applyTo(VotingState state);
  }

  /** An election as it is at this time, with its slot. */
  private record Found(int slot, ElectionRow row) {}

  Decision decide(VotingOperation operation, PublicKey signer) {
    if (operation instanceof VotingOperation.Attached attached) {
      return new AttachedRules(view, timeMillis).decide(attached, signer);
    }
    int slot = view.electionSlot(operation.election());
    if (slot == StateView.NONE) {
      return operation instanceof VotingOperation.AddPart part
          ? begin(part, signer)
          : reject(VotingRefusal.UNKNOWN_ELECTION);
    }
    var found = new Found(slot, view.election(slot).at(timeMillis));
    boolean anyoneMay =
        operation instanceof VotingOperation.Cast || operation instanceof VotingOperation.Decrypt;
    if (!anyoneMay && !found.row().administrator().equals(signer)) {
      return reject(VotingRefusal.NOT_ADMINISTRATOR);
    }
    return switch (operation) {
      case VotingOperation.AddPart part -> addPart(found, part);
      case VotingOperation.SetUp setUp -> setUp(found, setUp.terms());
      case VotingOperation.Withdraw _ -> withdraw(found);
      case VotingOperation.Close _ -> close(found);
      case VotingOperation.Cast cast -> cast(found, cast);
      case VotingOperation.PublishTally tally -> publishTally(found, tally);
      case VotingOperation.Decrypt decrypt -> decrypt(found, decrypt);
      case VotingOperation.PublishResult result -> publishResult(found, result);
      case VotingOperation.Attached _ -> throw new IllegalStateException("has rules of its own");
    };
  }

  private static Rejected reject(VotingRefusal refusal) {
    return new Rejected(refusal.outcome());
  }

  private static Rejected reject(RefusalReason reason, String place) {
    return new Rejected(VotingRefusal.of(new Refusal(reason, place)));
  }

  // Before the opening

  private Decision begin(VotingOperation.AddPart part, PublicKey signer) {
    if (!view.isAdministrator(signer)) {
      return reject(VotingRefusal.NOT_ADMINISTRATOR);
    }
    if (view.attachedSlot(part.election()) != StateView.NONE) {
      return reject(VotingRefusal.IDENTIFIER_TAKEN);
    }
    if (part.index() != 0) {
      return reject(VotingRefusal.PART_OUT_OF_ORDER);
    }
    var draft = ElectionRow.draft(part.election(), signer).with(more(Parts.NONE, part));
    return accept(
        draft,
        JsonObject.builder(),
        state -> {
          state.addElection(draft);
          state.addPart(row(part));
        });
  }

  private Decision addPart(Found found, VotingOperation.AddPart part) {
    var row = found.row();
    if (row.stage() != Stage.DRAFT) {
      return reject(
          row.stage() == Stage.ANNOUNCED ? VotingRefusal.ALREADY_ANNOUNCED : fixed(row.stage()));
    }
    int count = row.parts().count(part.kind());
    if (part.index() != count) {
      return reject(
          part.index() < count ? VotingRefusal.REPEATED_PART : VotingRefusal.PART_OUT_OF_ORDER);
    }
    var after = row.with(more(row.parts(), part));
    if (after.parts().bytes() > MAX_RECORD_BYTES) {
      return reject(VotingRefusal.RECORDS_TOO_LONG);
    }
    return accept(
        after,
        JsonObject.builder(),
        state -> {
          state.elections.set(found.slot(), after);
          state.addPart(row(part));
        });
  }

  private static Parts more(Parts parts, VotingOperation.AddPart part) {
    return parts.plus(part.kind(), part.content().length());
  }

  private static PartRow row(VotingOperation.AddPart part) {
    return new PartRow(new PartKey(part.election(), part.kind(), part.index()), part.content());
  }

  private Decision setUp(Found found, VotingOperation.Terms terms) {
    var row = found.row();
    if (row.stage() != Stage.DRAFT && row.stage() != Stage.ANNOUNCED) {
      return reject(fixed(row.stage()));
    }
    if (terms.opensMillis() <= timeMillis
        || terms.closesMillis() <= terms.opensMillis()
        || terms.closesMillis() > timeMillis + YEAR_MILLIS) {
      return reject(VotingRefusal.TIMES_OUT_OF_RANGE);
    }
    for (var kind : RecordKind.values()) {
      if (!Hash.of(Digest.of(view.recordParts(row, kind))).equals(terms.hash(kind))) {
        return reject(VotingRefusal.WRONG_RECORD);
      }
    }
    return switch (proofs.definition(view, row, terms)) {
      case Reading.Refused<Definition>(var refusal) -> new Rejected(VotingRefusal.of(refusal));
      case Reading.Accepted<Definition>(var definition) -> announce(found, terms, definition);
    };
  }

  private Decision announce(Found found, VotingOperation.Terms terms, Definition definition) {
    var election = definition.election();
    if (!election.id().equals(found.row().id())) {
      return reject(VotingRefusal.WRONG_ELECTION_ID);
    }
    if (!BallotSize.fits(election)) {
      return reject(VotingRefusal.BALLOTS_TOO_LONG);
    }
    var head =
        Head.NONE.after(
            writer ->
                writer.setup(
                    view.record(found.row(), RecordKind.ELECTION),
                    view.record(found.row(), RecordKind.TRUSTEES),
                    view.recordParts(found.row(), RecordKind.CREDENTIALS)));
    var after = found.row().announced(terms, head);
    var tally = new TallyRow(found.slot(), election.group(), EncryptedTally.none(election));
    return accept(
        after,
        JsonObject.builder(),
        state -> {
          state.elections.set(found.slot(), after);
          state.setTally(tally);
        });
  }

  private Decision withdraw(Found found) {
    var row = found.row();
    if (row.stage() != Stage.DRAFT && row.stage() != Stage.ANNOUNCED) {
      return reject(fixed(row.stage()));
    }
    return accept(
        row.withdrawn(),
        JsonObject.builder(),
        state -> {
          state.elections.set(found.slot(), row.withdrawn());
          for (var kind : RecordKind.values()) {
            for (int i = 0; i < row.parts().count(kind); i++) {
              state.removePart(new PartKey(row.id(), kind, i));
            }
          }
        });
  }

  /** Why nothing about an election changes that is in this stage. */
  private static VotingRefusal fixed(Stage stage) {
    return stage == Stage.WITHDRAWN ? VotingRefusal.WITHDRAWN : VotingRefusal.ALREADY_OPEN;
  }

  // Voting

  private Decision cast(Found found, VotingOperation.Cast cast) {
    var refusal = notOpen(found.row().stage());
    if (refusal != null) {
      return reject(refusal);
    }
    if (view.hasBallot(found.slot(), Tracker.of(cast.ballot().toByteArray()))) {
      return reject(RefusalReason.REPEATED_BALLOT, "");
    }
    var definition = proofs.definition(view, found.row());
    return switch (proofs.ballot(definition, cast.ballot())) {
      case Reading.Refused<CheckedBallot>(var refused) -> new Rejected(VotingRefusal.of(refused));
      case Reading.Accepted<CheckedBallot>(var ballot) -> post(found, definition, cast, ballot);
    };
  }

  private static @Nullable VotingRefusal notOpen(Stage stage) {
    return switch (stage) {
      case OPEN -> null;
      case DRAFT, ANNOUNCED -> VotingRefusal.NOT_OPEN_YET;
      case CLOSED, DECRYPTING, FINISHED -> VotingRefusal.VOTING_ENDED;
      case WITHDRAWN -> VotingRefusal.WITHDRAWN;
    };
  }

  private Decision post(
      Found found, Definition definition, VotingOperation.Cast cast, CheckedBallot ballot) {
    var ciphertexts =
        ballot.answers().stream()
            .flatMap(List::stream)
            .map(Ciphertext::text)
            .map(text -> Hash.of(Digest.of(text)))
            .toList();
    if (new HashSet<>(ciphertexts).size() < ciphertexts.size()
        || ciphertexts.stream().anyMatch(hash -> view.hasCiphertext(found.slot(), hash))) {
      return reject(RefusalReason.REPEATED_CIPHERTEXT, "answers");
    }
    int slot = found.slot();
    var group = definition.election().group();
    var row =
        new BallotRow(
            slot,
            ballot.credentialIndex(),
            ballot.tracker(),
            ciphertexts,
            Bytes.of(new EncryptedTally(ballot.answers()).toRecord()));
    int replacedSlot = view.lastBallotSlot(slot, ballot.credentialIndex());
    var tally = view.tally(slot).plus(group, ballot.answers(), ballot.weight());
    var counts = found.row().counts();
    if (replacedSlot != StateView.NONE) {
      var earlier = Ciphertexts.read(view.ballot(replacedSlot).answers(), group).answers();
      tally = tally.minus(group, earlier, ballot.weight());
      counts = new Counts(counts.accepted() + 1, counts.counted(), counts.weight());
    } else {
      counts =
          new Counts(
              counts.accepted() + 1, counts.counted() + 1, counts.weight() + ballot.weight());
    }
    var tallyRow = new TallyRow(slot, group, tally);
    var head = found.row().head().after(writer -> writer.ballot(cast.ballot().toByteArray()));
    var after = found.row().with(head, counts);
    return accept(
        after,
        JsonObject.builder().put("tracker", ballot.tracker().toString()),
        state -> {
          if (replacedSlot != StateView.NONE) {
            state.ballots.set(replacedSlot, view.ballot(replacedSlot).replaced());
          }
          state.addBallot(row);
          state.setTally(tallyRow);
          state.elections.set(slot, after);
        });
  }

  private Decision close(Found found) {
    var refusal = notOpen(found.row().stage());
    if (refusal != null) {
      return reject(refusal);
    }
    var head = found.row().head().after(ArchiveWriter::endBallots);
    return move(found, found.row().at(Stage.CLOSED, head), JsonObject.builder());
  }

  // After the close

  private Decision publishTally(Found found, VotingOperation.PublishTally published) {
    var row = found.row();
    switch (row.stage()) {
      case CLOSED -> {}
      case DRAFT, ANNOUNCED, OPEN -> {
        return reject(VotingRefusal.NOT_CLOSED);
      }
      case DECRYPTING, FINISHED -> {
        return reject(VotingRefusal.TALLY_PUBLISHED);
      }
      case WITHDRAWN -> {
        return reject(VotingRefusal.WITHDRAWN);
      }
    }
    if (row.counts().counted() < row.fixed().leastBallots()) {
      return reject(VotingRefusal.TOO_FEW_BALLOTS);
    }
    byte[] own = view.tally(found.slot()).toRecord();
    if (!Arrays.equals(own, published.tally().toByteArray())) {
      return reject(RefusalReason.WRONG_ENCRYPTED_TALLY, "tally");
    }
    if (published.ballots() != row.counts().counted()) {
      return reject(RefusalReason.WRONG_TALLY_COUNT, "ballots");
    }
    if (published.weight() != row.counts().weight()) {
      return reject(RefusalReason.WRONG_TALLY_COUNT, "weight");
    }
    var head =
        row.head()
            .after(writer -> writer.encryptedTally(own, published.ballots(), published.weight()));
    return move(
        found,
        row.at(Stage.DECRYPTING, head),
        JsonObject.builder().put("ballots", published.ballots()).put("weight", published.weight()));
  }

  private static @Nullable VotingRefusal notDecrypting(Stage stage) {
    return switch (stage) {
      case DECRYPTING -> null;
      case DRAFT, ANNOUNCED, OPEN, CLOSED -> VotingRefusal.NOT_DECRYPTING;
      case FINISHED -> VotingRefusal.FINISHED;
      case WITHDRAWN -> VotingRefusal.WITHDRAWN;
    };
  }

  private Decision decrypt(Found found, VotingOperation.Decrypt decrypt) {
    var refusal = notDecrypting(found.row().stage());
    if (refusal != null) {
      return reject(refusal);
    }
    var definition = proofs.definition(view, found.row());
    int owner = decrypt.owner();
    var key = definition.trustees().verificationKey(owner);
    if (key.isEmpty()) {
      return reject(RefusalReason.UNKNOWN_TRUSTEE, "owner");
    }
    if (view.decryption(found.slot(), owner) != null) {
      return reject(RefusalReason.REPEATED_TRUSTEE, "owner");
    }
    var read =
        proofs.decryption(
            definition, view.tally(found.slot()), owner, key.get(), decrypt.decryption());
    if (read instanceof Reading.Refused<List<List<Element>>>(var refused)) {
      return new Rejected(VotingRefusal.of(refused));
    }
    var head =
        found
            .row()
            .head()
            .after(writer -> writer.partialDecryption(owner, decrypt.decryption().toByteArray()));
    var after = found.row().at(Stage.DECRYPTING, head);
    var row = new DecryptionRow(new NumberKey(found.slot(), owner), decrypt.decryption());
    return accept(
        after,
        JsonObject.builder().put("owner", owner),
        state -> {
          state.addDecryption(row);
          state.elections.set(found.slot(), after);
        });
  }

  private Decision publishResult(Found found, VotingOperation.PublishResult published) {
    var refusal = notDecrypting(found.row().stage());
    if (refusal != null) {
      return reject(refusal);
    }
    var definition = proofs.definition(view, found.row());
    byte[] record = published.result().toByteArray();
    var checked =
        switch (definition.trustees().combine(factors(found.slot(), definition))) {
          case Reading.Refused<List<List<Element>>>(var refused) ->
              new Reading.Refused<ElectionResult>(refused);
          case Reading.Accepted<List<List<Element>>>(var combined) ->
              ElectionResult.read(
                  record,
                  definition.election(),
                  view.tally(found.slot()),
                  combined,
                  found.row().counts().weight());
        };
    if (checked instanceof Reading.Refused<ElectionResult>(var refused)) {
      return new Rejected(VotingRefusal.of(refused));
    }
    var head = found.row().head().after(writer -> writer.result(record));
    return move(found, found.row().finished(published.result(), head), JsonObject.builder());
  }

  /** The factors of the trustees that have decrypted, by number. */
  NavigableMap<Integer, List<List<Element>>> factors(int slot, Definition definition) {
    var factors = new TreeMap<Integer, List<List<Element>>>();
    for (int owner = 1; owner <= definition.trustees().count(); owner++) {
      var row = view.decryption(slot, owner);
      if (row != null) {
        var key = definition.trustees().verificationKey(owner).orElseThrow();
        var read = proofs.decryption(definition, view.tally(slot), owner, key, row.record());
        factors.put(owner, read.orStop());
      }
    }
    return factors;
  }

  private static Decision move(Found found, ElectionRow after, JsonObject.Builder data) {
    return accept(after, data, state -> state.elections.set(found.slot(), after));
  }

  private static Decision accept(ElectionRow after, JsonObject.Builder data, Change change) {
    data.put("election", after.id().text()).put("events", after.head().events());
    if (!after.head().hash().isEmpty()) {
      data.put("head", after.head().hash());
    }
    return new Accepted(CanonicalJson.bytes(data.build()), change);
  }
}
