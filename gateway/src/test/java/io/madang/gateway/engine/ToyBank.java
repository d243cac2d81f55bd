package io.madang.gateway.engine;

import io.madang.chain.ChainApplication;
import io.madang.chain.Hash;
import io.madang.chain.Statement;
import io.madang.chain.StatementReader;
import io.madang.chain.StatementReading;
import io.madang.chain.TransactionResult;
import io.madang.chain.Verified;
import io.madang.chain.json.CanonicalJson;
import io.madang.chain.json.JsonNumber;
import io.madang.chain.json.JsonObject;
import io.madang.chain.json.JsonText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The smallest chain application that has something to lose: keys own coins, {@code toy.pay} moves
 * them, {@code toy.remind} leaves a note that vanishes by itself at a time.
 */
final class ToyBank implements ChainApplication<ToyBank.Payment> {
  private static final int BALANCES = 1;
  private static final int DONE = 2;
  private static final int REMINDERS = 3;

  /** A transaction of the toy. */
  record Payment(Statement transaction) implements Candidate {
    @Override
    public List<Statement> statements() {
      return List.of(transaction);
    }
  }

  /** Rows by table and slot: all the state there is. */
  private static final class State {
    final TreeMap<Integer, TreeMap<Long, String>> tables = new TreeMap<>();

    State() {
      for (int table : List.of(BALANCES, DONE, REMINDERS)) {
        tables.put(table, new TreeMap<>());
      }
    }

    State copy() {
      var copy = new State();
      tables.forEach((number, rows) -> copy.tables.put(number, new TreeMap<>(rows)));
      return copy;
    }

    NavigableMap<Long, String> table(int number) {
      return Objects.requireNonNull(tables.get(number));
    }

    long balance(String key) {
      return find(BALANCES, key).map(slot -> Long.parseLong(value(BALANCES, slot))).orElse(0L);
    }

    void setBalance(String key, long balance) {
      put(BALANCES, key, Long.toString(balance));
    }

    Optional<Long> find(int table, String name) {
      return table(table).entrySet().stream()
          .filter(row -> row.getValue().startsWith(name + " "))
          .map(row -> row.getKey())
          .findFirst();
    }

    String value(int table, long slot) {
      return Objects.requireNonNull(table(table).get(slot)).split(" ", 2)[1];
    }

    void put(int table, String name, String value) {
      var rows = table(table);
      long slot = find(table, name).orElse(rows.isEmpty() ? 0 : rows.lastKey() + 1);
      rows.put(slot, name + " " + value);
    }

    Hash hash() {
      var all = new ByteArrayOutputStream();
      rows()
          .forEach(
              row -> {
                all.writeBytes(
                    (row.table() + "/" + row.slot() + "=").getBytes(StandardCharsets.UTF_8));
                all.writeBytes(row.row().orElseThrow());
                all.write('\n');
              });
      return Hash.sha256(all.toByteArray());
    }

    Stream<StateRow> rows() {
      return tables.entrySet().stream()
          .flatMap(
              table ->
                  table.getValue().entrySet().stream()
                      .map(row -> row(table.getKey(), row.getKey(), row.getValue())));
    }

    static StateRow row(int table, long slot, String value) {
      return new StateRow(table, slot, Optional.of(value.getBytes(StandardCharsets.UTF_8)));
    }
  }

  private State committed = new State();
  private State working = new State();
  private long height;
  private long workingHeight;
  private String chain = "";

  /** The genesis' application state: who owns how much. */
  static JsonObject genesis(SortedMap<String, Long> balances) {
    var object = JsonObject.builder();
    balances.forEach(object::put);
    return object.build();
  }

  /** How much a key owns. */
  long balance(String key) {
    return committed.balance(key);
  }

  /** How much all keys own. */
  long total() {
    return committed.table(BALANCES).values().stream()
        .mapToLong(row -> Long.parseLong(row.split(" ", 2)[1]))
        .sum();
  }

  /** How many notes have not vanished. */
  int reminders() {
    return committed.table(REMINDERS).size();
  }

  @Override
  public Standing standing() {
    return new Standing(height, committed.hash());
  }

  @Override
  public Admission<Payment> admit(byte[] transaction) {
    return switch (StatementReader.read(transaction)) {
      case StatementReading.Read(var statement)
          when statement.payload().purpose().startsWith("toy.") ->
          new Admission.Admitted<>(new Payment(statement));
      case StatementReading.Read _, StatementReading.Refused _ ->
          new Admission.NotAdmitted<>(refusal(1, "malformed"));
    };
  }

  @Override
  public Hash initChain(String chain, long genesisTimeMillis, byte[] appState) {
    this.chain = chain;
    if (CanonicalJson.read(appState) instanceof CanonicalJson.Result.Read(JsonObject balances)) {
      balances
          .members()
          .forEach((key, value) -> committed.setBalance(key, ((JsonNumber) value).value()));
    }
    return committed.hash();
  }

  @Override
  public Hash restore(String chain, long height, Stream<StateRow> rows) {
    this.chain = chain;
    this.height = height;
    rows.forEach(
        row ->
            committed
                .table(row.table())
                .put(row.slot(), new String(row.row().orElseThrow(), StandardCharsets.UTF_8)));
    return committed.hash();
  }

  @Override
  public Stream<StateRow> rows() {
    return committed.rows();
  }

  @Override
  public Outcome check(Verified<Payment> transaction, long timeMillis) {
    return apply(
        committed.copy(), transaction.candidate(), timeMillis, new Position(height + 1, 0));
  }

  @Override
  public Proposal<Payment> prepareProposal(
      long height, long timeMillis, List<Verified<Payment>> candidates) {
    var state = committed.copy();
    forget(state, timeMillis);
    var kept = new ArrayList<Verified<Payment>>();
    var outcomes = new ArrayList<Outcome>();
    for (var candidate : candidates) {
      var outcome =
          apply(state, candidate.candidate(), timeMillis, new Position(height, kept.size()));
      if (outcome instanceof Outcome.Done) {
        kept.add(candidate);
      }
      outcomes.add(outcome);
    }
    return new Proposal<>(kept, outcomes);
  }

  @Override
  public boolean processProposal(BlockRequest<Payment> block) {
    return true;
  }

  @Override
  public FinalizedBlock finalizeBlock(BlockRequest<Payment> block) {
    working = committed.copy();
    workingHeight = block.height();
    forget(working, block.timeMillis());
    var results = new ArrayList<TransactionResult>();
    for (var transaction : block.transactions()) {
      var position = new Position(block.height(), results.size());
      results.add(
          switch (apply(working, transaction.candidate(), block.timeMillis(), position)) {
            case Outcome.Done(var data) -> new TransactionResult(0, data);
            case Outcome.DoneBefore _ -> new TransactionResult(8, new byte[0]);
            case Outcome.Refused(var refusal) -> new TransactionResult(refusal.code(), new byte[0]);
          });
    }
    return new FinalizedBlock(results, working.hash());
  }

  @Override
  public List<StateRow> commit() {
    var changed = new ArrayList<StateRow>();
    working.rows().filter(row -> isNew(row)).forEach(changed::add);
    committed
        .rows()
        .filter(row -> !working.table(row.table()).containsKey(row.slot()))
        .forEach(row -> changed.add(new StateRow(row.table(), row.slot(), Optional.empty())));
    committed = working;
    height = workingHeight;
    return changed;
  }

  private boolean isNew(StateRow row) {
    var before = committed.table(row.table()).get(row.slot());
    var now = new String(row.row().orElseThrow(), StandardCharsets.UTF_8);
    return !now.equals(before);
  }

  @Override
  public OptionalLong nextDeadlineMillis() {
    return committed.table(REMINDERS).values().stream()
        .mapToLong(row -> Long.parseLong(row.split(" ", 2)[1]))
        .min();
  }

  private static void forget(State state, long timeMillis) {
    state
        .table(REMINDERS)
        .values()
        .removeIf(row -> Long.parseLong(row.split(" ", 2)[1]) <= timeMillis);
  }

  private Outcome apply(State state, Payment payment, long timeMillis, Position position) {
    var statement = payment.transaction();
    var name = statement.signer() + "/" + statement.payload().id();
    var hash = Hash.sha256(statement.text().getBytes(StandardCharsets.US_ASCII)).toString();
    var done = state.find(DONE, name);
    if (done.isPresent()) {
      var parts = state.value(DONE, done.get()).split(" ", 4);
      var before = new Position(Long.parseLong(parts[1]), Integer.parseInt(parts[2]));
      return parts[0].equals(hash)
          ? new Outcome.DoneBefore(before, parts[3].getBytes(StandardCharsets.UTF_8))
          : refused(9, "id-conflict");
    }
    if (!statement.payload().chain().equals(chain)) {
      return refused(2, "wrong-chain");
    }
    if (statement.payload().validUntilMillis() < timeMillis) {
      return refused(5, "expired");
    }
    var operation = statement.payload().operation();
    String data;
    if (operation.members().get("amount") instanceof JsonNumber(var amount)
        && operation.members().get("to") instanceof JsonText(var to)) {
      var payer = statement.signer().toString();
      if (amount < 0 || state.balance(payer) < amount) {
        return refused(73, "insufficient-funds");
      }
      state.setBalance(payer, state.balance(payer) - amount);
      state.setBalance(to, state.balance(to) + amount);
      data = "{\"moved\":" + amount + "}";
    } else if (operation.members().get("atMillis") instanceof JsonNumber(var at)) {
      state.put(REMINDERS, name, Long.toString(at));
      data = "{\"reminder\":" + at + "}";
    } else {
      return refused(1, "malformed");
    }
    state.put(DONE, name, hash + " " + position.height() + " " + position.index() + " " + data);
    return new Outcome.Done(data.getBytes(StandardCharsets.UTF_8));
  }

  private static Outcome refused(int code, String name) {
    return new Outcome.Refused(refusal(code, name));
  }

  private static Refusal refusal(int code, String name) {
    return new Refusal(code, name, "The toy says " + name + ".", /* retryCanHelp= */ false);
  }
}
