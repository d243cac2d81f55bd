package io.madang.gateway.programme;

import io.madang.chain.json.JsonFlag;
import io.madang.chain.json.JsonNumber;
import io.madang.chain.json.JsonObject;
import io.madang.chain.json.JsonText;
import io.madang.chain.json.JsonValue;
import io.madang.gateway.http.LedgerProblems;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.ProblemType;
import io.madang.ledger.Account;
import io.madang.ledger.AccountId;
import io.madang.ledger.AccountKind;
import io.madang.ledger.ApprovalWords;
import io.madang.ledger.Asset;
import io.madang.ledger.AssetCode;
import io.madang.ledger.AssetKind;
import io.madang.ledger.AssetRules;
import io.madang.ledger.Ledger;
import io.madang.ledger.LedgerRefusal;
import io.madang.ledger.LedgerView;
import io.madang.ledger.Operation;
import io.madang.ledger.Operations;
import io.madang.ledger.Purpose;
import io.madang.ledger.Words.AttributesApproval;
import io.madang.ledger.Words.ProgrammeApproval;
import io.madang.ledger.Words.RulesApproval;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes what somebody proposes into the words that are signed, and says at once what the ledger
 * would refuse when they come: nobody should sign in vain. The ledger looks at it all once more.
 */
final class ProposedWords {
  private ProposedWords() {}

  /** JSON of a request as canonical JSON; integers, texts and flags are all that a request has. */
  static JsonObject canonical(io.vertx.core.json.JsonObject json) {
    var object = JsonObject.builder();
    json.forEach(member -> object.put(member.getKey(), value(member.getValue())));
    return object.build();
  }

  private static JsonValue value(Object value) {
    return switch (value) {
      case String text -> new JsonText(text);
      case Boolean flag -> new JsonFlag(flag);
      case Number number -> new JsonNumber(number.longValue());
      case io.vertx.core.json.JsonObject object -> canonical(object);
      case io.vertx.core.json.JsonArray array ->
          new io.madang.chain.json.JsonArray(
              array.stream().<JsonValue>map(ProposedWords::value).toList());
      case Map<?, ?> map -> {
        var object = JsonObject.builder();
        map.forEach((name, member) -> object.put(String.valueOf(name), value(member)));
        yield object.build();
      }
      case List<?> list ->
          new io.madang.chain.json.JsonArray(
              list.stream().<JsonValue>map(ProposedWords::value).toList());
      default -> throw new IllegalArgumentException("no JSON: " + value.getClass());
    };
  }

  /** The gateway's fund where the words leave open which one is meant. */
  static io.vertx.core.json.JsonObject withFund(
      Purpose purpose, io.vertx.core.json.JsonObject words, AccountId fund) {
    var copy = words.copy();
    if (purpose == Purpose.PROGRAMME_SET && !copy.containsKey("fund")) {
      copy.put("fund", fund.toString());
    }
    if (purpose == Purpose.ASSET_RULES
        && copy.getValue("rules") instanceof io.vertx.core.json.JsonObject rules
        && rules.containsKey("expiresMillis")
        && !rules.containsKey("expiredTo")) {
      rules.put("expiredTo", fund.toString());
    }
    return copy;
  }

  /**
   * What is to be signed.
   *
   * @throws Problem.Raised when it could not take effect as the ledger is now
   */
  static ProposalStore.Draft draft(
      Ledger ledger,
      Purpose purpose,
      JsonObject words,
      Optional<io.vertx.core.json.JsonObject> name,
      long nowMillis) {
    var view = ledger.view();
    if (purpose == Purpose.ASSET_SWEEP) return sweep(view, words, nowMillis);
    var approval = Proposal.approvalOf(purpose).orElseThrow();
    return switch (ApprovalWords.read(approval, words)) {
      case ApprovalWords.Reading.Refused(var detail) -> throw malformed(detail);
      case ApprovalWords.Reading.Read(var read) -> {
        var asset =
            switch (read) {
              case RulesApproval rules -> rules(view, rules, nowMillis);
              case ProgrammeApproval programme -> programme(view, programme, nowMillis);
              case AttributesApproval attributes -> attributes(view, attributes);
              default -> throw new IllegalStateException("other words");
            };
        yield new ProposalStore.Draft(
            purpose, RuleRecords.about(purpose.toString(), words), asset, words, name);
      }
    };
  }

  private static Problem.Raised malformed(String detail) {
    return Problem.malformed(List.of(new Problem.Fault("#/words", detail))).raised();
  }

  private static Problem.Raised refused(LedgerRefusal refusal) {
    return LedgerProblems.of(refusal.refusal()).raised();
  }

  private static Asset known(LedgerView view, AssetCode code) {
    return view.asset(code).orElseThrow(() -> refused(LedgerRefusal.UNKNOWN_ASSET));
  }

  private static void requireFund(LedgerView view, AccountId account) {
    var kind =
        view.account(account)
            .map(Account::kind)
            .orElseThrow(() -> refused(LedgerRefusal.UNKNOWN_ACCOUNT));
    if (kind != AccountKind.ISSUER && kind != AccountKind.SYSTEM) {
      throw refused(LedgerRefusal.NOT_FUND);
    }
  }

  private static AssetCode rules(LedgerView view, RulesApproval words, long nowMillis) {
    var asset = known(view, words.asset());
    words.rules().expiredTo().ifPresent(to -> requireFund(view, to));
    if (asset.kind() == AssetKind.COIN) throw refused(LedgerRefusal.RULES_OF_COIN);
    var before = view.rules(words.asset());
    if (words.fromMillis() < nowMillis
        || (!before.isEmpty() && words.fromMillis() <= before.getLast().fromMillis())) {
      throw refused(LedgerRefusal.RULES_NOT_AHEAD);
    }
    if (!before.isEmpty()) {
      long promised = before.getLast().rules().expiresMillis();
      if (promised != AssetRules.NEVER && words.rules().expiresMillis() < promised) {
        throw refused(LedgerRefusal.EXPIRY_EARLIER);
      }
    }
    return words.asset();
  }

  private static AssetCode programme(LedgerView view, ProgrammeApproval words, long nowMillis) {
    known(view, words.asset());
    words.terms().price().ifPresent(price -> known(view, price.asset()));
    requireFund(view, words.fund());
    long from = words.terms().fromMillis();
    if (from < nowMillis) throw refused(LedgerRefusal.RULES_NOT_AHEAD);
    view.programme(words.code())
        .ifPresent(
            before -> {
              if (before.kind() != words.kind()
                  || !before.fund().equals(words.fund())
                  || !before.asset().equals(words.asset())) {
                throw refused(LedgerRefusal.PROGRAMME_MISMATCH);
              }
              if (from <= before.terms().getLast().fromMillis()) {
                throw refused(LedgerRefusal.RULES_NOT_AHEAD);
              }
            });
    return words.asset();
  }

  private static AssetCode attributes(LedgerView view, AttributesApproval words) {
    if (view.account(words.account()).isEmpty()) throw refused(LedgerRefusal.UNKNOWN_ACCOUNT);
    // The chain's operators are the approvers of its first asset.
    return view.assets().getFirst().code();
  }

  private static ProposalStore.Draft sweep(LedgerView view, JsonObject words, long nowMillis) {
    if (words.members().size() != 1
        || !(words.get("asset").orElse(null) instanceof JsonText(var code))
        || !AssetCode.isValid(code)) {
      throw malformed("must have the member asset and no other; the accounts are found here");
    }
    var asset = known(view, new AssetCode(code)).code();
    long expires = AssetRules.NEVER;
    for (var rules : view.rules(asset)) {
      if (rules.fromMillis() <= nowMillis) expires = rules.rules().expiresMillis();
    }
    if (expires == AssetRules.NEVER || nowMillis < expires + AssetRules.COLLECTED_AFTER_MILLIS) {
      throw refused(LedgerRefusal.NOT_COLLECTED_YET);
    }
    var persons = view.personsWith(asset, Operation.Sweep.MOST_ACCOUNTS);
    if (persons.isEmpty()) throw Problem.of(ProblemType.NOTHING_TO_COLLECT).raised();
    return new ProposalStore.Draft(
        Purpose.ASSET_SWEEP, code, asset, Operations.sweep(asset, persons), Optional.empty());
  }
}
