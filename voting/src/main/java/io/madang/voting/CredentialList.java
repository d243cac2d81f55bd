package io.madang.voting;

import io.madang.voting.group.Element;
import io.madang.voting.group.Group;
import io.madang.voting.record.Digest;
import io.madang.voting.record.Json;
import io.madang.voting.record.Reading;
import io.madang.voting.record.RecordReader;
import io.madang.voting.record.Refusal;
import io.madang.voting.record.RefusalReason;
import io.madang.voting.record.RefusedException;
import io.madang.voting.record.Weights;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.LongStream;

/**
 * The public credentials of an election: who may vote, and with what weight, without saying who it
 * is. Fixed before the election opens.
 */
public final class CredentialList {
  /** Longest record, in bytes: some 600,000 voters of the larger group. */
  public static final int MAX_BYTES = 400 << 20;

  private static final int MAX_VOTERS = 10_000_000;
  private static final int MAX_ENTRY = 700;

  private final Group group;
  private final List<String> texts;
  private final long[] weights;

  /** Looked up only, never walked through: its order differs between machines. */
  private final Map<String, Integer> indexes;

  private final String fingerprint;
  private final long totalWeight;

  private CredentialList(
      Group group,
      List<String> texts,
      long[] weights,
      Map<String, Integer> indexes,
      String fingerprint) {
    this.group = group;
    this.texts = texts;
    this.weights = weights;
    this.indexes = indexes;
    this.totalWeight = Arrays.stream(weights).sum();
    this.fingerprint = fingerprint;
  }

  /** A voter's place in the list. */
  public record Entry(Element credential, long weight) {
    public Entry {
      if (weight < 1 || weight > Weights.MAX) {
        throw new IllegalArgumentException("a weight of " + weight);
      }
    }

    private String text() {
      return weight == 1 ? credential.text() : credential.text() + "," + weight;
    }
  }

  /** The record of some voters, sorted by credential: an order that says nothing about them. */
  public static byte[] toRecord(List<Entry> entries) {
    var texts = entries.stream().map(Entry::text).sorted().toList();
    return Json.array(texts, Json::string).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads the list. Whether each credential is in the group is asked by {@link #checkMember}, one
   * by one, since it costs a power each. Never throws.
   */
  public static Reading<CredentialList> read(byte[] bytes, Group group) {
    return Reading.of(
        () ->
            RecordReader.read(
                bytes, MAX_BYTES, reader -> read(reader, group, Digest.base64(bytes))));
  }

  private static CredentialList read(RecordReader reader, Group group, String fingerprint) {
    var indexes = new HashMap<String, Integer>();
    var weights = LongStream.builder();
    var total = new long[1];
    var texts =
        reader.array(
            MAX_VOTERS,
            index -> {
              var entry = reader.plain(MAX_ENTRY);
              int comma = entry.indexOf(',');
              var text = comma < 0 ? entry : entry.substring(0, comma);
              long weight = comma < 0 ? 1 : weight(reader, entry.substring(comma + 1));
              requireForm(reader, group, text);
              if (indexes.put(text, index) != null) {
                throw reader.refused(RefusalReason.REPEATED_CREDENTIAL);
              }
              weights.add(weight);
              total[0] += weight;
              if (total[0] > Weights.MAX) {
                throw reader.refused(RefusalReason.OUT_OF_RANGE);
              }
              return text;
            });
    return new CredentialList(group, texts, weights.build().toArray(), indexes, fingerprint);
  }

  private static long weight(RecordReader outer, String digits) {
    try {
      return RecordReader.read(digits, reader -> reader.number(1, Weights.MAX));
    } catch (RefusedException refused) {
      throw outer.refused(refused.refusal().reason());
    }
  }

  private static void requireForm(RecordReader reader, Group group, String text) {
    if (group.parse(text) instanceof Group.Parsing.Malformed) {
      throw reader.refused(RefusalReason.NOT_IN_THE_GROUP);
    }
  }

  /** Asks whether the credential at an index is in the group and not 1. Empty when it is. */
  public Optional<Refusal> checkMember(int index) {
    // Anybody could sign for the neutral element.
    return group.decode(texts.get(index)) instanceof Group.Decoding.Member(var element)
            && !element.isOne()
        ? Optional.empty()
        : Optional.of(new Refusal(RefusalReason.NOT_IN_THE_GROUP, "[" + index + "]"));
  }

  /** How many voters there are. */
  public int size() {
    return texts.size();
  }

  /** The place of a credential in the list, if it is there. */
  public OptionalInt index(String credential) {
    var index = indexes.get(credential);
    return index == null ? OptionalInt.empty() : OptionalInt.of(index);
  }

  /** The weight of the credential at an index. */
  public long weight(int index) {
    return weights[index];
  }

  /** The sum of all weights. */
  public long totalWeight() {
    return totalWeight;
  }

  /** SHA-256 of the record's bytes: 43 characters of Base64. */
  public String fingerprint() {
    return fingerprint;
  }
}
