package io.madang.gateway;

import static io.madang.gateway.Person.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.madang.gateway.Client.Answer;
import io.madang.gateway.account.MerchantRoutes.Registered;
import io.madang.gateway.database.TestPostgres;
import io.madang.ledger.AccountId;
import io.madang.ledger.Amount;
import io.madang.ledger.AssetCode;
import io.madang.ledger.Grant;
import io.madang.ledger.Operations;
import io.madang.ledger.ProgrammeCode;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Points, then a voucher, then coins, then points earned: one payment, through the routes. */
class CompositePaymentsTest {
  private static final AssetCode COIN = new AssetCode("S-COIN");
  private static final AssetCode POINT = new AssetCode("POINT");
  private static final AssetCode GIFT = new AssetCode("GIFT-26");
  private static final List<AssetCode> ASSETS = List.of(POINT, GIFT, COIN);
  private static final ProgrammeCode EARN = new ProgrammeCode("CAFE-DAYS");
  private static final int RATE = 250;

  private static Town town;
  private static Treasury treasury;

  @BeforeAll
  static void open() {
    town =
        new Town(
            TestPostgres.newDatabase(),
            Clock.systemUTC(),
            configuration -> configuration.withRates(Town.NO_RATES),
            List.of("S-COIN", "POINT:point", "GIFT-26:voucher"));
    treasury = new Treasury(town);
    treasury.rules(POINT, Treasury.taken(Optional.empty(), false));
    treasury.rules(GIFT, Treasury.taken(Optional.of("5814"), true));
    treasury.issue(Treasury.fund(), new Amount(10_000_000, POINT));
    treasury.earning(EARN.toString(), POINT, RATE);
    eventually(() -> assertThat(standing(newShop(), shopper(), 400)).isEqualTo(200));
  }

  /** The programme and the rules hold from a moment on; a payment that earns shows that they do. */
  private static int standing(Registered shop, Person anna, long price) {
    return send(anna, shop, newIntent(shop, price), price, legs(0, 100, price - 100), 1).status();
  }

  @AfterAll
  static void close() {
    town.close();
  }

  private static Registered newShop() {
    var shop = town.newShop("CAFE");
    treasury.category(shop.merchant().account(), "5814");
    return shop;
  }

  private static Person shopper() {
    var anna = town.newPerson("anna", 100_000);
    treasury.issue(anna.account(), new Amount(2_000, POINT));
    treasury.issue(anna.account(), new Amount(5_000, GIFT));
    return anna;
  }

  @Test
  void everybody_sees_what_it_was_paid_with_and_what_came_back() {
    var shop = newShop();
    var anna = shopper();
    var intent = newIntent(shop, 12_000);
    var paid = send(anna, shop, intent, 12_000, legs(2_000, 5_000, 5_000), 125).expect(200).json();

    eventually(() -> assertThat(intent(shop, intent).getString("status")).isEqualTo("paid"));
    var parts = intent(shop, intent);
    assertThat(legsOf(parts)).containsExactly("POINT 2000-0", "GIFT-26 5000-0", "S-COIN 5000-0");
    assertThat(parts.getJsonObject("earned").getLong("amount")).isEqualTo(125);
    var activity = anna.client().get("/v1/me/activity").expect(200).json();
    var mine = activity.getJsonArray("items").getJsonObject(0);
    assertThat(mine.getString("type")).isEqualTo("payment");
    assertThat(mine.getLong("amount")).isEqualTo(12_000);
    assertThat(legsOf(mine)).hasSize(3);
    assertThat(balance(anna, POINT)).isEqualTo(125);

    // Six thousand back: all coins, a thousand of the voucher, and what was earned on the coins.
    var back = refund(shop, intent, 6_000).expect(201).json();
    assertThat(legsOf(back)).containsExactly("POINT 0-0", "GIFT-26 1000-1000", "S-COIN 5000-5000");
    assertThat(back.getJsonObject("earned").getLong("amount")).isEqualTo(125);
    assertThat(legsOf(intent(shop, intent)))
        .containsExactly("POINT 2000-0", "GIFT-26 5000-1000", "S-COIN 5000-5000");
    eventually(
        () -> {
          var sale =
              town.shop(shop)
                  .get("/v1/merchant/payments")
                  .expect(200)
                  .json()
                  .getJsonArray("items")
                  .getJsonObject(0);
          assertThat(legsOf(sale)).contains("GIFT-26 5000-1000");
          assertThat(sale.getLong("refunded")).isEqualTo(6_000);
        });

    var rest = refund(shop, intent, 6_000).expect(201).json();
    assertThat(legsOf(rest))
        .containsExactly("POINT 2000-2000", "GIFT-26 4000-5000", "S-COIN 0-5000");
    refund(shop, intent, 1).expect(409, "more-than-left");
    assertThat(balance(anna, POINT)).isEqualTo(2_000);
    assertThat(balance(anna, GIFT)).isEqualTo(5_000);
    assertThat(balance(anna, COIN)).isEqualTo(100_000);

    eventually(() -> assertThat(events(shop)).hasSize(3));
    var captured = events(shop).getFirst();
    assertThat(captured.getString("type")).isEqualTo("payment.captured");
    assertThat(legsOf(captured.getJsonObject("data"))).hasSize(3);
    assertThat(events(shop).getLast().getString("type")).isEqualTo("payment.refunded");
    assertThat(legsOf(events(shop).getLast().getJsonObject("data"))).contains("POINT 2000-2000");
    town.anyone().get("/v1/receipts/" + paid.getString("hash")).expect(200);
  }

  @Test
  void points_that_were_spent_come_off_the_coins() {
    var shop = newShop();
    var anna = shopper();
    var intent = newIntent(shop, 10_000);
    send(anna, shop, intent, 10_000, legs(0, 0, 10_000), 250).expect(200);
    var spent = newIntent(shop, 2_240);
    send(anna, shop, spent, 2_240, legs(2_240, 0, 0), 0).expect(200);
    eventually(() -> assertThat(intent(shop, intent).getString("status")).isEqualTo("paid"));

    var back = refund(shop, intent, 10_000).expect(201).json().getJsonObject("earned");
    assertThat(back.getLong("amount")).isEqualTo(10);
    assertThat(back.getLong("withheld")).isEqualTo(240);
    assertThat(balance(anna, COIN)).isEqualTo(100_000 - 240);
  }

  @Test
  void what_does_not_fit_is_refused_and_moves_nothing() {
    var shop = newShop();
    var other = town.newShop("BOOKS");
    var anna = shopper();
    var ben = shopper();
    var intent = newIntent(shop, 1_000);

    send(anna, shop, intent, 999, legs(0, 0, 999), 0).expect(409, "intent-amount-differs");
    send(anna, other, intent, 1_000, legs(0, 0, 1_000), 0).expect(409, "intent-payee-differs");
    send(anna, shop, "0123456789abcdef01234567", 1_000, legs(0, 0, 1_000), 0)
        .expect(404, "no-such-intent");
    // Legs that do not come to the price, and legs out of their order, are no payment at all.
    send(anna, shop, intent, 1_000, legs(500, 0, 501), 0).expect(400);
    send(anna, shop, intent, 1_000, legs(500, 0, 500).reversed(), 0).expect(422, "wrong-legs");
    var foreign = List.of(new Amount(500, new AssetCode("OTHER")), new Amount(500, COIN));
    send(anna, shop, intent, 1_000, foreign, 0).expect(404, "unknown-asset");
    send(anna, shop, intent, 1_000, legs(1_000, 0, 0), 0).expect(200);
    eventually(() -> assertThat(intent(shop, intent).getString("status")).isEqualTo("paid"));
    send(ben, shop, intent, 1_000, legs(1_000, 0, 0), 0).expect(409, "intent-already-paid");

    // The voucher is not taken by a bookshop, and nothing of the points goes either.
    var books = newIntent(other, 1_000);
    send(ben, other, books, 1_000, legs(400, 600, 0), 0).expect(409, "category-not-allowed");
    // More is claimed than is given.
    send(ben, other, books, 1_000, legs(0, 0, 1_000), 26).expect(422, "over-rule");
    send(ben, other, books, 1_000, legs(1_000, 0, 0), 1).expect(422, "over-rule");
    assertThat(balance(ben, POINT)).isEqualTo(2_000);
    assertThat(balance(ben, GIFT)).isEqualTo(5_000);
  }

  @Test
  void an_altered_split_is_not_what_was_signed() {
    var shop = newShop();
    var anna = shopper();
    var intent = newIntent(shop, 1_000);
    var signed = sign(anna, shop, intent, 1_000, legs(400, 0, 600), 0);
    var parts = signed.split("\\.", 3);
    var words = new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8);
    var altered =
        words
            .replace("\"amount\":400", "\"amount\":600")
            .replace("\"amount\":600,\"asset\":\"S", "\"amount\":400,\"asset\":\"S");
    var forged =
        parts[0]
            + "."
            + Base64.getUrlEncoder().withoutPadding().encodeToString(altered.getBytes(UTF_8))
            + "."
            + parts[2];
    assertThat(forged).isNotEqualTo(signed);
    submit(forged).expect(422, "wrong-signature");
    assertThat(submit(signed).expect(200).json()).isEqualTo(submit(signed).expect(200).json());
    assertThat(balance(anna, POINT)).isEqualTo(1_600);
  }

  @Test
  void two_at_once_with_the_same_points_end_with_one_paid() {
    var shop = newShop();
    var anna = shopper();
    var first = sign(anna, shop, newIntent(shop, 3_000), 3_000, legs(1_500, 0, 1_500), 0);
    var second = sign(anna, shop, newIntent(shop, 3_000), 3_000, legs(1_500, 0, 1_500), 0);
    var one = CompletableFuture.supplyAsync(() -> submit(first).status());
    var two = CompletableFuture.supplyAsync(() -> submit(second).status());
    assertThat(List.of(one.join(), two.join())).containsExactlyInAnyOrder(200, 409);
    assertThat(balance(anna, POINT)).isEqualTo(500);
    assertThat(balance(anna, COIN)).isEqualTo(98_500);
  }

  @Test
  void only_the_shop_that_was_paid_gives_back_or_sees_the_parts() {
    var shop = newShop();
    var other = newShop();
    var anna = shopper();
    var intent = newIntent(shop, 1_000);
    send(anna, shop, intent, 1_000, legs(400, 0, 600), 0).expect(200);
    eventually(() -> assertThat(intent(shop, intent).getString("status")).isEqualTo("paid"));
    var position = intent(shop, intent).getJsonObject("payment").getString("position");

    refund(other, intent, 100).expect(404);
    town.shop(other).get("/v1/intents/" + intent).expect(404);
    town.shop(other).get("/v1/payments/" + position + "/proof").expect(404);
    var shown = anna.client().get("/v1/intents/" + intent).expect(200).json();
    assertThat(shown.containsKey("legs") || shown.containsKey("payment")).isFalse();
    town.anyone().get("/v1/intents/" + intent).expect(401);
    town.shop(shop).get("/v1/payments/" + position + "/proof").expect(200);
  }

  @Test
  void a_sticker_is_paid_in_legs_too() {
    var shop = newShop();
    var anna = shopper();
    var sticker =
        town.shop(shop)
            .post("/v1/stickers", new JsonObject().put("till", "1"))
            .expect(201)
            .json()
            .getString("id");
    send(anna, town.newShop("BOOKS"), "S-" + sticker, 900, legs(400, 0, 500), 0)
        .expect(409, "intent-payee-differs");
    send(anna, shop, "S-" + sticker, 900, legs(400, 0, 500), 12).expect(200);
    eventually(
        () -> {
          var sale = town.shop(shop).get("/v1/merchant").expect(200).json().getJsonObject("today");
          assertThat(sale.getLong("amount")).isEqualTo(900);
        });
  }

  // A plain model, unit by unit

  private static final class Book {
    private final Map<String, Long> balances = new HashMap<>();

    void add(AccountId account, AssetCode asset, long change) {
      balances.merge(account + " " + asset, change, Long::sum);
    }

    long of(AccountId account, AssetCode asset) {
      return balances.getOrDefault(account + " " + asset, 0L);
    }
  }

  private static final class Paid {
    private final String intent;
    private final Person payer;
    private final Registered shop;

    /** The asset of each won, in the order in which they were paid. */
    private final List<AssetCode> won = new ArrayList<>();

    private final long coins;
    private final long earned;
    private long coinsBack;
    private long earnedBack;

    Paid(String intent, Person payer, Registered shop, List<Amount> legs, long earned) {
      this.intent = intent;
      this.payer = payer;
      this.shop = shop;
      this.earned = earned;
      for (var leg : legs) {
        for (long i = 0; i < leg.minorUnits(); i++) won.add(leg.asset());
      }
      coins = won.stream().filter(COIN::equals).count();
    }

    /** Gives back one won after the other, the last first. */
    long refund(Book book, long amount) {
      var back = new HashMap<AssetCode, Long>();
      for (long i = 0; i < amount; i++) back.merge(won.removeLast(), 1L, Long::sum);
      coinsBack += back.getOrDefault(COIN, 0L);
      long due = coins == 0 ? 0 : (earned * coinsBack + coins - 1) / coins;
      long take = due - earnedBack;
      earnedBack = due;
      long there = Math.min(take, book.of(payer.account(), POINT));
      book.add(payer.account(), POINT, -there);
      book.add(Treasury.fund(), POINT, there);
      back.forEach(
          (asset, some) -> {
            book.add(shop.merchant().account(), asset, -some);
            book.add(payer.account(), asset, some);
          });
      book.add(payer.account(), COIN, there - take);
      book.add(Treasury.fund(), COIN, take - there);
      return take - there;
    }
  }

  @Test
  void some_tens_of_payments_and_refunds_come_to_what_a_plain_model_says() {
    var random = new SplittableRandom(Long.getLong("madang.seed", 7));
    var people = List.of(shopper(), shopper(), shopper());
    var shops = List.of(newShop(), newShop());
    var book = new Book();
    var fundBefore = fund();
    for (var person : people) {
      for (var asset : ASSETS) book.add(person.account(), asset, balance(person, asset));
    }
    var open = new ArrayList<Paid>();
    for (int i = 0; i < 40; i++) {
      var paid = pay(random, people.get(random.nextInt(3)), shops.get(random.nextInt(2)), book);
      open.add(paid);
      if (random.nextBoolean()) continue;
      var one = open.get(random.nextInt(open.size()));
      if (one.won.isEmpty()) continue;
      eventually(
          () ->
              assertThat(intent(one.shop, one.intent).getString("status"))
                  .isIn("paid", "partly-refunded"));
      long amount = 1L + random.nextInt(one.won.size());
      long withheld = one.refund(book, amount);
      var back = refund(one.shop, one.intent, amount).expect(201).json();
      if (back.containsKey("earned")) {
        assertThat(back.getJsonObject("earned").getLong("withheld")).isEqualTo(withheld);
      }
    }
    for (var asset : ASSETS) {
      for (var person : people) {
        assertThat(balance(person, asset)).isEqualTo(book.of(person.account(), asset));
      }
      for (var shop : shops) {
        assertThat(of(shop.merchant().account(), asset))
            .isEqualTo(book.of(shop.merchant().account(), asset));
      }
      assertThat(of(Treasury.fund(), asset) - fundBefore.getOrDefault(asset, 0L))
          .isEqualTo(book.of(Treasury.fund(), asset));
    }
  }

  private static Map<AssetCode, Long> fund() {
    var fund = new HashMap<AssetCode, Long>();
    for (var asset : ASSETS) fund.put(asset, of(Treasury.fund(), asset));
    return fund;
  }

  private static Paid pay(RandomGenerator random, Person person, Registered shop, Book book) {
    long points = below(random, Math.min(300, book.of(person.account(), POINT)));
    long gift = below(random, Math.min(400, book.of(person.account(), GIFT)));
    long coins = 1L + random.nextInt(500);
    var legs = legs(points, gift, coins);
    long most = coins * RATE / 10_000;
    long earned = below(random, most);
    var intent = newIntent(shop, points + gift + coins);
    send(person, shop, intent, points + gift + coins, legs, earned).expect(200);
    for (var leg : legs) {
      book.add(person.account(), leg.asset(), -leg.minorUnits());
      book.add(shop.merchant().account(), leg.asset(), leg.minorUnits());
    }
    book.add(person.account(), POINT, earned);
    book.add(Treasury.fund(), POINT, -earned);
    return new Paid(intent, person, shop, legs, earned);
  }

  /** 0 as often as anything else: legs are left out. */
  private static long below(RandomGenerator random, long most) {
    return most == 0 || random.nextInt(3) == 0 ? 0 : random.nextLong(most + 1);
  }

  // How the routes are called

  private static List<Amount> legs(long points, long gift, long coins) {
    var legs = new ArrayList<Amount>();
    if (points > 0) legs.add(new Amount(points, POINT));
    if (gift > 0) legs.add(new Amount(gift, GIFT));
    if (coins > 0) legs.add(new Amount(coins, COIN));
    return legs;
  }

  private static String sign(
      Person payer, Registered shop, String reference, long price, List<Amount> legs, long earn) {
    return payer.sign(
        "pay",
        Operations.pay(
            shop.merchant().account(),
            new Amount(price, COIN),
            legs,
            earn == 0 ? Optional.empty() : Optional.of(new Grant(EARN, earn)),
            reference));
  }

  private static Answer send(
      Person payer, Registered shop, String reference, long price, List<Amount> legs, long earn) {
    return submit(sign(payer, shop, reference, price, legs, earn));
  }

  private static Answer submit(String transaction) {
    return town.anyone().post("/v1/transactions", new JsonObject().put("transaction", transaction));
  }

  private static String newIntent(Registered shop, long amount) {
    return town.shop(shop)
        .post("/v1/intents", new JsonObject().put("amount", amount).put("asset", "S-COIN"))
        .expect(201)
        .json()
        .getString("id");
  }

  private static JsonObject intent(Registered shop, String id) {
    return town.shop(shop).get("/v1/intents/" + id).expect(200).json();
  }

  private static Answer refund(Registered shop, String intent, long amount) {
    return town.shop(shop)
        .post("/v1/intents/" + intent + "/refunds", new JsonObject().put("amount", amount));
  }

  private static List<JsonObject> events(Registered shop) {
    return town
        .shop(shop)
        .get("/v1/merchant/events")
        .expect(200)
        .json()
        .getJsonArray("items")
        .stream()
        .map(JsonObject.class::cast)
        .toList();
  }

  private static List<String> legsOf(JsonObject view) {
    return view.getJsonArray("legs").stream()
        .map(JsonObject.class::cast)
        .map(
            leg ->
                leg.getString("asset")
                    + " "
                    + leg.getLong("amount")
                    + "-"
                    + leg.getLong("refunded"))
        .toList();
  }

  private static long balance(Person person, AssetCode asset) {
    return of(person.account(), asset);
  }

  private static long of(AccountId account, AssetCode asset) {
    return Town.await(
        town.engine().ask(ledger -> ledger.view().balance(account, asset).available()));
  }
}
