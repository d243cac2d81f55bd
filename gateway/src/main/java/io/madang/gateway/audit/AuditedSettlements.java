package io.madang.gateway.audit;

import static io.madang.gateway.audit.AuditException.present;
import static io.madang.gateway.audit.AuditException.require;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every merchant's days, added up once more from the postings themselves: a settlement must cover
 * exactly those that the chain holds, which its approvers alone vouched for until now.
 */
final class AuditedSettlements {
  private static final long DAY_MILLIS = 24L * 60 * 60 * 1_000;

  private record Posting(long day, byte[] leaf, long change) {}

  /** Where a merchant stands in one asset. */
  private static final class Standing {
    final List<Posting> postings = new ArrayList<>();
    long day = Long.MIN_VALUE;
    long attempt;
    boolean voided;
    long carried;
  }

  /** A settlement that may still be voided. */
  private record Settled(Standing standing, JsonObject words, String payoutId, String data) {}

  /** What a settlement or a void does to the books. */
  record Effect(String merchant, String asset, long payout, long charges) {}

  private final String chain;
  private final long dayOffsetMillis;
  private final Map<String, Standing> standings = new HashMap<>();
  private final Map<String, Settled> settled = new HashMap<>();

  AuditedSettlements(String chain, long dayOffsetMillis) {
    this.chain = chain;
    this.dayOffsetMillis = dayOffsetMillis;
  }

  /** Begins to keep an account's postings, if its kind is settled. */
  void open(String account, String kind, Iterable<String> assets) {
    if (kind.equals("merchant") || kind.equals("machine")) {
      assets.forEach(asset -> standings.put(name(account, asset), new Standing()));
    }
  }

  /** What an account has in an asset has changed. */
  void post(String position, long timeMillis, String account, String asset, long change) {
    var standing = standings.get(name(account, asset));
    if (standing != null) {
      var leaf = (position + " " + change).getBytes(StandardCharsets.US_ASCII);
      standing.postings.add(new Posting(day(timeMillis), leaf, change));
    }
  }

  /** Checks a settlement against the postings of its day. */
  Effect settle(long timeMillis, JsonObject words) {
    var merchant = words.getString("merchant");
    var asset = words.getString("asset");
    var standing = present(standings.get(name(merchant, asset)), merchant + " is no merchant");
    long day = words.getLong("day");
    long attempt = words.getLong("attempt");
    require(day < day(timeMillis), "a day was settled before it was over");
    boolean first = day > standing.day;
    require(
        first
            ? attempt == 1
            : day == standing.day && standing.voided && attempt == standing.attempt + 1,
        "a settlement is not the next one of its merchant");
    var covered = first ? take(standing, day) : List.<Posting>of();
    long net = covered.stream().mapToLong(Posting::change).reduce(0, Math::addExact);
    var root = Hashes.merkleRoot(covered.stream().map(Posting::leaf).toList());
    require(
        words.getLong("count") == covered.size()
            && words.getLong("net") == net
            && words.getString("root").equals(base64url(root)),
        "a settlement does not cover exactly the postings of its day");
    long payout = words.getLong("payout");
    long charges = words.getLong("charges");
    require(
        standing.carried + net == charges + payout + words.getLong("carried"),
        "the sums of a settlement do not follow from the last one");
    standing.day = day;
    standing.attempt = attempt;
    standing.voided = false;
    standing.carried = words.getLong("carried");
    return new Effect(merchant, asset, payout, charges);
  }

  /** Remembers what a settlement came to, for the case that its payout comes back. */
  void record(String position, JsonObject words, String data) {
    var standing = standings.get(name(words.getString("merchant"), words.getString("asset")));
    settled.put(position, new Settled(present(standing, "settled"), words, payoutId(words), data));
  }

  /** Checks the voiding of a payout, which the proof names. */
  Effect voidPayout(JsonObject proof, @Nullable String payoutId) {
    var position = proof.getLong("height") + "." + proof.getLong("index");
    var found = present(settled.remove(position), "there was no such settlement to be voided");
    require(
        found.data().equals(proof.getJsonObject("outcome").encode()),
        "the settlement was another one");
    require(found.payoutId().equals(payoutId), "the approvals are for another payout");
    var words = found.words();
    var standing = found.standing();
    standing.voided |=
        words.getLong("day") == standing.day && words.getLong("attempt") == standing.attempt;
    standing.carried = Math.addExact(standing.carried, words.getLong("payout"));
    return new Effect(
        words.getString("merchant"), words.getString("asset"), words.getLong("payout"), 0);
  }

  /** The name of the payout that a settlement makes (formats, section 10). */
  String payoutId(JsonObject words) {
    var text =
        String.join(
            "\0",
            "madang/payout/v1",
            chain,
            words.getString("asset"),
            words.getString("merchant"),
            words.getLong("day").toString(),
            words.getLong("attempt").toString());
    var hash = Hashes.sha256(text.getBytes(StandardCharsets.US_ASCII));
    return HexFormat.of().formatHex(hash, 0, 16);
  }

  /** The postings of a day; those of it and of the days before are not needed again. */
  private static List<Posting> take(Standing standing, long day) {
    var covered = standing.postings.stream().filter(posting -> posting.day() == day).toList();
    standing.postings.removeIf(posting -> posting.day() <= day);
    return covered;
  }

  private long day(long timeMillis) {
    return Math.floorDiv(timeMillis + dayOffsetMillis, DAY_MILLIS);
  }

  private static String name(String account, String asset) {
    return account + " " + asset;
  }

  private static String base64url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
