package io.madang.gateway.issuance;

import static io.madang.gateway.Town.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.SigningKey;
import io.madang.chain.Statement;
import io.madang.chain.StatementId;
import io.madang.chain.StatementSigner;
import io.madang.chain.json.CanonicalJson;
import io.madang.gateway.Client;
import io.madang.gateway.Person;
import io.madang.gateway.Town;
import io.madang.gateway.database.Sql;
import io.madang.gateway.secret.MasterSecret;
import io.madang.gateway.settlement.FolderBank;
import io.madang.gateway.settlement.SamplePayoutBank;
import io.madang.gateway.settlement.SettlementSettings;
import io.madang.ledger.AccountId;
import io.madang.payment.iso20022.BankAccount;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;

/** A town where people pay in by bank transfer, and two people sign for the coins. */
final class PayingTown implements AutoCloseable {
  static final BankAccount ACCOUNT = new BankAccount("088", "11012345678901", "마당시 정산계좌");
  static final LocalDate TODAY = LocalDate.of(2026, 11, 20);

  final Town town;
  final Sql sql;
  final SamplePayoutBank bank;
  private final Path inbox;
  private int files;

  PayingTown(Path folder) {
    try {
      var port = new FolderBank(folder);
      bank = new SamplePayoutBank(folder, ACCOUNT.number());
      inbox = folder.resolve("inbox");
      town =
          Town.start(
              configuration ->
                  configuration
                      .withRates(Town.NO_RATES)
                      .withSettlement(
                          SettlementSettings.none().payingFrom(ACCOUNT).withBank(port)));
      sql = new Sql(town.pool());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** A charge by transfer, as its wallet sees it. */
  JsonObject charge(Person person, long amount) {
    var wish = new JsonObject().put("asset", "S-COIN").put("amount", amount).put("by", "transfer");
    return person.client().post("/v1/charges", wish).expect(201).json();
  }

  JsonObject charge(Person person, JsonObject charge) {
    return person.client().get("/v1/charges/" + charge.getString("id")).expect(200).json();
  }

  static String reference(JsonObject charge) {
    return charge.getJsonObject("payIn").getString("reference");
  }

  /** Somebody pays in, and everybody looks. */
  void payIn(String bankReference, long won, String words) {
    try {
      bank.payIn(bankReference, won, "김하나", words, TODAY);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    look();
  }

  /** The bank puts a file of its own making into the inbox. */
  void file(String xml) {
    file(xml.getBytes(StandardCharsets.UTF_8));
  }

  void file(byte[] content) {
    try {
      Files.write(inbox.resolve("own-%04d.xml".formatted(++files)), content);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    look();
  }

  /** Reads files, matches what came in, and submits what is signed. */
  void look() {
    await(town.gateway().settlements().wake());
    await(town.gateway().issuance().wake());
  }

  Client operator() {
    return town.operator();
  }

  List<JsonObject> deposits(Predicate<JsonObject> which) {
    return items("/v1/issuance/deposits?limit=100").filter(which).toList();
  }

  List<JsonObject> issues(Predicate<JsonObject> which) {
    return items("/v1/issuance/issues?limit=100").filter(which).toList();
  }

  private java.util.stream.Stream<JsonObject> items(String path) {
    return operator().get(path).expect(200).json().getJsonArray("items").stream()
        .map(JsonObject.class::cast);
  }

  /** The one issue that waits for these coins. */
  JsonObject waiting(long amount) {
    var found =
        issues(one -> one.getString("state").equals("waiting") && one.getLong("amount") == amount);
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  /** What a person signs next for an issue: an approval, or the whole transaction. */
  static String signed(JsonObject issue, String name) {
    var words = issue.getJsonObject("words");
    var approvals = words.getJsonArray("approvals");
    boolean isLast = words.getInteger("threshold") - approvals.size() <= 1;
    var operation =
        isLast
            ? words.getJsonObject("operation").copy().put("approvals", approvals)
            : words.getJsonObject("approval");
    return signed(
        Town.key(name),
        words.getString(isLast ? "purpose" : "approvalPurpose"),
        canonical(operation),
        System.currentTimeMillis() + 60_000);
  }

  static String signed(
      SigningKey key, String purpose, io.madang.chain.json.JsonObject operation, long until) {
    return new StatementSigner(key)
        .sign(
            new Statement.Payload(
                Town.CHAIN,
                new StatementId(HexFormat.of().formatHex(MasterSecret.random(16))),
                purpose,
                until,
                operation))
        .text();
  }

  /** Members in the order of their names, as canonical JSON has them. */
  static io.madang.chain.json.JsonObject canonical(JsonObject json) {
    var ordered = new JsonObject(new java.util.TreeMap<>(json.getMap()));
    if (CanonicalJson.read(ordered.encode().getBytes(StandardCharsets.UTF_8))
        instanceof CanonicalJson.Result.Read(io.madang.chain.json.JsonObject object)) {
      return object;
    }
    throw new AssertionError("not canonical: " + ordered);
  }

  JsonObject approve(String... statements) {
    var body = new JsonObject().put("statements", new JsonArray(List.of(statements)));
    return operator().post("/v1/issuance/approvals", body).expect(200).json();
  }

  /** Why the one statement was not taken. */
  String refused(String statement) {
    var refused = approve(statement).getJsonArray("refused");
    assertThat(refused).hasSize(1);
    return refused.getJsonObject(0).getString("reason");
  }

  /** Both approvers sign for these coins, and the chain has them. */
  void issue(long amount) {
    for (var name : List.of("bank", "university")) {
      assertThat(approve(signed(waiting(amount), name)).getInteger("accepted")).isEqualTo(1);
    }
    look();
  }

  JsonObject decide(long deposit, String decision, String reference, int status) {
    var body = new JsonObject().put("decision", decision).put("note", "전화로 확인했어요");
    if (!reference.isEmpty()) body.put("reference", reference);
    return operator().post("/v1/issuance/deposits/" + deposit, body).expect(status).json();
  }

  long coins(AccountId account) {
    return await(
        town.engine()
            .ask(
                ledger ->
                    ledger
                        .view()
                        .balance(account, new io.madang.ledger.AssetCode("S-COIN"))
                        .available()));
  }

  @Override
  public void close() {
    town.close();
  }
}
