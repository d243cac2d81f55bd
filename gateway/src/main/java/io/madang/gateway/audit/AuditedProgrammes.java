package io.madang.gateway.audit;

import static io.madang.gateway.audit.AuditException.present;
import static io.madang.gateway.audit.AuditException.require;

import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Programmes that give from a fund: who may have how much of them (formats, section 15). */
final class AuditedProgrammes {
  private static final long DAY_MILLIS = 24L * 60 * 60 * 1_000;

  /** What a person had in the last period in which there was something. */
  private record Share(long period, long given) {}

  private static final class Programme {
    final JsonObject first;
    final TreeMap<Long, JsonObject> terms = new TreeMap<>();
    final Map<String, Share> shares = new HashMap<>();
    long given;

    Programme(JsonObject first) {
      this.first = first;
    }
  }

  /** A programme that gives: from whom, and what. */
  record Gift(String code, String fund, String asset, JsonObject terms, long left) {}

  private final long dayOffsetMillis;
  private final Map<String, Programme> programmes = new HashMap<>();

  AuditedProgrammes(long dayOffsetMillis) {
    this.dayOffsetMillis = dayOffsetMillis;
  }

  /** Takes new terms and tells how many there have been. */
  int set(long timeMillis, JsonObject words) {
    var programme = programmes.computeIfAbsent(words.getString("code"), _ -> new Programme(words));
    long from = words.getLong("fromMillis");
    var price = words.getJsonObject("price");
    require(
        price == null || !words.getString("asset").equals(price.getString("asset")),
        "something is sold for itself");
    for (var member : new String[] {"kind", "fund", "asset"}) {
      require(
          words.getString(member).equals(programme.first.getString(member)),
          "a programme became another one");
    }
    require(
        from >= timeMillis && (programme.terms.isEmpty() || from > programme.terms.lastKey()),
        "the terms of a programme began too early");
    programme.terms.put(from, words);
    return programme.terms.size();
  }

  /** The programme in force, of one of these kinds. */
  Gift open(String code, long timeMillis, String... kinds) {
    var programme = present(programmes.get(code), "there is no programme " + code);
    var entry = programme.terms.floorEntry(timeMillis);
    var terms = present(entry, "the programme " + code + " had not begun").getValue();
    require(timeMillis < terms.getLong("untilMillis"), "the programme " + code + " was over");
    boolean fits = false;
    for (var kind : kinds) {
      fits |= kind.equals(terms.getString("kind"));
    }
    require(fits, "the programme " + code + " is of another kind");
    return new Gift(
        code,
        terms.getString("fund"),
        terms.getString("asset"),
        terms,
        terms.getLong("total") - programme.given);
  }

  /** The rate's share of an amount, rounded down. */
  static long share(Gift gift, long of) {
    return BigInteger.valueOf(of)
        .multiply(BigInteger.valueOf(gift.terms().getLong("rate")))
        .divide(BigInteger.valueOf(10_000))
        .longValueExact();
  }

  /** Counts what a person is given; at most what the rule says for this. */
  void give(Gift gift, String person, long amount, long most, long timeMillis) {
    var programme = present(programmes.get(gift.code()), "given");
    long days = gift.terms().getLong("periodDays", 0L);
    long today = Math.floorDiv(timeMillis + dayOffsetMillis, DAY_MILLIS);
    long period = days == 0 ? 0 : Math.floorDiv(today, days);
    var before = programme.shares.get(person);
    long had = before == null || before.period() != period ? 0 : before.given();
    require(amount > 0 && amount <= most, "a programme gave more than its rule says");
    require(
        had + amount <= gift.terms().getLong("perPerson"), "a programme gave one person too much");
    programme.given = Math.addExact(programme.given, amount);
    require(programme.given <= gift.terms().getLong("total"), "a programme gave more than it has");
    programme.shares.put(person, new Share(period, had + amount));
  }
}
