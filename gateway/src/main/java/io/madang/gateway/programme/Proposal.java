package io.madang.gateway.programme;

import io.madang.chain.Statement;
import io.madang.chain.json.JsonObject;
import io.madang.gateway.http.Json;
import io.madang.ledger.Account;
import io.madang.ledger.AccountId;
import io.madang.ledger.ApprovalWords;
import io.madang.ledger.Asset;
import io.madang.ledger.AssetCode;
import io.madang.ledger.Ledger;
import io.madang.ledger.Purpose;
import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What operators have written down to be signed: rules, attributes, a programme or a collection.
 *
 * @param purpose of the transaction
 * @param about what it concerns: an asset, a programme or an account
 * @param asset whose approvers sign it
 * @param words what is signed, without approvals
 * @param name what people call a programme, if it says so
 * @param own whether whoever reads it has written it down
 * @param approvals those that are there
 * @param transaction the hash of the transaction, once somebody has signed it
 * @param reason why it was refused or withdrawn
 */
record Proposal(
    long number,
    Purpose purpose,
    String about,
    AssetCode asset,
    JsonObject words,
    Optional<io.vertx.core.json.JsonObject> name,
    boolean own,
    long proposedMillis,
    State state,
    List<Statement> approvals,
    Optional<String> transaction,
    String reason) {
  /** Where it stands. */
  enum State {
    /** Signatures are missing. */
    WAITING,
    /** It is a transaction that is not final yet. */
    SIGNED,
    /** It took effect. */
    DONE,
    /** The ledger refused it. */
    REFUSED,
    /** An operator took it back. */
    WITHDRAWN;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  Proposal {
    approvals = List.copyOf(approvals);
  }

  /** The purpose of approvals; empty for what one approver does alone. */
  static Optional<Purpose> approvalOf(Purpose purpose) {
    return switch (purpose) {
      case ASSET_RULES -> Optional.of(Purpose.RULES_APPROVAL);
      case ACCOUNT_ATTRIBUTES -> Optional.of(Purpose.ATTRIBUTES_APPROVAL);
      case PROGRAMME_SET -> Optional.of(Purpose.PROGRAMME_APPROVAL);
      default -> Optional.empty();
    };
  }

  Optional<Purpose> approvalPurpose() {
    return approvalOf(purpose);
  }

  /** The words as the ledger reads them. */
  Object read() {
    var approval = approvalPurpose().orElseThrow();
    if (ApprovalWords.read(approval, words) instanceof ApprovalWords.Reading.Read(var read)) {
      return read;
    }
    throw new IllegalStateException("proposal " + number + " has words that the ledger refuses");
  }

  /** The approvals that count at this time: those that run out before the last must come again. */
  List<Statement> liveApprovals(long nowMillis) {
    return approvals.stream().filter(one -> one.payload().validUntilMillis() > nowMillis).toList();
  }

  /** How many signatures there must be, that of the transaction included. */
  int signatures(Asset asset) {
    return switch (purpose) {
      // The fund's owner signs beside the approvers.
      case PROGRAMME_SET -> asset.threshold() + 1;
      case ASSET_SWEEP -> 1;
      default -> asset.threshold();
    };
  }

  /** The transaction's operation with these approvals. */
  JsonObject operation(List<Statement> inside) {
    if (approvalPurpose().isEmpty()) return words;
    var operation = JsonObject.builder();
    words.members().forEach(operation::put);
    return operation.put("approvals", inside.stream().map(Statement::text).toList()).build();
  }

  /** The accounts of signers. */
  static Set<AccountId> accounts(Ledger ledger, List<Statement> statements) {
    var accounts = new HashSet<AccountId>();
    for (var one : statements) {
      ledger.view().accountOf(one.signer()).map(Account::id).ifPresent(accounts::add);
    }
    return accounts;
  }

  /** As answers have it. */
  io.vertx.core.json.JsonObject view(String chain, Asset of, long nowMillis) {
    var live = new ArrayList<String>();
    liveApprovals(nowMillis).forEach(one -> live.add(one.text()));
    var view =
        new io.vertx.core.json.JsonObject()
            .put("number", number)
            .put("purpose", purpose.toString())
            .put("about", about)
            .put("asset", asset.value())
            .put("chain", chain)
            .put("words", Json.of(words))
            .put("approvals", new JsonArray(live))
            .put("signatures", signatures(of))
            .put("state", state.toString())
            .put("own", own)
            .put("proposedAt", Json.time(proposedMillis));
    Json.putIfPresent(view, "approvalPurpose", approvalPurpose().map(Purpose::toString));
    Json.putIfPresent(view, "name", name);
    Json.putIfPresent(view, "transaction", transaction);
    if (!reason.isEmpty()) view.put("reason", reason);
    return view;
  }
}
