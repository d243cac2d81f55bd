package io.madang.bench;

import io.madang.chain.ChainApplication.Position;
import io.madang.chain.Statement;
import io.madang.chain.StatementId;
import io.madang.chain.StatementSigner;
import io.madang.chain.TransactionResult;
import io.madang.chain.json.CanonicalJson;
import io.madang.chain.json.JsonObject;
import io.madang.gateway.account.Merchant;
import io.madang.gateway.database.Columns;
import io.madang.gateway.engine.Answer;
import io.madang.ledger.AccountId;
import io.madang.ledger.AccountKind;
import io.madang.ledger.Amount;
import io.madang.ledger.Limits;
import io.madang.ledger.Operations;
import io.madang.payment.iso20022.BankAccount;
import io.madang.payment.settlement.BusinessDays;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Makes a day: merchants with bank accounts, people with coins, and every capture and refund as a
 * signed transaction that the engine verifies, executes and stores. Beside the chain it notes each
 * of them in a plain table, which is what the close is compared with, in time and to the won.
 */
final class DayMaker {
  private static final int PAYERS = 2_000;
  private static final int AT_ONCE = 2_000;
  private static final int AGREED_AT_ONCE = 100;
  private static final long COINS = 10_000_000_000L;
  private static final int MOST_PAID = 10_000;
  private static final long VALID_MILLIS = 600_000;
  private static final long KEY_MILLIS = 30L * 24 * 3_600_000;

  /** Of a day's parts, those that are not for payments. */
  private static final int OTHER_PARTS = 3;

  private final ClosingTown town;
  private final Size size;
  private final Random random;
  private final StatementSigner hall;
  private final List<StatementSigner> payers;
  private final List<StatementSigner> merchants;
  private final List<AccountId> accounts;
  private long statements;

  /** How much a day has. */
  record Size(int merchants, int captures, int refunds) {
    Size {
      if (merchants < 1 || captures < 1 || refunds < 0 || refunds > captures) {
        throw new IllegalArgumentException("not a day: " + merchants + ", " + captures);
      }
    }

    private int batches() {
      return (captures + AT_ONCE - 1) / AT_ONCE;
    }

    /** How many of a batch's payments are given back. */
    private int refunds(int batch) {
      return (int) ((long) refunds * (batch + 1) / batches() - (long) refunds * batch / batches());
    }
  }

  /** A payment on the chain. */
  private record Paid(int merchant, long amount, Position position) {}

  DayMaker(ClosingTown town, Size size, long seed) {
    this.town = town;
    this.size = size;
    random = new Random(seed);
    hall = town.signer("town hall");
    payers = all(Math.min(PAYERS, size.captures()), i -> town.signer("payer " + i));
    merchants = all(size.merchants(), i -> town.signer(name(i)));
    accounts = merchants.stream().map(one -> AccountId.of(one.publicKey())).toList();
  }

  private static <T> List<T> all(int count, IntFunction<T> make) {
    return IntStream.range(0, count).parallel().mapToObj(make).toList();
  }

  private static String name(int merchant) {
    return "M-%06d".formatted(merchant);
  }

  /** Makes the day. */
  void make() {
    show(0);
    register();
    open();
    town.sql()
        .run("CREATE TABLE public.posting (merchant bytea, amount bigint, is_refund boolean)")
        .await();
    List<Paid> refundable = List.of();
    for (int batch = 0; batch <= size.batches(); batch++) {
      show(batch + OTHER_PARTS - 1);
      var refunds = refund(refundable);
      refundable = batch < size.batches() ? pay(batch) : List.of();
      require(refunds);
      if (batch > 0 && batch % 50 == 0) {
        Report.say("  %,d captures are on the chain", Math.min(size.captures(), batch * AT_ONCE));
      }
    }
  }

  /** Lets the clock go on by equal parts, so that the last one is still of the day. */
  private void show(int part) {
    long begin = BusinessDays.SEOUL.beginMillis(ClosingTown.DAY);
    long length = BusinessDays.SEOUL.endMillis(ClosingTown.DAY) - begin;
    town.clock().show(begin + length * part / (size.batches() + OTHER_PARTS));
  }

  private void register() {
    for (int from = 0; from < size.merchants(); from += AT_ONCE) {
      var part = part(from, size.merchants());
      var names = part.stream().map(DayMaker::name).toArray(String[]::new);
      town.sql()
          .run(
              "INSERT INTO ops.merchant (name_ko, name_en, city_ko, city_en, category, postal_code,"
                  + " id, account, sealed_key) SELECT '가게', id, '서울', 'SEOUL', '5814', '', *"
                  + " FROM unnest($1::text[], $2::bytea[], $3::bytea[]) AS m (id, account, key)",
              names,
              part.stream().map(i -> Columns.of(accounts.get(i))).toArray(Buffer[]::new),
              Stream.of(names)
                  .map(name -> Buffer.buffer(town.sealedKey(name)))
                  .toArray(Buffer[]::new))
          .await();
    }
    town.merchants().load().await();
    var office = town.office(settings -> settings, _ -> {});
    var all = town.merchants().all();
    for (int from = 0; from < all.size(); from += AGREED_AT_ONCE) {
      Future.all(
              all.subList(from, Math.min(all.size(), from + AGREED_AT_ONCE)).stream()
                  .map(merchant -> office.agreeOnAccount(merchant, account(merchant), "one", "two"))
                  .toList())
          .await();
    }
    office.close();
  }

  private static BankAccount account(Merchant merchant) {
    var number = merchant.id().value().substring(2);
    return new BankAccount("004", "40123" + number, "가게 " + number);
  }

  private List<Integer> part(int from, int end) {
    return IntStream.range(from, Math.min(end, from + AT_ONCE)).boxed().toList();
  }

  private void open() {
    open(AccountKind.MERCHANT, merchants);
    open(AccountKind.PERSON, payers);
    show(1);
    var bank = town.signer("bank");
    var university = town.signer("university");
    require(
        submit(
            payers,
            payer -> {
              var account = AccountId.of(payer.publicKey());
              var coins = new Amount(COINS, ClosingTown.COIN);
              // The bank's reference of a deposit is used once.
              var deposit = account.toString();
              var approval =
                  sign(university, "issue.approval", Operations.approval(account, coins, deposit));
              return sign(
                  bank,
                  "asset.issue",
                  Operations.issue(account, coins, List.of(approval), deposit));
            }));
  }

  private void open(AccountKind kind, List<StatementSigner> all) {
    long expires = town.clock().millis() + KEY_MILLIS;
    for (int from = 0; from < all.size(); from += AT_ONCE) {
      require(
          submit(
              all.subList(from, Math.min(all.size(), from + AT_ONCE)),
              one -> {
                var request =
                    sign(one, "account.request", Operations.accountRequest(kind, "phone", expires));
                return sign(
                    hall, "account.open", Operations.openAccount(kind, Limits.NONE, request));
              }));
    }
  }

  /** What is paid to whom: few merchants have much, as in a town. */
  private record Wish(StatementSigner payer, int merchant, long amount) {}

  /** Pays a batch, and says which of it shall be given back. */
  private List<Paid> pay(int batch) {
    var wishes = new ArrayList<Wish>();
    for (int i : part(batch * AT_ONCE, size.captures())) {
      double place = random.nextDouble();
      wishes.add(
          new Wish(
              payers.get(i % payers.size()),
              (int) (size.merchants() * place * place),
              100 + random.nextInt(MOST_PAID)));
    }
    var answers =
        require(
            submit(
                wishes,
                wish ->
                    sign(
                        wish.payer(),
                        "transfer",
                        Operations.transfer(
                            accounts.get(wish.merchant()),
                            new Amount(wish.amount(), ClosingTown.COIN),
                            ""))));
    var paid = new ArrayList<Paid>();
    for (int i = 0; i < wishes.size(); i++) {
      var wish = wishes.get(i);
      paid.add(new Paid(wish.merchant(), wish.amount(), answers.get(i).position()));
    }
    note(paid, /* areRefunds= */ false);
    paid.sort(Comparator.comparing(Paid::position));
    return List.copyOf(paid.subList(0, size.refunds(batch)));
  }

  private List<Future<Answer>> refund(List<Paid> payments) {
    var blocks = new TreeMap<Long, List<TransactionResult>>();
    for (var payment : payments) {
      blocks.computeIfAbsent(payment.position().height(), this::results);
    }
    var refunds =
        payments.stream()
            .map(
                one ->
                    new Paid(
                        one.merchant(), 1 + random.nextInt((int) one.amount()), one.position()))
            .toList();
    note(refunds, /* areRefunds= */ true);
    return submit(
        refunds,
        one ->
            sign(
                merchants.get(one.merchant()),
                "refund",
                Operations.refund(one.amount(), proof(one.position(), blocks))));
  }

  private List<TransactionResult> results(long height) {
    var row =
        town.sql()
            .run("SELECT results FROM chain.block WHERE height = $1", height)
            .await()
            .iterator()
            .next();
    return Stream.of(row.getArrayOfBuffers("results"))
        .map(result -> TransactionResult.decode(result.getBytes()).orElseThrow())
        .toList();
  }

  private static JsonObject proof(Position position, Map<Long, List<TransactionResult>> blocks) {
    var results = Optional.ofNullable(blocks.get(position.height())).orElseThrow();
    var path = TransactionResult.treeOf(results).path(position.index());
    var data = results.get(position.index()).data();
    if (!(CanonicalJson.read(data) instanceof CanonicalJson.Result.Read(JsonObject outcome))) {
      throw new IllegalStateException("no result at " + position);
    }
    return Operations.paymentProof(position, results.size(), path.aunts(), outcome);
  }

  private void note(List<Paid> postings, boolean areRefunds) {
    town.sql()
        .run(
            "INSERT INTO public.posting SELECT *, $3 FROM unnest($1::bytea[], $2::bigint[])",
            postings.stream()
                .map(one -> Columns.of(accounts.get(one.merchant())))
                .toArray(Buffer[]::new),
            postings.stream().map(Paid::amount).toArray(Long[]::new),
            areRefunds)
        .await();
  }

  private <T> List<Future<Answer>> submit(List<T> wishes, Function<T, Statement> sign) {
    return wishes.parallelStream().map(sign).toList().stream()
        .map(statement -> town.engine().submit(statement.bytes()))
        .toList();
  }

  private Statement sign(StatementSigner signer, String purpose, JsonObject operation) {
    return signer.sign(
        new Statement.Payload(
            town.engine().standing().chain(),
            nextId(),
            purpose,
            town.clock().millis() + VALID_MILLIS,
            operation));
  }

  private synchronized StatementId nextId() {
    return new StatementId("0".repeat(16) + HexFormat.of().toHexDigits(statements++));
  }

  private static List<Answer.Final> require(List<Future<Answer>> answers) {
    var all = new ArrayList<Answer.Final>();
    for (var answer : answers) {
      if (!(answer.await() instanceof Answer.Final done)) {
        throw new IllegalStateException("refused: " + answer.result());
      }
      all.add(done);
    }
    return all;
  }
}
