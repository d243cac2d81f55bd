package io.madang.voting.chain;

import io.madang.chain.Hash;
import io.madang.chain.PublicKey;
import io.madang.chain.json.CanonicalJson;
import io.madang.chain.json.JsonObject;
import io.madang.voting.chain.AttachedRows.AttachedBallotRow;
import io.madang.voting.chain.AttachedRows.AttachedRow;
import io.madang.voting.chain.Rows.NumberKey;
import io.madang.voting.chain.Rules.Accepted;
import io.madang.voting.chain.Rules.Decision;
import io.madang.voting.chain.Rules.Rejected;
import java.util.HashSet;

/** Decides about operations on attached elections. Deciding changes nothing. */
final class AttachedRules {
  /** Keeps the state of one board, which is in memory, below some 300 MB. */
  static final int MOST_HASHES = 1_000_000;

  private final StateView view;
  private final long timeMillis;

  AttachedRules(StateView view, long timeMillis) {
    this.view = view;
    this.timeMillis = timeMillis;
  }

  /** An attached election as it is at this time, with its slot. */
  private record Found(int slot, AttachedRow row) {}

  Decision decide(VotingOperation.Attached operation, PublicKey signer) {
    if (operation instanceof VotingOperation.OpenAttached open) {
      return open(open, signer);
    }
    int slot = view.attachedSlot(operation.election());
    if (slot == StateView.NONE) {
      return reject(VotingRefusal.UNKNOWN_ELECTION);
    }
    var found = new Found(slot, view.attached(slot).at(timeMillis));
    if (!found.row().terms().key().equals(signer)) {
      return reject(VotingRefusal.NOT_ATTACHED_KEY);
    }
    return switch (operation) {
      case VotingOperation.OpenAttached _ -> throw new IllegalStateException("decided above");
      case VotingOperation.PostHashes post -> post(found, post);
      case VotingOperation.CloseAttached _ -> close(found);
      case VotingOperation.PublishAttached published -> publish(found, published);
    };
  }

  private static Rejected reject(VotingRefusal refusal) {
    return new Rejected(refusal.outcome());
  }

  private Decision open(VotingOperation.OpenAttached open, PublicKey signer) {
    if (!view.isAdministrator(signer)) {
      return reject(VotingRefusal.NOT_ADMINISTRATOR);
    }
    if (view.attachedSlot(open.election()) != StateView.NONE
        || view.electionSlot(open.election()) != StateView.NONE) {
      return reject(VotingRefusal.IDENTIFIER_TAKEN);
    }
    long closesMillis = open.terms().closesMillis();
    if (closesMillis <= timeMillis || closesMillis > timeMillis + Rules.YEAR_MILLIS) {
      return reject(VotingRefusal.TIMES_OUT_OF_RANGE);
    }
    var row = AttachedRow.open(open.election(), signer, open.terms());
    return accept(row, state -> state.addAttached(row));
  }

  private Decision post(Found found, VotingOperation.PostHashes post) {
    var row = found.row();
    var hashes = post.hashes();
    if (row.stage() != Stage.OPEN) {
      return reject(VotingRefusal.VOTING_ENDED);
    }
    if (hashes.size() > MOST_HASHES - row.hashes()) {
      return reject(VotingRefusal.BOARD_FULL);
    }
    var seen = new HashSet<Hash>();
    for (var hash : hashes) {
      if (!seen.add(hash) || view.attachedPosition(found.slot(), hash) != StateView.NONE) {
        return reject(VotingRefusal.REPEATED_HASH);
      }
    }
    var after = row.plus(hashes);
    return accept(
        after,
        state -> {
          int position = Math.toIntExact(row.hashes());
          for (var hash : hashes) {
            state.addAttachedBallot(
                new AttachedBallotRow(new NumberKey(found.slot(), position++), hash));
          }
          state.attached.set(found.slot(), after);
        });
  }

  private Decision close(Found found) {
    return found.row().stage() == Stage.OPEN
        ? move(found, found.row().closed())
        : reject(VotingRefusal.VOTING_ENDED);
  }

  private Decision publish(Found found, VotingOperation.PublishAttached published) {
    return switch (found.row().stage()) {
      case CLOSED -> move(found, found.row().finished(published.result()));
      case FINISHED -> reject(VotingRefusal.FINISHED);
      default -> reject(VotingRefusal.NOT_CLOSED);
    };
  }

  private static Decision move(Found found, AttachedRow after) {
    return accept(after, state -> state.attached.set(found.slot(), after));
  }

  private static Decision accept(AttachedRow after, Rules.Change change) {
    var data =
        JsonObject.builder()
            .put("election", after.id().text())
            .put("hashes", after.hashes())
            .put("head", VotingOperations.text(after.head().hash()))
            .build();
    return new Accepted(CanonicalJson.bytes(data), change);
  }
}
