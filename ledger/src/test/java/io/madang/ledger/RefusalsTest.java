package io.madang.ledger;

import static io.madang.ledger.World.DAY;
import static io.madang.ledger.World.coins;
import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.ChainApplication.Outcome;
import io.madang.chain.ChainApplication.Position;
import io.madang.chain.Hash;
import io.madang.chain.Statement;
import io.madang.chain.json.JsonObject;
import io.madang.ledger.Words.ProgrammeApproval;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every refusal, in the order of precedence. Each case wants its own reason and, where it can,
 * breaks later rules too, so that the order is tested as well.
 */
class RefusalsTest {
  private static final Person ARA = Person.number(1);
  private static final Person SHOP = Person.withSecureElement(2);
  private static final Person NOBODY = Person.number(3);
  private static final Person FRIEND = Person.number(4);
  private static final Person STALL = Person.number(5);
  private static final AssetCode NO_ASSET = new AssetCode("GOLD");

  record Case(LedgerRefusal reason, String story, Function<World, Statement> attempt) {
    @Override
    public String toString() {
      return reason.kebabName() + ": " + story;
    }
  }

  private static Case refuses(
      LedgerRefusal reason, String story, Function<World, Statement> attempt) {
    return new Case(reason, story, attempt);
  }

  private static World town() {
    return new World().with(10_000, ARA, SHOP);
  }

  private static Statement pay(World world, Person payer, AccountId to, Amount amount) {
    return world.sign(payer, Purpose.TRANSFER, Operations.transfer(to, amount, ""));
  }

  private static Statement payUntil(World world, Person payer, long validUntil) {
    return world.sign(
        payer,
        Purpose.TRANSFER,
        Operations.transfer(SHOP.account(), coins(99_999), ""),
        world.freshId(),
        validUntil);
  }

  private static Statement request(World world, Person person, long validUntil, long expires) {
    return world.sign(
        person,
        Purpose.ACCOUNT_REQUEST,
        Operations.accountRequest(AccountKind.PERSON, "phone", expires),
        world.freshId(),
        validUntil);
  }

  private static Statement open(World world, Person enroller, Statement request) {
    return world.sign(
        enroller,
        Purpose.ACCOUNT_OPEN,
        Operations.openAccount(AccountKind.PERSON, Limits.NONE, request));
  }

  private static Statement addKey(World world, Person person, AccountId account, Person newKey) {
    var request =
        world.sign(
            newKey,
            Purpose.KEY_REQUEST,
            Operations.keyRequest(account, "tablet", world.time() + DAY));
    return world.sign(person, Purpose.KEY_ADD, Operations.addKey(request));
  }

  private static Statement revoke(World world, Person person, Person key) {
    return world.sign(person, Purpose.KEY_REVOKE, Operations.revokeKey(key.key()));
  }

  private static Statement approval(
      World world, Person approver, Purpose purpose, AccountId to, Amount amount) {
    return world.sign(approver, purpose, Operations.approval(to, amount, "wire 7"));
  }

  private static Statement issue(
      World world, Person sender, AccountId to, Amount amount, Statement... approvals) {
    return world.sign(
        sender, Purpose.ASSET_ISSUE, Operations.issue(to, amount, List.of(approvals), "wire 7"));
  }

  private static Statement issueApproved(World world, AccountId to, Amount amount) {
    return issue(
        world,
        World.HALL,
        to,
        amount,
        approval(world, World.BANK, Purpose.ISSUE_APPROVAL, to, amount));
  }

  private static Statement redeem(World world, Person holder, Amount amount, Person... approvers) {
    var approvals = new ArrayList<Statement>();
    for (var approver : approvers) {
      approvals.add(approval(world, approver, Purpose.REDEEM_APPROVAL, holder.account(), amount));
    }
    return world.sign(holder, Purpose.ASSET_REDEEM, Operations.redeem(amount, approvals, "wire 7"));
  }

  /** A stall took 500 yesterday. */
  private static World market(World world) {
    world.withMerchants(STALL).done(world.transfer(ARA, STALL, 500));
    return world.pass(DAY);
  }

  private static Amount vouchers(long amount) {
    return new Amount(amount, World.VOUCHER);
  }

  /** Ara has some vouchers, which expire. */
  private static void expire(World world, long expiresMillis) {
    world.done(world.issue(ARA, vouchers(5_000), "wire 3"));
    world.with(World.VOUCHER, Rules.expiring(Rules.OPEN, expiresMillis));
  }

  private static AssetRules at(List<String> categories, List<String> regions) {
    return Rules.takenBy(Rules.OPEN, categories, regions);
  }

  private static ProgrammeTerms terms(World world, int rate, long amount) {
    return new ProgrammeTerms(
        world.time(), world.time() + DAY, rate, amount, Optional.empty(), 100, 0, 150);
  }

  /** A sale of one lot to each of two. */
  private static World sale(World world) {
    world.done(world.issue(World.HALL, vouchers(200), "wire 5"));
    var terms =
        new ProgrammeTerms(
            world.time(), world.time() + DAY, 0, 100, Optional.of(coins(90)), 100, 0, 100);
    world.done(world.setProgramme("SALE", ProgrammeKind.SALE, World.VOUCHER, terms));
    return world;
  }

  /** Points for coins, 1 % of them. */
  private static World earning(World world) {
    world.done(world.issue(World.HALL, new Amount(1_000, World.POINT), "wire 5"));
    world.done(
        world.setProgramme("EARN", ProgrammeKind.EARNING, World.POINT, terms(world, 100, 0)));
    return world;
  }

  private static World surveys(World world) {
    world.done(world.issue(World.HALL, new Amount(120, World.POINT), "wire 5"));
    world.done(
        world.setProgramme("SURVEY", ProgrammeKind.REWARD, World.POINT, terms(world, 0, 80)));
    return world;
  }

  private static Settlement with(Settlement one, AssetCode asset) {
    return new Settlement(
        one.merchant(),
        asset,
        one.day(),
        one.attempt(),
        one.run(),
        one.count(),
        one.root(),
        one.net(),
        one.charges(),
        one.payout(),
        one.carried());
  }

  private static Settlement with(Settlement one, long day, int attempt) {
    return new Settlement(
        one.merchant(),
        one.asset(),
        day,
        attempt,
        one.run(),
        one.count(),
        one.root(),
        one.net(),
        one.charges(),
        one.payout(),
        one.carried());
  }

  private static Settlement sums(
      Settlement one, long count, long net, long charges, long payout, long carried) {
    return new Settlement(
        one.merchant(),
        one.asset(),
        one.day(),
        one.attempt(),
        one.run(),
        count,
        one.root(),
        net,
        charges,
        payout,
        carried);
  }

  private static Statement settleBy(World world, Person operator, Settlement settlement) {
    return world.sign(operator, Purpose.SETTLE, Operations.settle(settlement, List.of()));
  }

  private static void limit(World world, Limits limits) {
    world.done(
        world.sign(
            World.HALL, Purpose.ACCOUNT_LIMITS, Operations.setLimits(ARA.account(), limits)));
  }

  private static Statement mandateUntil(World world, long validUntil) {
    return world.sign(
        ARA, Purpose.MANDATE, Operations.mandate(coins(500)), world.freshId(), validUntil);
  }

  static Stream<Case> cases() {
    return Stream.of(
        refuses(
            LedgerRefusal.MALFORMED,
            "an unknown member, in a transaction for another chain's time",
            world ->
                world.sign(
                    ARA,
                    Purpose.RELEASE,
                    JsonObject.builder().put("hold", "1.0").put("why", "x").build())),
        refuses(
            LedgerRefusal.WRONG_CHAIN,
            "signed for the next town, and of unknown purpose",
            world ->
                World.sign(
                    ARA, "town-2", "dance", JsonObject.builder().build(), world.freshId(), 0)),
        refuses(
            LedgerRefusal.UNKNOWN_PURPOSE,
            "a mandate is no transaction",
            world -> world.mandate(ARA, coins(5))),
        refuses(
            LedgerRefusal.WRONG_NESTED_PURPOSE,
            "a login passed off as a mandate",
            world -> {
              var login =
                  World.sign(
                      ARA,
                      World.CHAIN,
                      "login",
                      Operations.mandate(coins(5)),
                      world.freshId(),
                      world.time() + 1);
              return world.charge(SHOP, login, 5);
            }),
        refuses(
            LedgerRefusal.EXPIRED,
            "valid until a moment ago, of an unknown signer",
            world -> payUntil(world, NOBODY, world.time() - 1)),
        refuses(
            LedgerRefusal.VALID_TOO_LONG,
            "valid for a day and a moment, of an unknown signer",
            world -> payUntil(world, NOBODY, world.time() + DAY + 1)),
        refuses(
            LedgerRefusal.UNKNOWN_SIGNER,
            "a key of no account",
            world -> payUntil(world, NOBODY, world.time())),
        refuses(
            LedgerRefusal.ID_CONFLICT,
            "an id once more for another payment, by a key that is revoked since",
            world -> {
              var tablet = ARA.withKey(50);
              world.done(addKey(world, ARA, ARA.account(), tablet));
              var first = world.transfer(tablet, SHOP, 5);
              world.done(first);
              world.done(revoke(world, ARA, tablet));
              return world.sign(
                  tablet,
                  Purpose.TRANSFER,
                  Operations.transfer(SHOP.account(), coins(6), ""),
                  first.payload().id(),
                  world.time());
            }),
        refuses(
            LedgerRefusal.KEY_REVOKED,
            "a stolen phone, its key expired as well",
            world -> {
              var tablet = ARA.withKey(50);
              world.done(addKey(world, ARA, ARA.account(), tablet));
              world.done(revoke(world, ARA, tablet));
              world.pass(2 * DAY);
              return world.transfer(tablet, SHOP, 5);
            }),
        refuses(
            LedgerRefusal.KEY_EXPIRED,
            "a key after its time",
            world -> {
              world.pass(366 * DAY);
              return world.transfer(ARA, SHOP, 99_999);
            }),
        refuses(
            LedgerRefusal.NOT_ENROLLER,
            "a citizen opens an account, with an expired request",
            world -> open(world, ARA, request(world, NOBODY, world.time() - 1, 0))),
        refuses(
            LedgerRefusal.NOT_ENROLLER,
            "a citizen lifts a limit",
            world ->
                world.sign(
                    ARA,
                    Purpose.ACCOUNT_LIMITS,
                    Operations.setLimits(NOBODY.account(), Limits.NONE))),
        refuses(
            LedgerRefusal.NESTED_EXPIRED,
            "an old mandate",
            world -> world.charge(SHOP, mandateUntil(world, world.time() - 1), 5)),
        refuses(
            LedgerRefusal.NESTED_VALID_TOO_LONG,
            "a mandate for more than three minutes",
            world -> world.charge(SHOP, mandateUntil(world, world.time() + 180_001), 5)),
        refuses(
            LedgerRefusal.NESTED_VALID_TOO_LONG,
            "a request that is valid for more than a day",
            world -> open(world, World.HALL, request(world, NOBODY, world.time() + DAY + 1, 0))),
        refuses(
            LedgerRefusal.NESTED_SIGNER_UNKNOWN,
            "a mandate of nobody",
            world -> world.charge(SHOP, world.mandate(NOBODY, new Amount(5, NO_ASSET)), 5)),
        refuses(
            LedgerRefusal.NESTED_KEY_NOT_LIVE,
            "a mandate by a revoked key",
            world -> {
              var tablet = ARA.withKey(50);
              world.done(addKey(world, ARA, ARA.account(), tablet));
              world.done(revoke(world, ARA, tablet));
              return world.charge(SHOP, world.mandate(tablet, new Amount(5, NO_ASSET)), 5);
            }),
        refuses(
            LedgerRefusal.REQUEST_MISMATCH,
            "opened as another kind than asked for",
            world ->
                world.sign(
                    World.HALL,
                    Purpose.ACCOUNT_OPEN,
                    Operations.openAccount(
                        AccountKind.MERCHANT,
                        Limits.NONE,
                        request(world, NOBODY, world.time(), 0)))),
        refuses(
            LedgerRefusal.REQUEST_MISMATCH,
            "a key that asks to join another account",
            world -> addKey(world, ARA, SHOP.account(), SHOP)),
        refuses(
            LedgerRefusal.KEY_EXPIRY_OUT_OF_RANGE,
            "a key that has expired already, and is in use",
            world -> open(world, World.HALL, request(world, ARA, world.time(), world.time()))),
        refuses(
            LedgerRefusal.KEY_EXPIRY_OUT_OF_RANGE,
            "a key for more than three years",
            world ->
                open(
                    world,
                    World.HALL,
                    request(
                        world,
                        NOBODY,
                        world.time(),
                        world.time() + AccountKey.MAX_LIFE_MILLIS + 1))),
        refuses(
            LedgerRefusal.KEY_IN_USE,
            "an account for a key that has one",
            world -> open(world, World.HALL, request(world, ARA, world.time(), world.time() + 1))),
        refuses(
            LedgerRefusal.KEY_IN_USE,
            "someone else's key",
            world -> {
              var request =
                  world.sign(
                      SHOP,
                      Purpose.KEY_REQUEST,
                      Operations.keyRequest(ARA.account(), "tablet", world.time() + 1));
              return world.sign(ARA, Purpose.KEY_ADD, Operations.addKey(request));
            }),
        refuses(
            LedgerRefusal.TOO_MANY_KEYS,
            "a sixth live key of a person",
            world -> {
              for (int i = 0; i < 4; i++) {
                world.done(addKey(world, ARA, ARA.account(), Person.number(60 + i)));
              }
              return addKey(world, ARA, ARA.account(), Person.number(70));
            }),
        refuses(
            LedgerRefusal.KEY_NOT_FOUND,
            "someone else's key, by a citizen",
            world -> revoke(world, ARA, SHOP)),
        refuses(
            LedgerRefusal.KEY_NOT_FOUND,
            "a key of nobody, by an enroller",
            world -> revoke(world, World.HALL, NOBODY)),
        refuses(
            LedgerRefusal.KEY_ALREADY_REVOKED,
            "a key twice",
            world -> {
              world.done(revoke(world, World.HALL, SHOP));
              return revoke(world, World.HALL, SHOP);
            }),
        refuses(LedgerRefusal.LAST_KEY, "one's own last key", world -> revoke(world, ARA, ARA)),
        refuses(
            LedgerRefusal.UNKNOWN_ASSET,
            "gold to nobody",
            world -> pay(world, ARA, NOBODY.account(), new Amount(5, NO_ASSET))),
        refuses(
            LedgerRefusal.UNKNOWN_ASSET,
            "a hold of gold",
            world ->
                world.sign(
                    ARA,
                    Purpose.HOLD,
                    Operations.hold(NOBODY.account(), new Amount(5, NO_ASSET), 0, ""))),
        refuses(
            LedgerRefusal.UNKNOWN_ASSET,
            "a mandate for gold",
            world -> world.charge(ARA, world.mandate(ARA, new Amount(5, NO_ASSET)), 5)),
        refuses(
            LedgerRefusal.UNKNOWN_ASSET,
            "gold made from nothing",
            world -> issue(world, ARA, NOBODY.account(), new Amount(5, NO_ASSET))),
        refuses(
            LedgerRefusal.UNKNOWN_ASSET,
            "gold taken out",
            world -> redeem(world, ARA, new Amount(5, NO_ASSET))),
        refuses(
            LedgerRefusal.UNKNOWN_ACCOUNT,
            "too much money to nobody",
            world -> pay(world, ARA, NOBODY.account(), coins(99_999))),
        refuses(
            LedgerRefusal.UNKNOWN_ACCOUNT,
            "a hold for nobody",
            world ->
                world.sign(
                    ARA, Purpose.HOLD, Operations.hold(NOBODY.account(), coins(99_999), 0, ""))),
        refuses(
            LedgerRefusal.UNKNOWN_ACCOUNT,
            "limits of nobody",
            world ->
                world.sign(
                    World.HALL,
                    Purpose.ACCOUNT_LIMITS,
                    Operations.setLimits(NOBODY.account(), Limits.NONE))),
        refuses(
            LedgerRefusal.UNKNOWN_ACCOUNT,
            "issued to nobody, by a citizen",
            world -> issue(world, ARA, NOBODY.account(), coins(5))),
        refuses(
            LedgerRefusal.SAME_ACCOUNT,
            "too much to oneself",
            world -> pay(world, ARA, ARA.account(), coins(99_999))),
        refuses(
            LedgerRefusal.SAME_ACCOUNT,
            "a hold for oneself, too long",
            world -> world.hold(ARA, ARA, 5, 31 * DAY)),
        refuses(
            LedgerRefusal.SAME_ACCOUNT,
            "one's own mandate, over its limit",
            world -> world.charge(ARA, world.mandate(ARA, coins(5)), 6)),
        refuses(
            LedgerRefusal.NOT_APPROVER,
            "m8: a citizen issues, with the bank's approval",
            world ->
                issue(
                    world,
                    ARA,
                    ARA.account(),
                    coins(5),
                    approval(world, World.BANK, Purpose.ISSUE_APPROVAL, ARA.account(), coins(5)))),
        refuses(
            LedgerRefusal.NOT_APPROVER,
            "m8: a citizen approves an issue",
            world ->
                issue(
                    world,
                    World.HALL,
                    ARA.account(),
                    coins(5),
                    approval(world, ARA, Purpose.ISSUE_APPROVAL, ARA.account(), coins(6)))),
        refuses(
            LedgerRefusal.APPROVAL_MISMATCH,
            "m8: an approval of less, by the sender itself",
            world ->
                issue(
                    world,
                    World.HALL,
                    ARA.account(),
                    coins(5),
                    approval(world, World.HALL, Purpose.ISSUE_APPROVAL, ARA.account(), coins(4)))),
        refuses(
            LedgerRefusal.APPROVER_TWICE,
            "m8: the sender approves once more",
            world ->
                issue(
                    world,
                    World.HALL,
                    ARA.account(),
                    coins(5),
                    approval(world, World.HALL, Purpose.ISSUE_APPROVAL, ARA.account(), coins(5)))),
        refuses(
            LedgerRefusal.TOO_FEW_APPROVALS,
            "m8: the sender alone",
            world -> issue(world, World.HALL, ARA.account(), coins(5))),
        refuses(
            LedgerRefusal.TOO_FEW_APPROVALS,
            "m8: redeemed with one approval",
            world -> redeem(world, ARA, coins(99_999), World.BANK)),
        refuses(
            LedgerRefusal.BANK_REFERENCE_USED,
            "m8: one deposit for two issues, and too much",
            world -> {
              world.done(issueApproved(world, ARA.account(), coins(5)));
              return issueApproved(world, SHOP.account(), coins(Amount.MAX_MINOR_UNITS));
            }),
        refuses(
            LedgerRefusal.BANK_REFERENCE_USED,
            "m8: one bank transfer for two redemptions, and too much",
            world -> {
              world.done(redeem(world, ARA, coins(5), World.BANK, World.HALL));
              return redeem(world, ARA, coins(99_999), World.BANK, World.HALL);
            }),
        refuses(
            LedgerRefusal.SUPPLY_LIMIT,
            "m6: more than 2^53-1 in all",
            world -> issueApproved(world, ARA.account(), coins(Amount.MAX_MINOR_UNITS - 19_999))),
        refuses(
            LedgerRefusal.HOLD_EXPIRY_OUT_OF_RANGE,
            "a hold that is over already, and too much",
            world -> world.hold(ARA, SHOP, 99_999, 0)),
        refuses(
            LedgerRefusal.HOLD_EXPIRY_OUT_OF_RANGE,
            "a hold for more than 30 days",
            world -> world.hold(ARA, SHOP, 5, 30 * DAY + 1)),
        refuses(
            LedgerRefusal.HOLD_NOT_OPEN,
            "a capture of nothing",
            world -> world.capture(SHOP, new Position(1, 0), 5, true)),
        refuses(
            LedgerRefusal.HOLD_NOT_OPEN,
            "m7: released twice",
            world -> {
              var hold = world.done(world.hold(ARA, SHOP, 5, 60_000));
              world.done(world.release(SHOP, hold));
              return world.release(SHOP, hold);
            }),
        refuses(
            LedgerRefusal.HOLD_NOT_OPEN,
            "m7: captured after it was used up",
            world -> {
              var hold = world.done(world.hold(ARA, SHOP, 5, 60_000));
              world.done(world.capture(SHOP, hold, 5, false));
              return world.capture(SHOP, hold, 1, true);
            }),
        refuses(
            LedgerRefusal.PAYMENT_NOT_PROVEN,
            "m10: a payment that was larger, by someone else",
            world -> {
              var payment = world.done(world.transfer(ARA, SHOP, 5));
              var proof =
                  World.object(world.proof(payment).canonical().getBytes(StandardCharsets.UTF_8));
              var forged =
                  World.object(
                      proof.canonical().replace(":5,", ":50,").getBytes(StandardCharsets.UTF_8));
              return world.sign(ARA, Purpose.REFUND, Operations.refund(50, forged));
            }),
        refuses(
            LedgerRefusal.PAYMENT_NOT_PROVEN,
            "m10: the right payment at a wrong place",
            world -> {
              var payment = world.done(world.transfer(ARA, SHOP, 5));
              var proof =
                  Operations.paymentProof(
                      new Position(payment.height(), 0),
                      2,
                      List.of(Hash.sha256(new byte[0])),
                      (JsonObject) world.proof(payment).get("outcome").orElseThrow());
              return world.sign(SHOP, Purpose.REFUND, Operations.refund(5, proof));
            }),
        refuses(
            LedgerRefusal.PAYMENT_NOT_PROVEN,
            "m10: a payment under a second name, in a block said to be smaller",
            world -> {
              world.block(
                  world.transfer(ARA, SHOP, 5),
                  world.transfer(ARA, SHOP, 6),
                  world.transfer(ARA, SHOP, 7));
              long height = world.ledger().standing().height();
              var proof = world.proof(new Position(height, 2)).canonical();
              // The last of three leaves stands where the second of two would.
              var other =
                  proof.replace("\"index\":2", "\"index\":1").replace("\"total\":3", "\"total\":2");
              var forged = World.object(other.getBytes(StandardCharsets.UTF_8));
              return world.sign(SHOP, Purpose.REFUND, Operations.refund(7, forged));
            }),
        refuses(
            LedgerRefusal.PAYMENT_NOT_PROVEN,
            "m10: half a year later, in the very block that forgets it",
            world -> {
              var payment = world.done(world.transfer(ARA, SHOP, 5));
              world.pass(180 * DAY);
              return world.refund(SHOP, payment, 5);
            }),
        refuses(
            LedgerRefusal.NOT_PAYEE,
            "a capture by the payer, of too much",
            world ->
                world.capture(ARA, world.done(world.hold(ARA, SHOP, 5, 60_000)), 99_999, true)),
        refuses(
            LedgerRefusal.NOT_PAYEE,
            "a release by the payer",
            world -> world.release(ARA, world.done(world.hold(ARA, SHOP, 5, 60_000)))),
        refuses(
            LedgerRefusal.NOT_PAYEE,
            "a refund by the payer, of too much",
            world -> world.refund(ARA, world.done(world.transfer(ARA, SHOP, 5)), 99_999)),
        refuses(
            LedgerRefusal.OVER_HOLD,
            "a capture of more than is held",
            world -> world.capture(SHOP, world.done(world.hold(ARA, SHOP, 5, 60_000)), 6, true)),
        refuses(
            LedgerRefusal.OVER_PAYMENT,
            "m10: more back than was paid, which is more than there is",
            world -> world.refund(SHOP, world.done(world.transfer(ARA, SHOP, 5)), 99_999)),
        refuses(
            LedgerRefusal.MANDATE_USED,
            "a customer's code scanned at two tills, over its limit",
            world -> {
              var mandate = world.mandate(ARA, coins(500));
              world.done(world.charge(SHOP, mandate, 5));
              return world.charge(World.BANK, mandate, 501);
            }),
        refuses(
            LedgerRefusal.OVER_MANDATE,
            "more than the mandate allows, and more than there is",
            world -> world.charge(SHOP, world.mandate(ARA, coins(99_998)), 99_999)),
        refuses(
            LedgerRefusal.OVER_PAYMENT_LIMIT,
            "more than one payment may be",
            world -> {
              limit(world, new Limits(99, 50, 50));
              return world.transfer(ARA, SHOP, 100);
            }),
        refuses(
            LedgerRefusal.OVER_DAY_LIMIT,
            "more than a day allows, by a mandate",
            world -> {
              limit(world, new Limits(99, 99, 50));
              world.done(world.transfer(ARA, SHOP, 60));
              return world.charge(SHOP, world.mandate(ARA, coins(50)), 40);
            }),
        refuses(
            LedgerRefusal.UNKNOWN_ACCOUNT,
            "a settlement with nobody",
            world -> world.settle(world.yesterday(NOBODY, 500, 500))),
        refuses(
            LedgerRefusal.SAME_ACCOUNT,
            "a settlement with oneself",
            world -> world.settle(world.yesterday(World.HALL, 500, 500))),
        refuses(
            LedgerRefusal.NOT_APPROVER,
            "a shop that settles its own kind",
            world -> settleBy(market(world), SHOP, world.yesterday(STALL, 500, 500))),
        refuses(
            LedgerRefusal.TOO_FEW_APPROVALS,
            "one operator alone",
            world -> settleBy(market(world), World.HALL, world.yesterday(ARA, 500, 500))),
        refuses(
            LedgerRefusal.APPROVAL_MISMATCH,
            "an approval of a smaller payout",
            world -> {
              var approved = market(world).yesterday(STALL, 500, 499);
              var approval =
                  world.sign(
                      World.BANK, Purpose.SETTLE_APPROVAL, Operations.settleApproval(approved));
              return world.sign(
                  World.HALL,
                  Purpose.SETTLE,
                  Operations.settle(world.yesterday(STALL, 500, 500), List.of(approval)));
            }),
        refuses(
            LedgerRefusal.NOT_MERCHANT,
            "a settlement with a shopper, of a day that is not over",
            world -> world.settle(with(world.yesterday(ARA, 500, 500), world.today(), 1))),
        refuses(
            LedgerRefusal.DAY_NOT_OVER,
            "today, as a second attempt",
            world ->
                world.settle(with(market(world).yesterday(STALL, 500, 500), world.today(), 2))),
        refuses(
            LedgerRefusal.DAY_SETTLED,
            "the same day twice",
            world -> {
              var settlement = market(world).yesterday(STALL, 500, 500);
              world.done(world.settle(settlement));
              return world.settle(settlement);
            }),
        refuses(
            LedgerRefusal.DAY_SETTLED,
            "a day before the last, with wrong sums",
            world -> {
              var settlement = market(world).yesterday(STALL, 500, 500);
              world.done(world.settle(settlement));
              return world.settle(with(settlement, world.today() - 2, 1));
            }),
        refuses(
            LedgerRefusal.DAY_SETTLED,
            "a voided attempt under its old number",
            world -> {
              var settlement = market(world).yesterday(STALL, 500, 500);
              var position = world.done(world.settle(settlement));
              world.done(world.voidPayout(settlement, position));
              return world.settle(settlement);
            }),
        refuses(
            LedgerRefusal.ATTEMPT_NOT_NEXT,
            "a second attempt while the first stands",
            world -> {
              var settlement = market(world).yesterday(STALL, 500, 500);
              world.done(world.settle(settlement));
              return world.settle(with(settlement, settlement.day(), 2));
            }),
        refuses(
            LedgerRefusal.ATTEMPT_NOT_NEXT,
            "a first attempt that calls itself the second",
            world ->
                world.settle(with(market(world).yesterday(STALL, 500, 500), world.today() - 1, 2))),
        refuses(
            LedgerRefusal.SETTLEMENT_SUM,
            "more paid than is due, and than there is",
            world -> world.settle(market(world).yesterday(STALL, 500, 501))),
        refuses(
            LedgerRefusal.SETTLEMENT_SUM,
            "a charge out of what is not due",
            world -> world.settle(sums(market(world).yesterday(STALL, 0, 0), 1, -5, 1, 0, -6))),
        refuses(
            LedgerRefusal.SETTLEMENT_SUM,
            "something carried that is not there",
            world -> world.settle(sums(market(world).yesterday(STALL, 0, 0), 1, 500, 0, 400, 101))),
        refuses(
            LedgerRefusal.SETTLEMENT_SUM,
            "a sum of no postings",
            world -> world.settle(sums(market(world).yesterday(STALL, 0, 0), 0, 500, 0, 500, 0))),
        refuses(
            LedgerRefusal.PAYMENT_NOT_PROVEN,
            "the void of another amount than was paid",
            world -> {
              var settlement = market(world).yesterday(STALL, 500, 500);
              var position = world.done(world.settle(settlement));
              var bent =
                  World.sign(
                      World.BANK,
                      World.CHAIN,
                      Purpose.VOID_APPROVAL.toString(),
                      Operations.voidApproval(PayoutId.of(World.CHAIN, settlement), "AC04"),
                      world.freshId(),
                      world.time());
              var proof =
                  world.proof(position).canonical().replace("\"payout\":500", "\"payout\":900");
              return world.sign(
                  World.HALL,
                  Purpose.SETTLEMENT_VOID,
                  Operations.voidPayout(
                      World.object(proof.getBytes(StandardCharsets.US_ASCII)),
                      "AC04",
                      List.of(bent)));
            }),
        refuses(
            LedgerRefusal.PAYOUT_VOIDED,
            "a void of what was voided",
            world -> {
              var settlement = market(world).yesterday(STALL, 500, 500);
              var position = world.done(world.settle(settlement));
              world.done(world.voidPayout(settlement, position));
              return world.voidPayout(settlement, position);
            }),
        refuses(
            LedgerRefusal.INSUFFICIENT_FUNDS,
            "a payout of coins that the stall spent since",
            world -> {
              var settlement = market(world).yesterday(STALL, 500, 500);
              world.done(world.transfer(STALL, ARA, 1));
              return world.settle(settlement);
            }),
        refuses(
            LedgerRefusal.INSUFFICIENT_FUNDS,
            "fees given back by an operator who has none",
            world ->
                world.settle(sums(market(world).yesterday(STALL, 500, 0), 1, 500, -7, 500, 7))),
        refuses(
            LedgerRefusal.UNKNOWN_PROGRAMME,
            "a lot of no sale",
            world -> world.buy(ARA, "SALE", coins(99_999))),
        refuses(
            LedgerRefusal.UNKNOWN_PROGRAMME,
            "points of no programme for gold",
            world -> world.payWith(ARA, ARA, World.grant("EARN", 5), new Amount(5, NO_ASSET))),
        refuses(
            LedgerRefusal.PROGRAMME_MISMATCH,
            "a lot at the price of yesterday",
            world -> sale(world).buy(ARA, "SALE", coins(80))),
        refuses(
            LedgerRefusal.PROGRAMME_MISMATCH,
            "a reward out of someone else's fund",
            world ->
                surveys(world)
                    .sign(
                        World.BANK,
                        Purpose.REWARD,
                        Operations.reward(
                            ARA.account(), World.grant("SURVEY", 5).orElseThrow(), ""))),
        refuses(
            LedgerRefusal.PROGRAMME_MISMATCH,
            "a programme taken over for another asset",
            world ->
                earning(world)
                    .setProgramme("EARN", ProgrammeKind.EARNING, World.COIN, terms(world, 100, 0))),
        refuses(
            LedgerRefusal.PROGRAMME_CLOSED,
            "a lot at the moment when the sale ends, by one who has one",
            world -> {
              sale(world).done(world.buy(ARA, "SALE", coins(90)));
              world.pass(DAY);
              return world.buy(ARA, "SALE", coins(90));
            }),
        refuses(
            LedgerRefusal.BOUGHT_BEFORE,
            "a second lot for one person, of a sale that is sold out",
            world -> {
              sale(world).done(world.buy(ARA, "SALE", coins(90)));
              return world.buy(ARA, "SALE", coins(90));
            }),
        refuses(
            LedgerRefusal.SOLD_OUT,
            "a lot too late, by one who cannot pay",
            world -> {
              sale(world).done(world.buy(ARA, "SALE", coins(90)));
              world.done(world.transfer(SHOP, ARA, 10_000));
              return world.buy(SHOP, "SALE", coins(90));
            }),
        refuses(
            LedgerRefusal.NOT_PERSON,
            "a lot for a merchant",
            world -> sale(market(world)).buy(STALL, "SALE", coins(90))),
        refuses(
            LedgerRefusal.NOT_FUND,
            "a citizen's programme, without approval",
            world ->
                world.sign(
                    ARA,
                    Purpose.PROGRAMME_SET,
                    Operations.setProgramme(
                        new ProgrammeApproval(
                            World.programme("EARN"),
                            ProgrammeKind.EARNING,
                            ARA.account(),
                            World.POINT,
                            terms(world, 100, 0)),
                        List.of()))),
        refuses(
            LedgerRefusal.TOO_FEW_APPROVALS,
            "a programme that nobody approved, from yesterday on",
            world ->
                world.sign(
                    World.HALL,
                    Purpose.PROGRAMME_SET,
                    Operations.setProgramme(
                        new ProgrammeApproval(
                            World.programme("EARN"),
                            ProgrammeKind.EARNING,
                            World.HALL.account(),
                            World.POINT,
                            new ProgrammeTerms(1, 2, 5, 0, Optional.empty(), 1, 0, 1)),
                        List.of()))),
        refuses(
            LedgerRefusal.WRONG_LEGS,
            "the coin before the points, to nobody",
            world ->
                world.payWith(ARA, NOBODY, Optional.empty(), coins(5), new Amount(5, World.POINT))),
        refuses(
            LedgerRefusal.WRONG_LEGS,
            "the same coin twice",
            world -> world.payWith(ARA, SHOP, Optional.empty(), coins(5), coins(5))),
        refuses(
            LedgerRefusal.SAME_ACCOUNT,
            "one's own points to oneself",
            world -> world.payWith(ARA, ARA, Optional.empty(), new Amount(5, World.POINT))),
        refuses(
            LedgerRefusal.INSUFFICIENT_FUNDS,
            "points that are not there, with coins that are",
            world ->
                world.payWith(ARA, SHOP, Optional.empty(), new Amount(5, World.POINT), coins(5))),
        refuses(
            LedgerRefusal.OVER_PAYMENT_LIMIT,
            "a coin leg above its limit, with points that are not there",
            world -> {
              limit(world, new Limits(99, 50, 50));
              return world.payWith(
                  ARA, SHOP, Optional.empty(), new Amount(5, World.POINT), coins(100));
            }),
        refuses(
            LedgerRefusal.GIFT_NOT_ALLOWED,
            "points to a friend among coins",
            world -> {
              world.with(World.POINT, Rules.flags(Rules.OPEN, false, true));
              return world.payWith(
                  ARA, SHOP, Optional.empty(), new Amount(5, World.POINT), coins(99_999));
            }),
        refuses(
            LedgerRefusal.OVER_RULE,
            "more points than the rate gives, rounded down",
            world -> earning(market(world)).payWith(ARA, STALL, World.grant("EARN", 2), coins(199))),
        refuses(
            LedgerRefusal.NOT_MERCHANT,
            "points earned by paying a friend, and more than the rate gives",
            world -> earning(world).payWith(ARA, SHOP, World.grant("EARN", 2), coins(199))),
        refuses(
            LedgerRefusal.OVER_RULE,
            "a reward above the amount, and above everything else",
            world -> surveys(world).reward(ARA, "SURVEY", 200)),
        refuses(
            LedgerRefusal.OVER_RULE,
            "a discount of a tenth of what was paid, and one more",
            world -> {
              world.done(world.issue(World.HALL, vouchers(200), "wire 5"));
              world.done(
                  world.setProgramme(
                      "OFF", ProgrammeKind.DISCOUNT, World.VOUCHER, terms(world, 1_000, 0)));
              return world.issue(ARA, vouchers(90), "wire 6", World.grant("OFF", 11));
            }),
        refuses(
            LedgerRefusal.OVER_PERSON_SHARE,
            "m9: a second survey above the share, and above all",
            world -> {
              surveys(world).done(world.reward(ARA, "SURVEY", 80));
              return world.reward(ARA, "SURVEY", 80);
            }),
        refuses(
            LedgerRefusal.OVER_PROGRAMME_TOTAL,
            "m9: a reward above the total, and above the fund",
            world -> {
              surveys(world).done(world.reward(ARA, "SURVEY", 80));
              return world.reward(SHOP, "SURVEY", 71);
            }),
        refuses(
            LedgerRefusal.FUND_EMPTY,
            "m9: a reward that the fund does not have",
            world -> {
              surveys(world).done(world.reward(ARA, "SURVEY", 80));
              return world.reward(SHOP, "SURVEY", 41);
            }),
        refuses(
            LedgerRefusal.CHARGED_WITH_BONUS,
            "m9: charged at a discount, redeemed in full",
            world -> {
              world.done(
                  world.setProgramme(
                      "OFF", ProgrammeKind.DISCOUNT, World.COIN, terms(world, 1_000, 0)));
              return redeem(world, ARA, coins(5), World.BANK, World.HALL);
            }),
        refuses(
            LedgerRefusal.ASSET_EXPIRED,
            "vouchers after their day, by a mandate that is used up",
            world -> {
              expire(world, market(world).time() + 60_000);
              var mandate = world.mandate(ARA, vouchers(500));
              world.done(world.charge(STALL, mandate, 5));
              world.pass(60_000);
              return world.charge(
                  STALL, world.mandate(ARA, vouchers(Amount.MAX_MINOR_UNITS)), 99_999);
            }),
        refuses(
            LedgerRefusal.ASSET_EXPIRED,
            "a hold of expired vouchers, for too long",
            world -> {
              expire(world, world.time() + 1_000);
              return world.sign(
                  ARA,
                  Purpose.HOLD,
                  Operations.hold(SHOP.account(), vouchers(99_999), world.time(), ""));
            }),
        refuses(
            LedgerRefusal.ASSET_EXPIRED,
            "vouchers issued after their day, without approval",
            world -> {
              expire(world, world.time() + 1_000);
              return issue(world, ARA, ARA.account(), vouchers(5));
            }),
        refuses(
            LedgerRefusal.CATEGORY_NOT_ALLOWED,
            "a bar that takes no meal vouchers, in the wrong town too",
            world -> {
              market(world).with(World.VOUCHER, at(List.of("5411", "5812"), List.of("KR-11")));
              world.done(world.setAttributes(STALL, "5813", "KR-26"));
              return world.pay(ARA, STALL, vouchers(99_999));
            }),
        refuses(
            LedgerRefusal.CATEGORY_NOT_ALLOWED,
            "a merchant of whom nothing is known",
            world -> {
              market(world).with(World.VOUCHER, at(List.of("5411"), List.of()));
              return world.sign(
                  ARA, Purpose.HOLD, Operations.hold(STALL.account(), vouchers(5), 0, ""));
            }),
        refuses(
            LedgerRefusal.REGION_NOT_ALLOWED,
            "vouchers of another town, by a mandate above its limit",
            world -> {
              market(world).with(World.VOUCHER, at(List.of("5411"), List.of("KR-11")));
              world.done(world.setAttributes(STALL, "5411", "KR-26"));
              return world.charge(STALL, world.mandate(ARA, vouchers(5)), 6);
            }),
        refuses(
            LedgerRefusal.GIFT_NOT_ALLOWED,
            "points passed on to a friend, more than there are",
            world -> {
              world.with(World.POINT, Rules.flags(Rules.OPEN, false, true));
              return world.pay(ARA, SHOP, new Amount(99_999, World.POINT));
            }),
        refuses(
            LedgerRefusal.NOT_FOR_WON,
            "points for which nobody pays, settled by a citizen",
            world -> {
              market(world).with(World.VOUCHER, Rules.flags(Rules.OPEN, true, false));
              return settleBy(world, ARA, with(world.yesterday(STALL, 5, 5), World.VOUCHER));
            }),
        refuses(
            LedgerRefusal.NOT_FUND,
            "what expires would go to a citizen, who sets the rules",
            world -> {
              var rules = Rules.expiring(Rules.OPEN, world.time() + DAY);
              return world.sign(
                  ARA,
                  Purpose.ASSET_RULES,
                  Operations.setRules(
                      World.VOUCHER, 0, Rules.expiredTo(rules, ARA.account()), List.of()));
            }),
        refuses(
            LedgerRefusal.NOT_PERSON,
            "a merchant's vouchers collected by a citizen",
            world ->
                market(world)
                    .sign(
                        ARA,
                        Purpose.ASSET_SWEEP,
                        Operations.sweep(World.VOUCHER, List.of(STALL.account())))),
        refuses(
            LedgerRefusal.NOT_APPROVER,
            "vouchers collected by a citizen",
            world ->
                world.sign(
                    ARA,
                    Purpose.ASSET_SWEEP,
                    Operations.sweep(World.VOUCHER, List.of(ARA.account())))),
        refuses(
            LedgerRefusal.UNKNOWN_ACCOUNT,
            "vouchers collected from nobody",
            world -> world.sweep(World.VOUCHER, NOBODY)),
        refuses(
            LedgerRefusal.NOT_COLLECTED_YET,
            "vouchers collected while refunds may still come",
            world -> {
              expire(world, world.time() + 1_000);
              world.pass(180 * DAY - 2_000);
              return world.sweep(World.VOUCHER, ARA);
            }),
        refuses(
            LedgerRefusal.TOO_FEW_APPROVALS,
            "one operator alone says what a shop is",
            world ->
                world.sign(
                    World.HALL,
                    Purpose.ACCOUNT_ATTRIBUTES,
                    Operations.setAttributes(
                        SHOP.account(), new Attributes("5411", ""), List.of()))),
        refuses(
            LedgerRefusal.APPROVAL_MISMATCH,
            "an approval of looser rules",
            world -> {
              var approval =
                  world.sign(
                      World.BANK,
                      Purpose.RULES_APPROVAL,
                      Operations.rulesApproval(World.VOUCHER, world.time(), Rules.OPEN));
              return world.sign(
                  World.HALL,
                  Purpose.ASSET_RULES,
                  Operations.setRules(
                      World.VOUCHER,
                      world.time(),
                      Rules.caps(Rules.OPEN, 1, 1, 1),
                      List.of(approval)));
            }),
        refuses(
            LedgerRefusal.RULES_OF_COIN,
            "rules of a coin, from yesterday on",
            world -> world.setRules(World.COIN, world.time() - DAY, Rules.OPEN)),
        refuses(
            LedgerRefusal.RULES_NOT_AHEAD,
            "rules from a moment ago",
            world -> world.setRules(World.VOUCHER, world.time() - 1, Rules.OPEN)),
        refuses(
            LedgerRefusal.RULES_NOT_AHEAD,
            "rules before those that were set, with an earlier expiry",
            world -> {
              var rules = Rules.expiring(Rules.OPEN, world.time() + DAY);
              world.done(world.setRules(World.VOUCHER, world.time() + 60_000, rules));
              return world.setRules(
                  World.VOUCHER, world.time() + 59_000, Rules.expiring(rules, world.time()));
            }),
        refuses(
            LedgerRefusal.EXPIRY_EARLIER,
            "an expiry brought forward",
            world -> {
              long expiry = world.time() + DAY;
              expire(world, expiry);
              return world.setRules(
                  World.VOUCHER, world.time(), Rules.expiring(Rules.OPEN, expiry - 1));
            }),
        refuses(
            LedgerRefusal.HOLD_EXPIRY_OUT_OF_RANGE,
            "a hold that would outlive its vouchers",
            world -> {
              long expiry = world.time() + 60_000;
              expire(world, expiry);
              return world.sign(
                  ARA, Purpose.HOLD, Operations.hold(SHOP.account(), vouchers(5), expiry + 1, ""));
            }),
        refuses(
            LedgerRefusal.OVER_PAYMENT_LIMIT,
            "more vouchers at once than their rules allow",
            world ->
                world
                    .with(World.VOUCHER, Rules.caps(Rules.OPEN, 9, 5, 5))
                    .pay(ARA, SHOP, vouchers(10))),
        refuses(
            LedgerRefusal.OVER_DAY_LIMIT,
            "more vouchers in a day than their rules allow",
            world -> {
              world.done(world.issue(ARA, vouchers(9), "wire 8"));
              world.with(World.VOUCHER, Rules.caps(Rules.OPEN, 9, 9, 9));
              world.done(world.pay(ARA, SHOP, vouchers(5)));
              return world.pay(ARA, SHOP, vouchers(5));
            }),
        refuses(
            LedgerRefusal.OVER_HOLDING_CAP,
            "more issued to a person than one may have",
            world -> {
              world.with(World.VOUCHER, Rules.caps(Rules.OPEN, 99, 99, 50));
              return world.issue(ARA, vouchers(51), "wire 8");
            }),
        refuses(
            LedgerRefusal.OVER_HOLDING_CAP,
            "a gift to one who has enough, captured from a hold",
            world -> {
              world.done(world.issue(ARA, vouchers(60), "wire 8"));
              world.with(World.VOUCHER, Rules.caps(Rules.OPEN, 99, 99, 50));
              var hold =
                  world.done(
                      world.sign(
                          ARA,
                          Purpose.HOLD,
                          Operations.hold(
                              SHOP.account(), vouchers(51), world.time() + 60_000, "")));
              return world.capture(SHOP, hold, 51, true);
            }),
        refuses(
            LedgerRefusal.OVER_HELD_LIMIT,
            "more held than allowed, and more than there is",
            world -> {
              limit(world, new Limits(Limits.UNLIMITED, Limits.UNLIMITED, 50));
              world.done(world.hold(ARA, SHOP, 50, 60_000));
              return world.hold(ARA, SHOP, 99_999, 60_000);
            }),
        refuses(
            LedgerRefusal.INSUFFICIENT_FUNDS,
            "more than there is",
            world -> world.transfer(ARA, SHOP, 10_001)),
        refuses(
            LedgerRefusal.INSUFFICIENT_FUNDS,
            "more held than there is, with part of it held already",
            world -> {
              world.done(world.hold(ARA, SHOP, 6_000, 60_000));
              return world.hold(ARA, SHOP, 6_000, 60_000);
            }),
        refuses(
            LedgerRefusal.INSUFFICIENT_FUNDS,
            "a mandate of one who has less",
            world -> world.charge(SHOP, world.mandate(ARA, coins(99_999)), 99_999)),
        refuses(
            LedgerRefusal.INSUFFICIENT_FUNDS,
            "redeemed more than there is",
            world -> redeem(world, ARA, coins(99_999), World.BANK, World.HALL)),
        refuses(
            LedgerRefusal.INSUFFICIENT_FUNDS,
            "a refund by a shop that spent it all",
            world -> {
              var payment = world.done(world.transfer(ARA, SHOP, 5));
              world.done(world.transfer(SHOP, ARA, 10_005));
              return world.refund(SHOP, payment, 5);
            }));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void refuses(Case example) {
    var world = town();
    assertThat(world.reason(example.attempt().apply(world))).isEqualTo(example.reason());
  }

  @Test
  void every_refusal_has_a_case() {
    // It is no refusal until it stands in a block; a test of its own follows.
    Set<LedgerRefusal> covered = EnumSet.of(LedgerRefusal.DONE_BEFORE);
    cases().forEach(example -> covered.add(example.reason()));
    assertThat(covered).containsExactlyInAnyOrder(LedgerRefusal.values());
  }

  @Test
  void done_before_has_a_code_of_its_own_in_a_block() {
    var world = town();
    var payment = world.transfer(ARA, SHOP, 5);
    var twice = world.verified(List.of(payment, payment));
    var results = world.execute(twice).results();
    assertThat(results.get(0).code()).isZero();
    assertThat(results.get(1).code()).isEqualTo(LedgerRefusal.DONE_BEFORE.code());
    assertThat(results.get(1).data()).isEmpty();
    assertThat(world.available(SHOP)).isEqualTo(10_005);
  }

  @Test
  void tells_the_available_amount_to_the_payer_only() {
    var world = town();
    assertThat(world.refused(world.transfer(ARA, SHOP, 10_001)).detail()).contains("10000");
    assertThat(
            world.refused(world.charge(SHOP, world.mandate(ARA, coins(10_001)), 10_001)).detail())
        .doesNotContain("10000");
  }

  @Test
  void m3_the_same_bytes_get_the_same_answer_after_a_restart() {
    var world = town();
    var payment = world.transfer(ARA, SHOP, 5);
    var first = (Outcome.Done) world.block(payment).getFirst();
    world.restart();
    var again = (Outcome.DoneBefore) world.block(payment).getFirst();
    assertThat(again.data()).isEqualTo(first.data());
    assertThat(again.position()).isEqualTo(new Position(world.blocks().size() - 1, 0));
    assertThat(world.available(SHOP)).isEqualTo(10_005);
  }

  @Test
  void a_friend_can_be_paid_as_soon_as_the_account_is_open_in_the_same_block() {
    var world = town();
    var outcomes =
        world.block(
            world.openAccount(FRIEND, AccountKind.PERSON, Limits.NONE),
            world.transfer(ARA, FRIEND, 5),
            world.transfer(FRIEND, SHOP, 6),
            world.transfer(FRIEND, SHOP, 5));
    assertThat(outcomes.stream().map(one -> one instanceof Outcome.Done))
        .containsExactly(true, true, false, true);
  }
}
