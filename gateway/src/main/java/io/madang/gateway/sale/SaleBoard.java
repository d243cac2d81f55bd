package io.madang.gateway.sale;

import io.madang.chain.ChainApplication.Refusal;
import io.madang.chain.PublicKey;
import io.madang.chain.Statement;
import io.madang.chain.json.CanonicalJson;
import io.madang.chain.json.JsonNumber;
import io.madang.chain.json.JsonObject;
import io.madang.chain.json.JsonText;
import io.madang.gateway.engine.AdmissionPolicy;
import io.madang.gateway.engine.Engine;
import io.madang.gateway.engine.RecordedBlock;
import io.madang.gateway.engine.RecordedTransaction;
import io.madang.ledger.Account;
import io.madang.ledger.AccountId;
import io.madang.ledger.Ledger;
import io.madang.ledger.LedgerRefusal;
import io.madang.ledger.LedgerView;
import io.madang.ledger.Programme;
import io.madang.ledger.ProgrammeCode;
import io.madang.ledger.ProgrammeKind;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows which sales are sold out, so that those who come too late cost next to nothing: they are
 * told before their signature is verified, and neither a block nor the database hears of them. Read
 * once from the ledger and then kept by its blocks.
 *
 * <p>Those who bought are let through: the ledger tells them that they have, or that this very
 * purchase took effect. So is everybody who asks for anything that is not certainly sold out; the
 * ledger alone sells.
 */
public final class SaleBoard implements AdmissionPolicy, Engine.BlockListener {
  private static final String BUY = "sale.buy";
  private static final String SET = "programme.set";
  private static final String ADD_KEY = "key.add";

  private final Engine<Ledger> engine;
  private final Clock clock;
  private final Map<ProgrammeCode, Sale> sales = new ConcurrentHashMap<>();

  /** A sale as the ledger says it stands after a block; buyers only of one that is new here. */
  private record Standing(Programme programme, List<Account> buyers, long height) {}

  /** What the ledger says about blocks, perhaps some blocks later. */
  private record Seen(List<Standing> standings, List<Account> buyers) {}

  private record Sold(AccountId buyer, ProgrammeCode programme, long amount, long height) {}

  private record AddedKey(AccountId account, PublicKey key) {}

  /** A board that knows no sales until it {@link #follow}s. */
  public SaleBoard(Engine<Ledger> engine, Clock clock) {
    this.engine = engine;
    this.clock = clock;
  }

  /** Reads the sales and follows the blocks after them. */
  public Future<Engine.Subscription> follow() {
    return engine
        .ask(ledger -> new Beginning(engine.standing().height(), standings(ledger.view())))
        .map(
            beginning -> {
              beginning.standings().forEach(this::take);
              return engine.follow(beginning.height(), this);
            });
  }

  private record Beginning(long height, List<Standing> standings) {}

  /** Asked between two blocks, so the height and what is read belong together. */
  private List<Standing> standings(LedgerView view) {
    long now = clock.millis();
    long height = engine.standing().height();
    var standings = new ArrayList<Standing>();
    for (var programme : view.programmes()) {
      if (programme.kind() == ProgrammeKind.SALE && !Sale.isOver(programme, now)) {
        boolean isKnown = sales.containsKey(programme.code());
        var buyers = isKnown ? List.<Account>of() : view.receivers(programme.code());
        standings.add(new Standing(programme, buyers, height));
      }
    }
    return standings;
  }

  @Override
  public Optional<Refusal> refusal(Statement transaction) {
    var payload = transaction.payload();
    if (!payload.purpose().equals(BUY)) return Optional.empty();
    var sale = sales.get(programme(payload.operation()));
    return sale != null && sale.isSoldOut(clock.millis()) && !sale.isBuyers(transaction.signer())
        ? Optional.of(LedgerRefusal.SOLD_OUT.refusal())
        : Optional.empty();
  }

  @Override
  public Future<?> accept(List<RecordedBlock> blocks) {
    var sold = new ArrayList<Sold>();
    var added = new ArrayList<AddedKey>();
    boolean set = false;
    for (var block : blocks) {
      for (var transaction : block.transactions()) {
        switch (transaction.statement().payload().purpose()) {
          case BUY -> sold.add(sold(transaction));
          case ADD_KEY -> added.add(added(transaction));
          case SET -> set = true;
          default -> {}
        }
      }
    }
    if (sold.isEmpty() && added.isEmpty() && !set) return Future.succeededFuture();
    boolean anew = set;
    return engine
        .ask(
            ledger ->
                new Seen(
                    anew ? standings(ledger.view()) : List.of(),
                    sold.stream()
                        .map(one -> ledger.view().account(one.buyer()).orElseThrow())
                        .toList()))
        .map(
            seen -> {
              take(seen, sold, added);
              return null;
            });
  }

  private void take(Seen seen, List<Sold> sold, List<AddedKey> added) {
    long now = clock.millis();
    sales.values().removeIf(sale -> sale.isOver(now));
    seen.standings().forEach(this::take);
    for (int i = 0; i < sold.size(); i++) {
      var one = sold.get(i);
      var sale = sales.get(one.programme());
      if (sale != null) sale.bought(seen.buyers().get(i), one.amount(), one.height());
    }
    for (var one : added) {
      sales.values().forEach(sale -> sale.added(one.account(), one.key()));
    }
  }

  private void take(Standing standing) {
    var known = sales.get(standing.programme().code());
    if (known == null) {
      sales.put(
          standing.programme().code(),
          new Sale(standing.programme(), standing.buyers(), standing.height()));
    } else {
      known.set(standing.programme());
    }
  }

  private static Sold sold(RecordedTransaction transaction) {
    var sold = (JsonObject) data(transaction).get("sold").orElseThrow();
    return new Sold(
        AccountId.parse(text(sold, "payee")),
        programme(sold),
        ((JsonNumber) sold.get("amount").orElseThrow()).value(),
        transaction.position().height());
  }

  private static AddedKey added(RecordedTransaction transaction) {
    var added = data(transaction);
    return new AddedKey(
        AccountId.parse(text(added, "account")), PublicKey.parse(text(added, "key")));
  }

  private static ProgrammeCode programme(JsonObject of) {
    return new ProgrammeCode(text(of, "programme"));
  }

  /** Blocks hold what took effect; see formats, section 4. */
  private static JsonObject data(RecordedTransaction transaction) {
    if (!(CanonicalJson.read(transaction.result().data())
        instanceof CanonicalJson.Result.Read(JsonObject data))) {
      throw new IllegalStateException("a result that is not JSON at " + transaction.position());
    }
    return data;
  }

  private static String text(JsonObject object, String name) {
    return ((JsonText) object.get(name).orElseThrow()).value();
  }
}
