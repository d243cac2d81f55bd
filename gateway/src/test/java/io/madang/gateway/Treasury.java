package io.madang.gateway;

import io.madang.chain.SigningKey;
import io.madang.chain.Statement;
import io.madang.chain.StatementId;
import io.madang.chain.StatementSigner;
import io.madang.ledger.AccountId;
import io.madang.ledger.Amount;
import io.madang.ledger.AssetCode;
import io.madang.ledger.AssetRules;
import io.madang.ledger.Attributes;
import io.madang.ledger.Operations;
import io.madang.ledger.ProgrammeCode;
import io.madang.ledger.ProgrammeKind;
import io.madang.ledger.ProgrammeTerms;
import io.madang.ledger.Words.ProgrammeApproval;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The approvers of a town's points and vouchers, bank and university, at their desk. */
public final class Treasury {
  private static final long UNLIMITED = Long.MAX_VALUE;
  private static final long YEAR_MILLIS = 365L * 24 * 3_600_000;

  private final Town town;
  private int references;

  /** The approvers of this town's assets. */
  public Treasury(Town town) {
    this.town = town;
  }

  /** The account of the bank, which is the fund of programmes too. */
  public static AccountId fund() {
    return AccountId.of(Town.key("bank").publicKey());
  }

  /** Gives somebody an amount of an asset. */
  public void issue(AccountId to, Amount amount) {
    var reference = "TREASURY-" + ++references;
    var words = Operations.approval(to, amount, reference);
    submit("asset.issue", Operations.issue(to, amount, agreed("issue.approval", words), reference));
  }

  /** Says what holds for an asset from now on. */
  public void rules(AssetCode asset, AssetRules rules) {
    long now = soon();
    var words = Operations.rulesApproval(asset, now, rules);
    submit("asset.rules", Operations.setRules(asset, now, rules, agreed("rules.approval", words)));
  }

  /** Rules that bind nothing, except to shops of this category when there is one. */
  public static AssetRules taken(Optional<String> category, boolean forWon) {
    return new AssetRules(
        AssetRules.NEVER,
        Optional.empty(),
        category.stream().toList(),
        List.of(),
        true,
        UNLIMITED,
        UNLIMITED,
        UNLIMITED,
        forWon);
  }

  /** Says what a shop sells. */
  public void category(AccountId shop, String category) {
    var attributes = new Attributes(category, "");
    var words = Operations.attributesApproval(shop, attributes);
    submit(
        "account.attributes",
        Operations.setAttributes(shop, attributes, agreed("attributes.approval", words)));
  }

  /** Opens a programme that gives a share of what is paid in the coin. */
  public void earning(String code, AssetCode asset, int rate) {
    long now = soon();
    var terms =
        new ProgrammeTerms(
            now, now + YEAR_MILLIS, rate, 0, Optional.empty(), 1_000_000, 0, 100_000_000);
    var words =
        new ProgrammeApproval(new ProgrammeCode(code), ProgrammeKind.EARNING, fund(), asset, terms);
    var approval = Operations.programmeApproval(words);
    // The fund signs, and two approvers agree beside it, though the fund is one of them.
    var agreed = new ArrayList<>(agreed("programme.approval", approval));
    agreed.add(sign(Town.key("bank"), "programme.approval", approval));
    submit("programme.set", Operations.setProgramme(words, agreed));
  }

  /** The next block's time is not before this, and nobody waits for long. */
  private long soon() {
    return Math.max(town.clock().millis(), town.engine().standing().timeMillis()) + 50;
  }

  private List<Statement> agreed(String purpose, io.madang.chain.json.JsonObject words) {
    return List.of(sign(Town.key("university"), purpose, words));
  }

  private void submit(String purpose, io.madang.chain.json.JsonObject operation) {
    var text = sign(Town.key("bank"), purpose, operation).text();
    town.anyone().post("/v1/transactions", new JsonObject().put("transaction", text)).expect(200);
  }

  private Statement sign(SigningKey key, String purpose, io.madang.chain.json.JsonObject words) {
    return new StatementSigner(key)
        .sign(
            new Statement.Payload(
                Town.CHAIN,
                new StatementId(Person.newId()),
                purpose,
                town.clock().millis() + 60_000,
                words));
  }
}
