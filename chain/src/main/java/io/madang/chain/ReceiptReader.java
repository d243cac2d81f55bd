package io.madang.chain;

import io.madang.chain.json.CanonicalJson;
import io.madang.chain.json.JsonArray;
import io.madang.chain.json.JsonNumber;
import io.madang.chain.json.JsonObject;
import io.madang.chain.json.JsonText;
import io.madang.chain.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads receipts strictly: each has one form, so any other text is refused. */
final class ReceiptReader {
  private static final int MEMBERS = 6;
  private static final int INCLUSION_MEMBERS = 5;
  private static final int OUTCOME_MEMBERS = 5;

  private ReceiptReader() {}

  static ReceiptReading read(byte[] text) {
    return switch (CanonicalJson.read(text, Receipt.MAX_BYTES)) {
      case CanonicalJson.Result.Refused refused -> new ReceiptReading.Refused(refused.sentence());
      case CanonicalJson.Result.Read(var value) -> receipt(value);
    };
  }

  private static ReceiptReading receipt(JsonValue value) {
    if (!(value instanceof JsonObject json)
        || json.members().size() != MEMBERS
        || !(json.members().get("chain") instanceof JsonText(var chain))
        || !(json.members().get("format") instanceof JsonText(var format))
        || !(json.members().get("inclusion") instanceof JsonObject inclusionJson)
        || !(json.members().get("outcome") instanceof JsonObject outcomeJson)
        || !(json.members().get("transaction") instanceof JsonText(var transaction))
        || !(json.members().get("version") instanceof JsonNumber(var version))) {
      return new ReceiptReading.Refused("The members are not those of a receipt.");
    }
    if (!format.equals(Receipt.FORMAT) || version != Receipt.VERSION) {
      return new ReceiptReading.Refused("Not a receipt of version 1.");
    }
    var inclusion = inclusion(inclusionJson);
    if (inclusion.isEmpty()) {
      return new ReceiptReading.Refused("The part 'inclusion' is not well-formed.");
    }
    var outcome = outcome(outcomeJson);
    if (outcome.isEmpty()) {
      return new ReceiptReading.Refused("The part 'outcome' is not well-formed.");
    }
    return new ReceiptReading.Read(new Receipt(chain, transaction, inclusion.get(), outcome.get()));
  }

  private static Optional<Receipt.Inclusion> inclusion(JsonObject json) {
    var members = json.members();
    var header = binary(members.get("header"), Header::decode);
    var commit = binary(members.get("commit"), Commit::decode);
    var aunts = aunts(members.get("path"));
    if (members.size() != INCLUSION_MEMBERS
        || !(members.get("index") instanceof JsonNumber(var index))
        || !(members.get("total") instanceof JsonNumber(var total))
        || header.isEmpty()
        || commit.isEmpty()
        || aunts.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Receipt.Inclusion(
            header.get(), commit.get(), new MerklePath(index, total, aunts.get())));
  }

  private static Optional<Receipt.Outcome> outcome(JsonObject json) {
    var members = json.members();
    var header = binary(members.get("header"), Header::decode);
    var commit = binary(members.get("commit"), Commit::decode);
    var data = binary(members.get("data"), Optional::of);
    var aunts = aunts(members.get("path"));
    if (members.size() != OUTCOME_MEMBERS
        || !(members.get("code") instanceof JsonNumber(var code))
        || code < 0
        || code > Integer.MAX_VALUE
        || header.isEmpty()
        || commit.isEmpty()
        || data.isEmpty()
        || aunts.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Receipt.Outcome(
            header.get(),
            commit.get(),
            new TransactionResult((int) code, data.get()),
            aunts.get()));
  }

  private static <T> Optional<T> binary(
      @Nullable JsonValue value, Function<byte[], Optional<T>> decoder) {
    return value instanceof JsonText(var text)
        ? Base64Url.decode(text).flatMap(decoder)
        : Optional.empty();
  }

  private static Optional<List<Hash>> aunts(@Nullable JsonValue value) {
    if (!(value instanceof JsonArray(var items))) {
      return Optional.empty();
    }
    List<Hash> aunts = new ArrayList<>();
    for (var item : items) {
      var bytes = binary(item, Optional::of);
      if (bytes.isEmpty() || bytes.get().length != Hash.LENGTH) {
        return Optional.empty();
      }
      aunts.add(Hash.of(bytes.get()));
    }
    return Optional.of(aunts);
  }
}
