package io.madang.ledger;

import io.madang.chain.ChainApplication.Position;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger should do, said once more in the simplest way: maps, sums and no cleverness. It
 * shares no code with the ledger but the names.
 */
final class Model {
  static final long DAY = 24L * 60 * 60 * 1_000;

  /** What someone tries, whoever signs it. */
  sealed interface Action {
    AccountId signer();

    record Pay(AccountId signer, AccountId to, AssetCode asset, long amount) implements Action {}

    record Hold(AccountId signer, AccountId to, AssetCode asset, long amount, long expires)
        implements Action {}

    record Capture(AccountId signer, Position hold, long amount, boolean last) implements Action {}

    record Release(AccountId signer, Position hold) implements Action {}

    record Refund(AccountId signer, Position payment, long amount) implements Action {}

    record Charge(
        AccountId signer,
        AccountId payer,
        String mandate,
        long mandateValidUntil,
        AssetCode asset,
        long limit,
        long amount)
        implements Action {}

    record Issue(
        AccountId signer,
        AccountId to,
        AssetCode asset,
        long amount,
        String reference,
        Optional<Grant> bonus)
        implements Action {}

    record Composite(AccountId signer, AccountId to, List<Amount> legs, Optional<Grant> earn)
        implements Action {}

    record SetProgramme(
        AccountId signer,
        ProgrammeCode code,
        ProgrammeKind kind,
        AssetCode asset,
        ProgrammeTerms terms)
        implements Action {}

    record Reward(AccountId signer, AccountId to, Grant grant) implements Action {}

    record Buy(AccountId signer, ProgrammeCode programme, Amount price) implements Action {}

    record Redeem(AccountId signer, AssetCode asset, long amount, String reference)
        implements Action {}

    /** Approved by another approver beside the signer. */
    record Settle(AccountId signer, Settlement settlement) implements Action {}

    record VoidPayout(AccountId signer, Position settlement) implements Action {}

    record Limit(AccountId signer, AccountId account, Limits limits) implements Action {}

    record SetRules(AccountId signer, AssetCode asset, long from, AssetRules rules)
        implements Action {}

    record Place(AccountId signer, AccountId account, Attributes attributes) implements Action {}

    record Sweep(AccountId signer, AssetCode asset, List<AccountId> accounts) implements Action {}
  }

  record Key(AccountId account, AssetCode asset) {}

  static final class Purse {
    long available;
    long held;
    long day;
    long spent;
  }

  static final class OpenHold {
    AccountId payer;
    AccountId payee;
    AssetCode asset;
    long left;
    long expires;
    long day;

    OpenHold(AccountId payer, AccountId payee, AssetCode asset, long left, long expires, long day) {
      this.payer = payer;
      this.payee = payee;
      this.asset = asset;
      this.left = left;
      this.expires = expires;
      this.day = day;
    }
  }

  static final class Payment {
    AccountId payer;
    AccountId payee;
    AssetCode asset;
    long amount;
    long refunded;

    /** What can still be given back of each leg, and what of the earned points stays earned. */
    final List<Amount> left = new ArrayList<>();

    long coin;
    long earned;
    long earnedLeft;
    AssetCode earnedAsset = World.POINT;

    Payment(AccountId payer, AccountId payee, AssetCode asset, long amount) {
      this.payer = payer;
      this.payee = payee;
      this.asset = asset;
      this.amount = amount;
      left.add(new Amount(amount, asset));
    }
  }

  static final class Offer {
    final ProgrammeKind kind;
    final AssetCode asset;
    final TreeMap<Long, ProgrammeTerms> terms = new TreeMap<>();
    final Map<AccountId, Long> periods = new HashMap<>();
    final Map<AccountId, Long> used = new HashMap<>();
    long given;

    Offer(ProgrammeKind kind, AssetCode asset) {
      this.kind = kind;
      this.asset = asset;
    }

    ProgrammeTerms at(long time) {
      var entry = terms.floorEntry(time);
      return entry == null ? terms.firstEntry().getValue() : entry.getValue();
    }
  }

  final Map<ProgrammeCode, Offer> offers = new TreeMap<>();

  static final class Settled {
    long day = -1;
    int attempt;
    boolean voided;
    long carried;
  }

  static final class Payout {
    final Settlement settlement;
    boolean voided;

    Payout(Settlement settlement) {
      this.settlement = settlement;
    }
  }

  private final Map<Key, Settled> settled = new HashMap<>();
  private final Map<AccountId, AccountKind> kinds = new HashMap<>();
  private final Map<AccountId, Attributes> places = new HashMap<>();
  final Map<AssetCode, TreeMap<Long, AssetRules>> rules = new HashMap<>();
  final Map<Position, Payout> payouts = new TreeMap<>();
  private final AccountId enroller;
  private final Map<Key, Purse> purses = new HashMap<>();
  private final Map<AccountId, Limits> limits = new HashMap<>();
  private final Map<String, Boolean> used = new HashMap<>();
  final Map<Position, OpenHold> holds = new TreeMap<>();
  final Map<Position, Payment> payments = new TreeMap<>();
  final Map<AssetCode, Long> supply = new HashMap<>();

  Model(AccountId enroller) {
    this.enroller = enroller;
  }

  void open(AccountId account, AccountKind kind) {
    limits.put(account, Limits.NONE);
    kinds.put(account, kind);
  }

  Settled settled(AccountId account, AssetCode asset) {
    return settled.computeIfAbsent(new Key(account, asset), _ -> new Settled());
  }

  Purse purse(AccountId account, AssetCode asset) {
    return purses.computeIfAbsent(new Key(account, asset), _ -> new Purse());
  }

  private static long day(long time) {
    return Math.floorDiv(time + 9 * 60 * 60 * 1_000, DAY);
  }

  /** The start of a block. */
  void expire(long time) {
    holds
        .values()
        .removeIf(
            hold -> {
              if (hold.expires <= time) {
                free(hold, hold.left);
                return true;
              }
              return false;
            });
  }

  private void free(OpenHold hold, long amount) {
    var payer = purse(hold.payer, hold.asset);
    payer.held -= amount;
    payer.available += amount;
    if (payer.day == hold.day) {
      payer.spent -= amount;
    }
  }

  private void spend(Purse payer, long amount, long time) {
    if (payer.day != day(time)) {
      payer.day = day(time);
      payer.spent = 0;
    }
    payer.spent += amount;
    payer.available -= amount;
  }

  private AssetRules rules(AssetCode asset, long time) {
    var schedule = rules.get(asset);
    var entry = schedule == null ? null : schedule.floorEntry(time);
    return entry == null ? AssetRules.NONE : entry.getValue();
  }

  private Optional<LedgerRefusal> mayGo(
      AssetCode asset, AccountId payer, AccountId payee, long time) {
    var rule = rules(asset, time);
    if (rule.expiresMillis() <= time) {
      return Optional.of(LedgerRefusal.ASSET_EXPIRED);
    }
    var to = kinds.get(payee);
    var place = places.getOrDefault(payee, Attributes.NONE);
    if (to == AccountKind.MERCHANT
        && !rule.categories().isEmpty()
        && !rule.categories().contains(place.category())) {
      return Optional.of(LedgerRefusal.CATEGORY_NOT_ALLOWED);
    }
    if (to == AccountKind.MERCHANT
        && !rule.regions().isEmpty()
        && !rule.regions().contains(place.region())) {
      return Optional.of(LedgerRefusal.REGION_NOT_ALLOWED);
    }
    return to == AccountKind.PERSON && kinds.get(payer) == AccountKind.PERSON && !rule.gifts()
        ? Optional.of(LedgerRefusal.GIFT_NOT_ALLOWED)
        : Optional.empty();
  }

  private boolean overflows(AssetCode asset, AccountId receiver, long amount, long time) {
    var purse = purse(receiver, asset);
    long cap = rules(asset, time).holdingCap();
    return kinds.get(receiver) == AccountKind.PERSON
        && cap != Limits.UNLIMITED
        && purse.available + purse.held + amount > cap;
  }

  private Optional<LedgerRefusal> mayPay(
      AccountId account, AssetCode asset, Purse payer, long amount, long time) {
    var own = limits.getOrDefault(account, Limits.NONE);
    var rule = rules(asset, time);
    var limit =
        new Limits(
            Math.min(own.perPayment(), rule.perPayment()),
            Math.min(own.perDay(), rule.perDay()),
            own.heldAtOnce());
    long spent = payer.day == day(time) ? payer.spent : 0;
    if (amount > limit.perPayment()) {
      return Optional.of(LedgerRefusal.OVER_PAYMENT_LIMIT);
    }
    if (limit.perDay() != Limits.UNLIMITED && spent + amount > limit.perDay()) {
      return Optional.of(LedgerRefusal.OVER_DAY_LIMIT);
    }
    return Optional.empty();
  }

  /** Does it, or says why not. */
  Optional<LedgerRefusal> apply(Action action, Position at, long time) {
    return switch (action) {
      case Action.Pay pay -> pay(pay, at, time);
      case Action.Hold hold -> hold(hold, at, time);
      case Action.Capture capture -> capture(capture, at, time);
      case Action.Release release -> release(release);
      case Action.Refund refund -> refund(refund);
      case Action.Charge charge -> charge(charge, at, time);
      case Action.Issue issue -> issue(issue, time);
      case Action.Redeem redeem -> redeem(redeem);
      case Action.Limit limit -> limit(limit);
      case Action.Settle settle -> settle(settle, at, time);
      case Action.VoidPayout undo -> voidPayout(undo);
      case Action.SetRules set -> setRules(set, time);
      case Action.Place place -> place(place);
      case Action.Sweep sweep -> sweep(sweep, time);
      case Action.Composite pay -> composite(pay, at, time);
      case Action.SetProgramme set -> setProgramme(set, time);
      case Action.Reward reward -> reward(reward, time);
      case Action.Buy buy -> buy(buy, time);
    };
  }

  private Optional<LedgerRefusal> pay(Action.Pay pay, Position at, long time) {
    if (!limits.containsKey(pay.to())) {
      return Optional.of(LedgerRefusal.UNKNOWN_ACCOUNT);
    }
    if (pay.to().equals(pay.signer())) {
      return Optional.of(LedgerRefusal.SAME_ACCOUNT);
    }
    var condition = mayGo(pay.asset(), pay.signer(), pay.to(), time);
    if (condition.isPresent()) {
      return condition;
    }
    var payer = purse(pay.signer(), pay.asset());
    var limit = mayPay(pay.signer(), pay.asset(), payer, pay.amount(), time);
    if (limit.isPresent()) {
      return limit;
    }
    if (payer.available < pay.amount()) {
      return Optional.of(LedgerRefusal.INSUFFICIENT_FUNDS);
    }
    if (overflows(pay.asset(), pay.to(), pay.amount(), time)) {
      return Optional.of(LedgerRefusal.OVER_HOLDING_CAP);
    }
    spend(payer, pay.amount(), time);
    purse(pay.to(), pay.asset()).available += pay.amount();
    payments.put(at, new Payment(pay.signer(), pay.to(), pay.asset(), pay.amount()));
    return Optional.empty();
  }

  private Optional<LedgerRefusal> hold(Action.Hold hold, Position at, long time) {
    if (!limits.containsKey(hold.to())) {
      return Optional.of(LedgerRefusal.UNKNOWN_ACCOUNT);
    }
    if (hold.to().equals(hold.signer())) {
      return Optional.of(LedgerRefusal.SAME_ACCOUNT);
    }
    var condition = mayGo(hold.asset(), hold.signer(), hold.to(), time);
    if (condition.isPresent()) {
      return condition;
    }
    if (hold.expires() <= time
        || hold.expires() > time + 30 * DAY
        || hold.expires() > rules(hold.asset(), time).expiresMillis()) {
      return Optional.of(LedgerRefusal.HOLD_EXPIRY_OUT_OF_RANGE);
    }
    var payer = purse(hold.signer(), hold.asset());
    var limit = mayPay(hold.signer(), hold.asset(), payer, hold.amount(), time);
    if (limit.isPresent()) {
      return limit;
    }
    long heldAtOnce = limits.getOrDefault(hold.signer(), Limits.NONE).heldAtOnce();
    if (heldAtOnce != Limits.UNLIMITED && payer.held + hold.amount() > heldAtOnce) {
      return Optional.of(LedgerRefusal.OVER_HELD_LIMIT);
    }
    if (payer.available < hold.amount()) {
      return Optional.of(LedgerRefusal.INSUFFICIENT_FUNDS);
    }
    spend(payer, hold.amount(), time);
    payer.held += hold.amount();
    holds.put(
        at,
        new OpenHold(
            hold.signer(), hold.to(), hold.asset(), hold.amount(), hold.expires(), day(time)));
    return Optional.empty();
  }

  private Optional<LedgerRefusal> capture(Action.Capture capture, Position at, long time) {
    var hold = holds.get(capture.hold());
    if (hold == null) {
      return Optional.of(LedgerRefusal.HOLD_NOT_OPEN);
    }
    if (!hold.payee.equals(capture.signer())) {
      return Optional.of(LedgerRefusal.NOT_PAYEE);
    }
    if (capture.amount() > hold.left) {
      return Optional.of(LedgerRefusal.OVER_HOLD);
    }
    if (overflows(hold.asset, hold.payee, capture.amount(), time)) {
      return Optional.of(LedgerRefusal.OVER_HOLDING_CAP);
    }
    purse(hold.payer, hold.asset).held -= capture.amount();
    purse(hold.payee, hold.asset).available += capture.amount();
    hold.left -= capture.amount();
    payments.put(at, new Payment(hold.payer, hold.payee, hold.asset, capture.amount()));
    if (capture.last() || hold.left == 0) {
      free(hold, hold.left);
      holds.remove(capture.hold());
    }
    return Optional.empty();
  }

  private Optional<LedgerRefusal> release(Action.Release release) {
    var hold = holds.get(release.hold());
    if (hold == null) {
      return Optional.of(LedgerRefusal.HOLD_NOT_OPEN);
    }
    if (!hold.payee.equals(release.signer())) {
      return Optional.of(LedgerRefusal.NOT_PAYEE);
    }
    free(hold, hold.left);
    holds.remove(release.hold());
    return Optional.empty();
  }

  private Optional<LedgerRefusal> refund(Action.Refund refund) {
    var payment = payments.get(refund.payment());
    if (payment == null) {
      return Optional.of(LedgerRefusal.PAYMENT_NOT_PROVEN);
    }
    if (!payment.payee.equals(refund.signer())) {
      return Optional.of(LedgerRefusal.NOT_PAYEE);
    }
    if (payment.refunded + refund.amount() > payment.amount) {
      return Optional.of(LedgerRefusal.OVER_PAYMENT);
    }
    // From the last leg on, as far as the refund goes.
    var back = new ArrayList<Amount>();
    long rest = refund.amount();
    for (var leg : payment.left.reversed()) {
      long part = Math.min(rest, leg.minorUnits());
      back.addFirst(new Amount(part, leg.asset()));
      rest -= part;
    }
    for (var leg : back) {
      if (purse(payment.payee, leg.asset()).available < leg.minorUnits()) {
        return Optional.of(LedgerRefusal.INSUFFICIENT_FUNDS);
      }
    }
    long coinPaid = payment.coin;
    for (int i = 0; i < back.size(); i++) {
      var leg = back.get(i);
      var stays = payment.left.get(i).minorUnits() - leg.minorUnits();
      payment.left.set(i, new Amount(stays, leg.asset()));
    }
    if (payment.earned > 0) {
      long coinLeft = payment.left.getLast().minorUnits();
      long stays = Math.multiplyExact(payment.earned, coinLeft) / coinPaid;
      long due = payment.earnedLeft - stays;
      payment.earnedLeft = stays;
      var points = purse(payment.payer, payment.earnedAsset);
      long taken = Math.min(due, points.available);
      points.available -= taken;
      purse(World.HALL.account(), payment.earnedAsset).available += taken;
      purse(payment.payer, payment.asset).available -= due - taken;
      purse(World.HALL.account(), payment.asset).available += due - taken;
    }
    for (var leg : back) {
      purse(payment.payee, leg.asset()).available -= leg.minorUnits();
      purse(payment.payer, leg.asset()).available += leg.minorUnits();
    }
    payment.refunded += refund.amount();
    return Optional.empty();
  }

  private Optional<LedgerRefusal> charge(Action.Charge charge, Position at, long time) {
    if (charge.mandateValidUntil() < time) {
      return Optional.of(LedgerRefusal.NESTED_EXPIRED);
    }
    if (charge.payer().equals(charge.signer())) {
      return Optional.of(LedgerRefusal.SAME_ACCOUNT);
    }
    var condition = mayGo(charge.asset(), charge.payer(), charge.signer(), time);
    if (condition.isPresent()) {
      return condition;
    }
    if (used.containsKey("mandate " + charge.mandate())) {
      return Optional.of(LedgerRefusal.MANDATE_USED);
    }
    if (charge.amount() > charge.limit()) {
      return Optional.of(LedgerRefusal.OVER_MANDATE);
    }
    var payer = purse(charge.payer(), charge.asset());
    var limit = mayPay(charge.payer(), charge.asset(), payer, charge.amount(), time);
    if (limit.isPresent()) {
      return limit;
    }
    if (payer.available < charge.amount()) {
      return Optional.of(LedgerRefusal.INSUFFICIENT_FUNDS);
    }
    if (overflows(charge.asset(), charge.signer(), charge.amount(), time)) {
      return Optional.of(LedgerRefusal.OVER_HOLDING_CAP);
    }
    spend(payer, charge.amount(), time);
    purse(charge.signer(), charge.asset()).available += charge.amount();
    used.put("mandate " + charge.mandate(), true);
    payments.put(at, new Payment(charge.payer(), charge.signer(), charge.asset(), charge.amount()));
    return Optional.empty();
  }

  private Optional<LedgerRefusal> issue(Action.Issue issue, long time) {
    var bonus = issue.bonus().orElse(null);
    var offer = bonus == null ? null : offers.get(bonus.programme());
    if (bonus != null) {
      var fault =
          mayGive(
              offer,
              one ->
                  one.asset.equals(issue.asset())
                      && (one.kind == ProgrammeKind.DISCOUNT || one.kind == ProgrammeKind.BONUS),
              time);
      if (fault.isPresent()) {
        return fault;
      }
    }
    if (!limits.containsKey(issue.to())) {
      return Optional.of(LedgerRefusal.UNKNOWN_ACCOUNT);
    }
    if (rules(issue.asset(), time).expiresMillis() <= time) {
      return Optional.of(LedgerRefusal.ASSET_EXPIRED);
    }
    if (bonus != null && kinds.get(issue.to()) != AccountKind.PERSON) {
      return Optional.of(LedgerRefusal.NOT_PERSON);
    }
    var name = "in " + issue.asset() + issue.reference();
    if (used.containsKey(name)) {
      return Optional.of(LedgerRefusal.BANK_REFERENCE_USED);
    }
    long brings = issue.amount() + (bonus == null ? 0 : bonus.amount());
    if (overflows(issue.asset(), issue.to(), brings, time)) {
      return Optional.of(LedgerRefusal.OVER_HOLDING_CAP);
    }
    if (bonus != null && offer != null) {
      long of = offer.kind == ProgrammeKind.DISCOUNT ? brings : issue.amount();
      var fault = give(offer, issue.to(), bonus.amount(), percent(offer, of, time), time);
      if (fault.isPresent()) {
        return fault;
      }
    }
    used.put(name, true);
    purse(issue.to(), issue.asset()).available += issue.amount();
    supply.merge(issue.asset(), issue.amount(), Long::sum);
    return Optional.empty();
  }

  private Optional<LedgerRefusal> redeem(Action.Redeem redeem) {
    var name = "out " + redeem.asset() + redeem.reference();
    if (used.containsKey(name)) {
      return Optional.of(LedgerRefusal.BANK_REFERENCE_USED);
    }
    var holder = purse(redeem.signer(), redeem.asset());
    if (holder.available < redeem.amount()) {
      return Optional.of(LedgerRefusal.INSUFFICIENT_FUNDS);
    }
    if (kinds.get(redeem.signer()) == AccountKind.PERSON
        && offers.values().stream()
            .anyMatch(
                one ->
                    one.asset.equals(redeem.asset())
                        && (one.kind == ProgrammeKind.DISCOUNT
                            || one.kind == ProgrammeKind.BONUS))) {
      return Optional.of(LedgerRefusal.CHARGED_WITH_BONUS);
    }
    used.put(name, true);
    holder.available -= redeem.amount();
    supply.merge(redeem.asset(), -redeem.amount(), Long::sum);
    return Optional.empty();
  }

  private Optional<LedgerRefusal> settle(Action.Settle action, Position at, long time) {
    var one = action.settlement();
    if (one.payout() > 0 && !rules(one.asset(), time).forWon()) {
      return Optional.of(LedgerRefusal.NOT_FOR_WON);
    }
    if (kinds.get(one.merchant()) != AccountKind.MERCHANT) {
      return Optional.of(LedgerRefusal.NOT_MERCHANT);
    }
    if (one.day() >= day(time)) {
      return Optional.of(LedgerRefusal.DAY_NOT_OVER);
    }
    var before = settled(one.merchant(), one.asset());
    if (one.day() < before.day || (one.day() == before.day && one.attempt() <= before.attempt)) {
      return Optional.of(LedgerRefusal.DAY_SETTLED);
    }
    boolean again = one.day() == before.day;
    if ((again && !before.voided) || one.attempt() != (again ? before.attempt + 1 : 1)) {
      return Optional.of(LedgerRefusal.ATTEMPT_NOT_NEXT);
    }
    long left = before.carried + one.net() - one.charges() - one.payout();
    if ((again && one.count() > 0)
        || left != one.carried()
        || (left < 0 && (one.payout() > 0 || one.charges() > 0))) {
      return Optional.of(LedgerRefusal.SETTLEMENT_SUM);
    }
    var merchant = purse(one.merchant(), one.asset());
    var operator = purse(action.signer(), one.asset());
    if (merchant.available - one.payout() - one.charges() < 0
        || operator.available + one.charges() < 0) {
      return Optional.of(LedgerRefusal.INSUFFICIENT_FUNDS);
    }
    merchant.available -= one.payout() + one.charges();
    operator.available += one.charges();
    supply.merge(one.asset(), -one.payout(), Long::sum);
    before.day = one.day();
    before.attempt = one.attempt();
    before.voided = false;
    before.carried = left;
    payouts.put(at, new Payout(one));
    return Optional.empty();
  }

  private Optional<LedgerRefusal> voidPayout(Action.VoidPayout action) {
    var payout = payouts.get(action.settlement());
    if (payout == null) {
      return Optional.of(LedgerRefusal.PAYMENT_NOT_PROVEN);
    }
    if (payout.voided) {
      return Optional.of(LedgerRefusal.PAYOUT_VOIDED);
    }
    var one = payout.settlement;
    payout.voided = true;
    purse(one.merchant(), one.asset()).available += one.payout();
    supply.merge(one.asset(), one.payout(), Long::sum);
    var merchant = settled(one.merchant(), one.asset());
    merchant.carried += one.payout();
    if (merchant.day == one.day() && merchant.attempt == one.attempt()) {
      merchant.voided = true;
    }
    return Optional.empty();
  }

  private Optional<LedgerRefusal> limit(Action.Limit limit) {
    if (!limit.signer().equals(enroller)) {
      return Optional.of(LedgerRefusal.NOT_ENROLLER);
    }
    if (!limits.containsKey(limit.account())) {
      return Optional.of(LedgerRefusal.UNKNOWN_ACCOUNT);
    }
    limits.put(limit.account(), limit.limits());
    return Optional.empty();
  }

  private Optional<LedgerRefusal> setRules(Action.SetRules set, long time) {
    if (set.asset().equals(World.COIN)) {
      return Optional.of(LedgerRefusal.RULES_OF_COIN);
    }
    var schedule = rules.computeIfAbsent(set.asset(), _ -> new TreeMap<>());
    if (set.from() < time || (!schedule.isEmpty() && set.from() <= schedule.lastKey())) {
      return Optional.of(LedgerRefusal.RULES_NOT_AHEAD);
    }
    if (!schedule.isEmpty()) {
      long before = schedule.lastEntry().getValue().expiresMillis();
      if (before != AssetRules.NEVER && set.rules().expiresMillis() < before) {
        return Optional.of(LedgerRefusal.EXPIRY_EARLIER);
      }
    }
    schedule.put(set.from(), set.rules());
    return Optional.empty();
  }

  private Optional<LedgerRefusal> place(Action.Place place) {
    places.put(place.account(), place.attributes());
    return Optional.empty();
  }

  private Optional<LedgerRefusal> sweep(Action.Sweep sweep, long time) {
    if (sweep.accounts().stream().anyMatch(one -> kinds.get(one) != AccountKind.PERSON)) {
      return Optional.of(LedgerRefusal.NOT_PERSON);
    }
    var rule = rules(sweep.asset(), time);
    if (rule.expiredTo().isEmpty() || time < rule.expiresMillis() + 180 * DAY) {
      return Optional.of(LedgerRefusal.NOT_COLLECTED_YET);
    }
    for (var account : sweep.accounts()) {
      var purse = purse(account, sweep.asset());
      purse(rule.expiredTo().get(), sweep.asset()).available += purse.available;
      purse.available = 0;
    }
    return Optional.empty();
  }

  private static long percent(Offer offer, long of, long time) {
    return BigInteger.valueOf(of)
        .multiply(BigInteger.valueOf(offer.at(time).rate()))
        .divide(BigInteger.valueOf(10_000))
        .longValueExact();
  }

  private static Optional<LedgerRefusal> mayGive(
      @Nullable Offer offer, Predicate<Offer> fits, long time) {
    if (offer == null) {
      return Optional.of(LedgerRefusal.UNKNOWN_PROGRAMME);
    }
    if (!fits.test(offer)) {
      return Optional.of(LedgerRefusal.PROGRAMME_MISMATCH);
    }
    var terms = offer.at(time);
    return time < terms.fromMillis() || time >= terms.untilMillis()
        ? Optional.of(LedgerRefusal.PROGRAMME_CLOSED)
        : Optional.empty();
  }

  private static long usedBy(Offer offer, AccountId person, long time) {
    return offer.periods.getOrDefault(person, -1L) == period(offer, time)
        ? offer.used.getOrDefault(person, 0L)
        : 0;
  }

  private static long period(Offer offer, long time) {
    int days = offer.at(time).periodDays();
    return days == 0 ? 0 : day(time) / days;
  }

  /** Gives from the town hall's fund, or says why not. */
  private Optional<LedgerRefusal> give(
      Offer offer, AccountId person, long amount, long most, long time) {
    var terms = offer.at(time);
    if (amount > most) {
      return Optional.of(LedgerRefusal.OVER_RULE);
    }
    if (usedBy(offer, person, time) + amount > terms.perPerson()) {
      return Optional.of(LedgerRefusal.OVER_PERSON_SHARE);
    }
    if (offer.given + amount > terms.total()) {
      return Optional.of(LedgerRefusal.OVER_PROGRAMME_TOTAL);
    }
    var fund = purse(World.HALL.account(), offer.asset);
    if (fund.available < amount) {
      return Optional.of(LedgerRefusal.FUND_EMPTY);
    }
    fund.available -= amount;
    purse(person, offer.asset).available += amount;
    offer.used.put(person, usedBy(offer, person, time) + amount);
    offer.periods.put(person, period(offer, time));
    offer.given += amount;
    return Optional.empty();
  }

  private Optional<LedgerRefusal> composite(Action.Composite pay, Position at, long time) {
    var earn = pay.earn().orElse(null);
    var offer = earn == null ? null : offers.get(earn.programme());
    if (earn != null) {
      var fault = mayGive(offer, one -> one.kind == ProgrammeKind.EARNING, time);
      if (fault.isPresent()) {
        return fault;
      }
    }
    var order = List.of(World.POINT, World.VOUCHER, World.COIN);
    for (int i = 1; i < pay.legs().size(); i++) {
      if (order.indexOf(pay.legs().get(i - 1).asset())
          >= order.indexOf(pay.legs().get(i).asset())) {
        return Optional.of(LedgerRefusal.WRONG_LEGS);
      }
    }
    if (pay.to().equals(pay.signer())) {
      return Optional.of(LedgerRefusal.SAME_ACCOUNT);
    }
    var faults = new TreeSet<LedgerRefusal>();
    for (var leg : pay.legs()) {
      mayGo(leg.asset(), pay.signer(), pay.to(), time).ifPresent(faults::add);
    }
    if (offer != null && kinds.get(pay.signer()) != AccountKind.PERSON) {
      faults.add(LedgerRefusal.NOT_PERSON);
    }
    if (offer != null && kinds.get(pay.to()) != AccountKind.MERCHANT) {
      faults.add(LedgerRefusal.NOT_MERCHANT);
    }
    if (offer != null && rules(offer.asset, time).expiresMillis() <= time) {
      faults.add(LedgerRefusal.ASSET_EXPIRED);
    }
    if (!faults.isEmpty()) {
      return Optional.of(faults.first());
    }
    for (var leg : pay.legs()) {
      var payer = purse(pay.signer(), leg.asset());
      var limit = mayPay(pay.signer(), leg.asset(), payer, leg.minorUnits(), time);
      if (limit.isPresent()) {
        faults.add(limit.get());
      } else if (payer.available < leg.minorUnits()) {
        faults.add(LedgerRefusal.INSUFFICIENT_FUNDS);
      } else if (overflows(leg.asset(), pay.to(), leg.minorUnits(), time)) {
        faults.add(LedgerRefusal.OVER_HOLDING_CAP);
      }
    }
    if (!faults.isEmpty()) {
      return Optional.of(faults.first());
    }
    var last = pay.legs().getLast();
    long coin = last.asset().equals(World.COIN) ? last.minorUnits() : 0;
    if (offer != null && earn != null) {
      long spent =
          pay.legs().stream()
              .filter(leg -> leg.asset().equals(offer.asset))
              .mapToLong(Amount::minorUnits)
              .sum();
      if (overflows(offer.asset, pay.signer(), earn.amount() - spent, time)) {
        return Optional.of(LedgerRefusal.OVER_HOLDING_CAP);
      }
      var fault = give(offer, pay.signer(), earn.amount(), percent(offer, coin, time), time);
      if (fault.isPresent()) {
        return fault;
      }
    }
    long sum = 0;
    for (var leg : pay.legs()) {
      spend(purse(pay.signer(), leg.asset()), leg.minorUnits(), time);
      purse(pay.to(), leg.asset()).available += leg.minorUnits();
      sum += leg.minorUnits();
    }
    var payment = new Payment(pay.signer(), pay.to(), World.COIN, sum);
    payment.left.clear();
    payment.left.addAll(pay.legs());
    payment.coin = coin;
    payment.earned = earn == null ? 0 : earn.amount();
    payment.earnedLeft = payment.earned;
    payments.put(at, payment);
    return Optional.empty();
  }

  private Optional<LedgerRefusal> setProgramme(Action.SetProgramme set, long time) {
    var offer = offers.get(set.code());
    if (offer != null && (offer.kind != set.kind() || !offer.asset.equals(set.asset()))) {
      return Optional.of(LedgerRefusal.PROGRAMME_MISMATCH);
    }
    long from = set.terms().fromMillis();
    if (from < time || (offer != null && from <= offer.terms.lastKey())) {
      return Optional.of(LedgerRefusal.RULES_NOT_AHEAD);
    }
    offers
        .computeIfAbsent(set.code(), _ -> new Offer(set.kind(), set.asset()))
        .terms
        .put(from, set.terms());
    return Optional.empty();
  }

  private Optional<LedgerRefusal> mayReceive(AssetCode asset, AccountId person, long time) {
    if (rules(asset, time).expiresMillis() <= time) {
      return Optional.of(LedgerRefusal.ASSET_EXPIRED);
    }
    return kinds.get(person) == AccountKind.PERSON
        ? Optional.empty()
        : Optional.of(LedgerRefusal.NOT_PERSON);
  }

  private Optional<LedgerRefusal> reward(Action.Reward reward, long time) {
    var offer = offers.get(reward.grant().programme());
    var fault = mayGive(offer, one -> one.kind == ProgrammeKind.REWARD, time);
    if (fault.isPresent() || offer == null) {
      return fault;
    }
    var receiver = mayReceive(offer.asset, reward.to(), time);
    if (receiver.isPresent()) {
      return receiver;
    }
    if (overflows(offer.asset, reward.to(), reward.grant().amount(), time)) {
      return Optional.of(LedgerRefusal.OVER_HOLDING_CAP);
    }
    return give(offer, reward.to(), reward.grant().amount(), offer.at(time).amount(), time);
  }

  private Optional<LedgerRefusal> buy(Action.Buy buy, long time) {
    var offer = offers.get(buy.programme());
    var fault =
        mayGive(
            offer,
            one ->
                one.kind == ProgrammeKind.SALE
                    && one.at(time).price().orElseThrow().equals(buy.price()),
            time);
    if (fault.isPresent() || offer == null) {
      return fault;
    }
    long lot = offer.at(time).amount();
    if (offer.used.containsKey(buy.signer())) {
      return Optional.of(LedgerRefusal.BOUGHT_BEFORE);
    }
    if (offer.given + lot > offer.at(time).total()) {
      return Optional.of(LedgerRefusal.SOLD_OUT);
    }
    var receiver = mayReceive(offer.asset, buy.signer(), time);
    if (receiver.isPresent()) {
      return receiver;
    }
    long price = buy.price().minorUnits();
    var payer = purse(buy.signer(), World.COIN);
    var limit = mayPay(buy.signer(), World.COIN, payer, price, time);
    if (limit.isPresent()) {
      return limit;
    }
    if (payer.available < price) {
      return Optional.of(LedgerRefusal.INSUFFICIENT_FUNDS);
    }
    if (overflows(offer.asset, buy.signer(), lot, time)) {
      return Optional.of(LedgerRefusal.OVER_HOLDING_CAP);
    }
    var given = give(offer, buy.signer(), lot, lot, time);
    if (given.isEmpty()) {
      spend(payer, price, time);
      purse(World.HALL.account(), World.COIN).available += price;
    }
    return given;
  }
}
