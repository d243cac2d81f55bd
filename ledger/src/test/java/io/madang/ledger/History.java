package io.madang.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.ChainApplication.BlockRequest;
import io.madang.chain.ChainApplication.Outcome;
import io.madang.chain.ChainApplication.Position;
import io.madang.chain.Hash;
import io.madang.chain.Statement;
import io.madang.chain.StatementId;
import io.madang.chain.Verified;
import io.madang.chain.json.JsonObject;
import io.madang.ledger.Model.Action;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A random history of a small town, lived by the ledger and by the {@link Model} at once.
 * Everything follows from the seed.
 */
final class History {
  private static final List<AssetCode> ASSETS = List.of(World.COIN, World.POINT, World.VOUCHER);
  private static final int PERSONS = 4;

  /** Someone whom nobody enrolled. */
  private static final Person STRANGER = Person.number(99);

  private final RandomGenerator random;
  private final World world = new World();
  private final List<Person> persons = new ArrayList<>();
  private final Model model = new Model(World.HALL.account());
  private final List<Attempt> done = new ArrayList<>();
  private final List<Attempt> mandated = new ArrayList<>();

  /** What someone signed, and what it means. */
  private record Attempt(
      Statement statement, Person signer, Action action, Position position, byte[] data) {}

  private record Try(Statement statement, Person signer, Action action) {}

  History(long seed) {
    random = Seeds.random(seed);
    model.open(World.HALL.account(), AccountKind.SYSTEM);
    model.open(World.BANK.account(), AccountKind.ISSUER);
    model.open(World.UNIVERSITY.account(), AccountKind.ISSUER);
    for (int i = 0; i < PERSONS; i++) {
      var person = Person.number(i);
      persons.add(person);
      boolean isMerchant = i >= PERSONS / 2;
      var kind = isMerchant ? AccountKind.MERCHANT : AccountKind.PERSON;
      model.open(person.account(), kind);
      world.done(world.openAccount(person, kind, Limits.NONE));
    }
  }

  Collection<Model.Payout> payouts() {
    return model.payouts.values();
  }

  Collection<Model.Payment> payments() {
    return model.payments.values();
  }

  Collection<Model.Offer> offers() {
    return model.offers.values();
  }

  World world() {
    return world;
  }

  /** Lives through some blocks and compares after each; gives the state hash after every height. */
  List<Hash> live(int blocks) {
    var hashes = new ArrayList<Hash>();
    for (int i = 0; i < blocks; i++) {
      liveThroughBlock();
      compare();
      if (random.nextInt(8) == 0) {
        world.restart();
        compare();
      }
      hashes.add(world.ledger().standing().stateHash());
    }
    return hashes;
  }

  private void liveThroughBlock() {
    world.pass(jump());
    var tries = new ArrayList<Try>();
    int count = random.nextInt(9);
    for (int i = 0; i < count; i++) {
      tries.add(attempt());
    }
    var transactions = world.verified(tries.stream().map(Try::statement).toList());
    disturb(transactions);
    long height = world.ledger().standing().height() + 1;
    long time = world.time();
    model.expire(time);
    if (random.nextInt(3) > 0) {
      var outcomes = world.blockOf(transactions);
      int index = 0;
      for (int i = 0; i < tries.size(); i++) {
        if (judge(tries.get(i), new Position(height, index), time, outcomes.get(i))) {
          index++;
        }
      }
    } else {
      var results = world.execute(transactions).results();
      for (int i = 0; i < tries.size(); i++) {
        var result = results.get(i);
        var outcome =
            result.code() == 0
                ? new Outcome.Done(result.data())
                : new Outcome.Refused(refusal(result.code()).refusal());
        judge(tries.get(i), new Position(height, i), time, outcome);
      }
    }
  }

  private static LedgerRefusal refusal(int code) {
    for (var refusal : LedgerRefusal.values()) {
      if (refusal.code() == code) {
        return refusal;
      }
    }
    throw new AssertionError("no refusal has the code " + code);
  }

  /** Mostly seconds, sometimes hours, rarely a day or a month. */
  private long jump() {
    return switch (random.nextInt(12)) {
      case 0 -> random.nextLong(6 * 3_600_000L);
      case 1 -> random.nextInt(5) == 0 ? random.nextLong(20 * World.DAY) : World.DAY;
      default -> random.nextLong(4_000);
    };
  }

  /** Proposals that come to nothing, and checks in the midst of them, must leave no trace. */
  private void disturb(List<Verified<LedgerCandidate>> transactions) {
    var ledger = world.ledger();
    long height = ledger.standing().height() + 1;
    if (random.nextInt(4) == 0) {
      ledger.prepareProposal(height, world.time(), transactions.reversed());
      transactions.forEach(transaction -> ledger.check(transaction, world.time()));
      if (random.nextBoolean()) {
        ledger.finalizeBlock(new BlockRequest<>(height, world.time(), transactions));
      }
    }
  }

  /** Compares an outcome with the model's; tells whether it took effect. */
  private boolean judge(Try attempt, Position position, long time, Outcome outcome) {
    var expected = expected(attempt, position, time);
    switch (outcome) {
      case Outcome.Done(var data) -> {
        assertThat(expected).as("%s at %s", attempt.action(), position).isEmpty();
        var record =
            new Attempt(attempt.statement(), attempt.signer(), attempt.action(), position, data);
        done.add(record);
        if (attempt.action() instanceof Action.Charge) {
          mandated.add(record);
        }
        return true;
      }
      case Outcome.DoneBefore before -> {
        assertThat(expected).contains(LedgerRefusal.DONE_BEFORE);
        var first = first(attempt.statement());
        assertThat(before.position()).isEqualTo(first.position());
        assertThat(before.data()).isEqualTo(first.data());
      }
      case Outcome.Refused(var refusal) ->
          assertThat(LedgerRefusal.of(refusal))
              .as("%s at %s", attempt.action(), position)
              .isEqualTo(expected);
    }
    return false;
  }

  private Attempt first(Statement statement) {
    return done.stream().filter(one -> one.statement().equals(statement)).findFirst().orElseThrow();
  }

  private Optional<LedgerRefusal> expected(Try attempt, Position position, long time) {
    var payload = attempt.statement().payload();
    if (payload.validUntilMillis() < time) {
      return Optional.of(LedgerRefusal.EXPIRED);
    }
    if (attempt.signer() == STRANGER) {
      return Optional.of(LedgerRefusal.UNKNOWN_SIGNER);
    }
    for (var before : done) {
      if (before.signer() == attempt.signer()
          && before.statement().payload().id().equals(payload.id())) {
        return Optional.of(
            before.statement().equals(attempt.statement())
                ? LedgerRefusal.DONE_BEFORE
                : LedgerRefusal.ID_CONFLICT);
      }
    }
    return model.apply(attempt.action(), position, time);
  }

  // Attempts

  private Try attempt() {
    if (!done.isEmpty() && random.nextInt(10) == 0) {
      // A retry, perhaps after its time.
      var before = done.get(random.nextInt(done.size()));
      return new Try(before.statement(), before.signer(), before.action());
    }
    if (!done.isEmpty() && random.nextInt(12) == 0) {
      var before = done.getLast();
      if (before.statement().payload().validUntilMillis() >= world.time()) {
        // The id of something that is still remembered, for something else.
        return pay(before.signer(), before.statement().payload().id());
      }
    }
    return fresh();
  }

  private Try fresh() {
    var signer = random.nextInt(40) == 0 ? STRANGER : person();
    return switch (random.nextInt(31)) {
      case 0, 1, 2, 3, 4 -> pay(signer, world.freshId());
      case 5, 6, 7 -> hold(signer);
      case 8, 9 -> capture();
      case 10 -> release();
      case 11, 12 -> refund();
      case 13 -> charge(person());
      case 16, 17 -> settle();
      case 18 -> voidPayout();
      case 19 -> setRules();
      case 22, 23, 24 -> composite();
      case 25 -> setProgramme();
      case 26 -> reward();
      case 27 -> buy();
      case 28 -> charged();
      case 29 -> fund();
      case 30 -> earning();
      case 20 -> place();
      case 21 -> random.nextBoolean() ? sweep() : setRules();
      case 14 -> random.nextBoolean() ? issue() : redeem(person());
      default -> random.nextInt(3) == 0 ? limit() : issue();
    };
  }

  private Person person() {
    return persons.get(random.nextInt(persons.size()));
  }

  private AssetCode asset() {
    return ASSETS.get(random.nextInt(ASSETS.size()));
  }

  private long amount() {
    return switch (random.nextInt(10)) {
      case 0 -> 1;
      case 1 -> 1 + random.nextLong(Amount.MAX_MINOR_UNITS);
      default -> 1 + random.nextLong(3_000);
    };
  }

  private Try sign(Person signer, Purpose purpose, JsonObject operation, Action action) {
    return sign(signer, purpose, operation, world.freshId(), action);
  }

  private Try sign(
      Person signer, Purpose purpose, JsonObject operation, StatementId id, Action action) {
    long validUntil = world.time() + random.nextLong(Model.DAY);
    return new Try(world.sign(signer, purpose, operation, id, validUntil), signer, action);
  }

  private Try pay(Person signer, StatementId id) {
    var to = random.nextInt(30) == 0 ? STRANGER : person();
    var amount = new Amount(amount(), asset());
    return sign(
        signer,
        Purpose.TRANSFER,
        Operations.transfer(to.account(), amount, ""),
        id,
        new Action.Pay(signer.account(), to.account(), amount.asset(), amount.minorUnits()));
  }

  private Try hold(Person signer) {
    var to = person();
    var amount = new Amount(amount(), asset());
    long life =
        switch (random.nextInt(6)) {
          case 0 -> 0;
          case 1 -> 30 * World.DAY + random.nextInt(2);
          default -> 1 + random.nextLong(10_000);
        };
    long expires = world.time() + life;
    return sign(
        signer,
        Purpose.HOLD,
        Operations.hold(to.account(), amount, expires, "table 9"),
        new Action.Hold(
            signer.account(), to.account(), amount.asset(), amount.minorUnits(), expires));
  }

  private Position someHold() {
    var open = new ArrayList<>(model.holds.keySet());
    return open.isEmpty() || random.nextInt(10) == 0
        ? new Position(1 + random.nextInt(20), random.nextInt(3))
        : open.get(random.nextInt(open.size()));
  }

  private Person payeeOf(Position hold) {
    var open = model.holds.get(hold);
    return open == null || random.nextInt(8) == 0 ? person() : personOf(open.payee);
  }

  private Person personOf(AccountId account) {
    return persons.stream().filter(one -> one.account().equals(account)).findFirst().orElseThrow();
  }

  private Try capture() {
    var hold = someHold();
    var signer = payeeOf(hold);
    long amount = amount();
    boolean last = random.nextBoolean();
    return sign(
        signer,
        Purpose.CAPTURE,
        Operations.capture(hold, amount, last),
        new Action.Capture(signer.account(), hold, amount, last));
  }

  private Try release() {
    var hold = someHold();
    var signer = payeeOf(hold);
    return sign(
        signer,
        Purpose.RELEASE,
        Operations.release(hold),
        new Action.Release(signer.account(), hold));
  }

  private Try refund() {
    var payments = new ArrayList<>(model.payments.keySet());
    if (payments.isEmpty()) {
      return pay(person(), world.freshId());
    }
    var position = payments.get(random.nextInt(payments.size()));
    var payment = model.payments.get(position);
    if (payment == null) {
      throw new AssertionError(position);
    }
    var signer = random.nextInt(8) == 0 ? person() : personOf(payment.payee);
    long amount =
        random.nextInt(3) == 0 ? amount() : Math.max(1, payment.amount - payment.refunded);
    return sign(
        signer,
        Purpose.REFUND,
        Operations.refund(amount, world.proof(position)),
        new Action.Refund(signer.account(), position, amount));
  }

  private Try charge(Person signer) {
    if (!mandated.isEmpty() && random.nextInt(3) == 0) {
      var before = mandated.getLast();
      if (before.action() instanceof Action.Charge old
          && before.position().height() == world.ledger().standing().height()) {
        // The mandate of the last block once more, while it is still valid.
        var nested =
            before.statement().payload().operation().get("mandate").orElseThrow().canonical();
        return charge(signer, nested.substring(1, nested.length() - 1), old);
      }
    }
    var payer = person();
    var limit = new Amount(amount(), asset());
    var mandate =
        world.sign(
            payer,
            Purpose.MANDATE,
            Operations.mandate(limit),
            world.freshId(),
            world.time() + 180_000);
    return charge(
        signer,
        mandate.text(),
        new Action.Charge(
            signer.account(),
            payer.account(),
            mandate.payload().id().hex(),
            mandate.payload().validUntilMillis(),
            limit.asset(),
            limit.minorUnits(),
            1));
  }

  private Try charge(Person signer, String mandate, Action.Charge template) {
    long amount = random.nextInt(8) == 0 ? amount() : 1 + random.nextLong(template.limit());
    return sign(
        signer,
        Purpose.MANDATE_CHARGE,
        JsonObject.builder().put("amount", amount).put("mandate", mandate).build(),
        new Action.Charge(
            signer.account(),
            template.payer(),
            template.mandate(),
            template.mandateValidUntil(),
            template.asset(),
            template.limit(),
            amount));
  }

  private String bankReference() {
    return "wire " + random.nextInt(200);
  }

  private Try issue() {
    var to = person();
    var amount = new Amount(1 + random.nextLong(9_000), asset());
    var reference = bankReference();
    return new Try(
        world.issue(to, amount, reference),
        World.HALL,
        new Action.Issue(
            World.HALL.account(),
            to.account(),
            amount.asset(),
            amount.minorUnits(),
            reference,
            Optional.empty()));
  }

  private Try redeem(Person signer) {
    var amount = new Amount(1 + random.nextLong(2_000), asset());
    var reference = bankReference();
    var approvals =
        List.of(World.BANK, World.UNIVERSITY).stream()
            .map(
                approver ->
                    world.sign(
                        approver,
                        Purpose.REDEEM_APPROVAL,
                        Operations.approval(signer.account(), amount, reference)))
            .toList();
    return sign(
        signer,
        Purpose.ASSET_REDEEM,
        Operations.redeem(amount, approvals, reference),
        new Action.Redeem(signer.account(), amount.asset(), amount.minorUnits(), reference));
  }

  /** Mostly what may be settled; sometimes too much, too early, twice or of a shopper. */
  private Try settle() {
    var merchant = random.nextInt(12) == 0 ? person() : persons.get(2 + random.nextInt(2));
    var asset = asset();
    var before = model.settled(merchant.account(), asset);
    boolean again = before.voided && random.nextBoolean();
    long day = again ? before.day : world.today() - 1 + (random.nextInt(10) == 0 ? 1 : 0);
    int attempt = (again ? before.attempt : 0) + 1 + (random.nextInt(12) == 0 ? 1 : 0);
    boolean empty = again || random.nextInt(4) == 0;
    var purse = model.purse(merchant.account(), asset);
    long net = empty ? 0 : purse.available - before.carried - random.nextInt(200);
    long due = before.carried + net;
    long charges = random.nextInt(5) == 0 ? random.nextInt(9) - 4 : 0;
    long payout = due <= 0 || random.nextInt(6) == 0 ? 0 : Math.max(0, due - charges);
    long wrong = random.nextInt(10) == 0 ? 1 : 0;
    long carried = due - charges - payout + wrong;
    var root = empty ? Settlement.NO_POSTINGS : Hash.sha256(new byte[] {(byte) day});
    var settlement =
        new Settlement(
            merchant.account(),
            asset,
            day,
            attempt,
            "run " + day,
            empty ? 0 : 3,
            root,
            net,
            charges,
            payout,
            carried);
    return new Try(
        world.settle(settlement), World.HALL, new Action.Settle(World.HALL.account(), settlement));
  }

  private Try voidPayout() {
    var paid =
        model.payouts.entrySet().stream()
            .filter(entry -> entry.getValue().settlement.payout() > 0)
            .toList();
    if (paid.isEmpty()) {
      return settle();
    }
    var one = paid.get(random.nextInt(paid.size()));
    return new Try(
        world.voidPayout(one.getValue().settlement, one.getKey()),
        World.HALL,
        new Action.VoidPayout(World.HALL.account(), one.getKey()));
  }

  private Try limit() {
    var signer = random.nextInt(5) == 0 ? person() : World.HALL;
    var account = person();
    var limits = new Limits(limitValue(), limitValue(), limitValue());
    return sign(
        signer,
        Purpose.ACCOUNT_LIMITS,
        Operations.setLimits(account.account(), limits),
        new Action.Limit(signer.account(), account.account(), limits));
  }

  private long limitValue() {
    return random.nextBoolean() ? Limits.UNLIMITED : random.nextLong(6_000);
  }

  /** Mostly loose rules, so that something still happens under them. */
  private Try setRules() {
    var asset = asset();
    var schedule = model.rules.get(asset);
    var last = schedule == null ? null : schedule.lastEntry();
    long from =
        world.time()
            + (random.nextInt(4) == 0 ? random.nextLong(World.DAY) - 2_000 : random.nextInt(3));
    var rules =
        Rules.takenBy(
            Rules.flags(Rules.OPEN, random.nextInt(3) > 0, random.nextInt(3) > 0),
            random.nextInt(4) == 0 ? List.of("5411", "5812") : List.of(),
            random.nextInt(4) == 0 ? List.of("KR-11") : List.of());
    rules = Rules.caps(rules, cap(), cap(), cap());
    long expiry = last == null ? AssetRules.NEVER : last.getValue().expiresMillis();
    if (expiry != AssetRules.NEVER || random.nextInt(3) == 0) {
      long before = expiry != AssetRules.NEVER ? expiry : world.time();
      long end = before + random.nextLong(30 * World.DAY) - (random.nextInt(5) == 0 ? 9_000 : 0);
      rules = Rules.expiring(rules, end);
    }
    return new Try(
        world.setRules(asset, from, rules),
        World.HALL,
        new Action.SetRules(World.HALL.account(), asset, from, rules));
  }

  private static final List<ProgrammeKind> KINDS = List.of(ProgrammeKind.values());

  private static String code(ProgrammeKind kind) {
    return kind.name() + "-1";
  }

  private Try setProgramme() {
    var kind = KINDS.get(random.nextInt(KINDS.size()));
    boolean isOdd = kind != ProgrammeKind.SALE && random.nextInt(10) == 0;
    return setProgramme(kind, isOdd ? asset() : given(kind));
  }

  private static AssetCode given(ProgrammeKind kind) {
    return switch (kind) {
      case DISCOUNT -> World.COIN;
      case EARNING, REWARD -> World.POINT;
      case BONUS, SALE -> World.VOUCHER;
    };
  }

  private Try setProgramme(ProgrammeKind kind, AssetCode asset) {
    long from = world.time() + random.nextInt(2_000) - (random.nextInt(8) == 0 ? 3_000 : 0);
    boolean isSale = kind == ProgrammeKind.SALE;
    long lot = 1 + random.nextLong(2_000);
    var terms =
        new ProgrammeTerms(
            from,
            from + 1 + random.nextLong(40 * World.DAY),
            kind.hasRate() ? 1 + random.nextInt(5_000) : 0,
            kind.hasRate() ? 0 : lot,
            isSale ? Optional.of(World.coins(1 + random.nextInt(900))) : Optional.empty(),
            isSale ? lot : 1 + random.nextLong(4_000),
            isSale ? 0 : List.of(0, 0, 1, 7).get(random.nextInt(4)),
            1 + random.nextLong(isSale ? 3 * lot : 20_000));
    return new Try(
        world.setProgramme(code(kind), kind, asset, terms),
        World.HALL,
        new Action.SetProgramme(
            World.HALL.account(), World.programme(code(kind)), kind, asset, terms));
  }

  /** Mostly what the payer can pay, and sometimes legs in a wrong order. */
  private Try composite() {
    var payer = person();
    var legs = new ArrayList<Amount>();
    for (var asset : List.of(World.POINT, World.VOUCHER, World.COIN)) {
      long has = Math.min(model.purse(payer.account(), asset).available, 3_000);
      if (random.nextInt(4) > 0 && has > 0) {
        legs.add(new Amount(1 + random.nextLong(has), asset));
      }
    }
    if (legs.isEmpty() || random.nextInt(12) == 0) {
      legs.add(new Amount(amount() % 5_000 + 1, asset()));
    }
    boolean paysCoin = legs.getLast().asset().equals(World.COIN);
    Optional<Grant> earn = Optional.empty();
    if (random.nextBoolean() && (paysCoin || random.nextInt(10) == 0)) {
      var kind = random.nextInt(15) == 0 ? ProgrammeKind.REWARD : ProgrammeKind.EARNING;
      earn = World.grant(code(kind), share(kind, legs.getLast().minorUnits()));
    }
    var payee = person();
    return sign(
        payer,
        Purpose.PAY,
        Operations.pay(
            payee.account(),
            World.coins(legs.stream().mapToLong(Amount::minorUnits).sum()),
            legs,
            earn,
            ""),
        new Action.Composite(payer.account(), payee.account(), legs, earn));
  }

  /** A purchase by one who has coins, of a programme that is likely to be open. */
  private Try earning() {
    var offer = model.offers.get(World.programme(code(ProgrammeKind.EARNING)));
    return offer == null
        ? setProgramme(ProgrammeKind.EARNING, World.POINT)
        : random.nextInt(4) == 0 ? fund() : composite();
  }

  /** Mostly the whole share that the rule gives. */
  private long share(ProgrammeKind kind, long of) {
    var offer = model.offers.get(World.programme(code(kind)));
    long share = offer == null ? 1 : offer.at(world.time()).share(of);
    return random.nextInt(8) == 0 ? share + 1 : Math.max(1, share - random.nextInt(2));
  }

  private Try reward() {
    var to = person();
    var kind = random.nextInt(12) == 0 ? ProgrammeKind.SALE : ProgrammeKind.REWARD;
    long amount = 1 + random.nextLong(1_500);
    return new Try(
        world.reward(to, code(kind), amount),
        World.HALL,
        new Action.Reward(
            World.HALL.account(), to.account(), World.grant(code(kind), amount).orElseThrow()));
  }

  private Try buy() {
    var buyer = person();
    var offer = model.offers.get(World.programme(code(ProgrammeKind.SALE)));
    var price =
        offer == null || random.nextInt(10) == 0
            ? World.coins(5)
            : offer.at(world.time()).price().orElseThrow();
    return sign(
        buyer,
        Purpose.SALE_BUY,
        Operations.buy(World.programme(code(ProgrammeKind.SALE)), price),
        new Action.Buy(buyer.account(), World.programme(code(ProgrammeKind.SALE)), price));
  }

  /** A charge with what a programme adds. */
  private Try charged() {
    var kind = random.nextBoolean() ? ProgrammeKind.DISCOUNT : ProgrammeKind.BONUS;
    var asset = random.nextInt(12) == 0 ? asset() : given(kind);
    return issue(person(), new Amount(1 + random.nextLong(9_000), asset), kind);
  }

  private Try issue(Person to, Amount amount, ProgrammeKind kind) {
    long share = share(kind, amount.minorUnits());
    var bonus = World.grant(code(kind), share);
    var reference = bankReference();
    return new Try(
        world.issue(to, amount, reference, bonus),
        World.HALL,
        new Action.Issue(
            World.HALL.account(),
            to.account(),
            amount.asset(),
            amount.minorUnits(),
            reference,
            bonus));
  }

  /** The town hall fills its fund. */
  private Try fund() {
    var amount = new Amount(1 + random.nextLong(9_000), asset());
    var reference = bankReference();
    return new Try(
        world.issue(World.HALL, amount, reference),
        World.HALL,
        new Action.Issue(
            World.HALL.account(),
            World.HALL.account(),
            amount.asset(),
            amount.minorUnits(),
            reference,
            Optional.empty()));
  }

  private long cap() {
    return random.nextInt(3) > 0 ? Limits.UNLIMITED : random.nextLong(20_000);
  }

  private Try place() {
    var person = person();
    var category = List.of("", "5411", "5813").get(random.nextInt(3));
    var region = List.of("", "KR-11").get(random.nextInt(2));
    return new Try(
        world.setAttributes(person, category, region),
        World.HALL,
        new Action.Place(World.HALL.account(), person.account(), new Attributes(category, region)));
  }

  private Try sweep() {
    var asset = asset();
    var from =
        random.nextInt(5) == 0
            ? new Person[] {person()}
            : new Person[] {persons.get(0), persons.get(1)};
    var accounts = Arrays.stream(from).map(Person::account).sorted().toList();
    return new Try(
        world.sweep(asset, from),
        World.HALL,
        new Action.Sweep(World.HALL.account(), asset, accounts));
  }

  // Comparison

  private List<Person> accounts() {
    var all = new ArrayList<>(persons);
    all.add(World.HALL); // Takes what settlements charge.
    return all;
  }

  private void compare() {
    for (var asset : ASSETS) {
      long total = 0;
      for (var person : accounts()) {
        var purse = model.purse(person.account(), asset);
        var balance = world.view().balance(person.account(), asset);
        assertThat(balance).isEqualTo(new Balance(asset, purse.available, purse.held));
        total += balance.available() + balance.held();
      }
      long supply = world.view().asset(asset).orElseThrow().supply();
      assertThat(supply).isEqualTo(total).isEqualTo(model.supply.getOrDefault(asset, 0L));
    }
    model.payments.forEach(
        (position, payment) ->
            assertThat(world.view().refunded(position)).isEqualTo(payment.refunded));
    model.holds.forEach(
        (position, hold) ->
            assertThat(world.view().hold(position).orElseThrow().remaining()).isEqualTo(hold.left));
    for (var person : persons) {
      for (var asset : ASSETS) {
        var until = model.settled(person.account(), asset);
        assertThat(world.view().settledUntil(person.account(), asset))
            .isEqualTo(
                until.attempt == 0
                    ? Optional.empty()
                    : Optional.of(
                        new SettledUntil(until.day, until.attempt, until.voided, until.carried)));
      }
    }
  }
}
