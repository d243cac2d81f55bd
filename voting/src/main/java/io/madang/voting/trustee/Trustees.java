package io.madang.voting.trustee;

import io.madang.voting.group.Element;
import io.madang.voting.group.Group;
import io.madang.voting.record.Json;
import io.madang.voting.record.Reading;
import io.madang.voting.record.RecordReader;
import io.madang.voting.record.Refusal;
import io.madang.voting.record.RefusalReason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An election's trustees, every key, proof and signature checked. They are numbered from 1: each
 * single one and each member of a threshold group, in the order of the record.
 */
public final class Trustees {
  /** Longest record, in bytes. */
  public static final int MAX_BYTES = 8 << 20;

  private static final int MAX_PARTIES = 100;

  private final Group group;
  private final List<TrusteeParty> parties;
  private final List<Element> keys;

  private Trustees(Group group, List<TrusteeParty> parties) {
    this.group = group;
    this.parties = parties;
    keys = parties.stream().flatMap(party -> party.members().stream()).toList();
  }

  /**
   * The record of single trustees and of threshold groups, the single ones first.
   *
   * @param thresholdGroups as {@link KeyCeremony#finish} gives them
   */
  public static byte[] toRecord(List<TrusteeKey> single, List<String> thresholdGroups) {
    return Stream.concat(
            single.stream().map(key -> new SingleTrustee(key).recordJson()),
            thresholdGroups.stream().map(json -> "[\"Pedersen\"," + json + "]"))
        .collect(Collectors.joining(",", "[", "]"))
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Reads the trustees record and checks all in it. Never throws. */
  public static Reading<Trustees> read(byte[] bytes, Group group) {
    return Reading.of(() -> RecordReader.read(bytes, MAX_BYTES, reader -> read(reader, group)));
  }

  private static Trustees read(RecordReader reader, Group group) {
    var parties = reader.array(MAX_PARTIES, _ -> party(reader, group));
    if (parties.isEmpty()) {
      throw reader.refused(RefusalReason.WRONG_COUNT);
    }
    return new Trustees(group, parties);
  }

  private static TrusteeParty party(RecordReader reader, Group group) {
    TrusteeParty party;
    if (reader.skip("[\"Single\",")) {
      party = new SingleTrustee(TrusteeKey.read(reader, group));
    } else {
      reader.literal("[\"Pedersen\",");
      party = ThresholdGroup.read(reader, group);
    }
    reader.literal("]");
    return party;
  }

  /** The key under which ballots are encrypted: the product of all parts. */
  public Element electionKey() {
    return parties.stream().map(TrusteeParty::electionKeyPart).reduce(group.one(), Element::times);
  }

  /** How many trustees there are. */
  public int count() {
    return keys.size();
  }

  /** The verification key of trustee {@code owner}, if there is one of that number. */
  public Optional<Element> verificationKey(int owner) {
    return owner >= 1 && owner <= keys.size() ? Optional.of(keys.get(owner - 1)) : Optional.empty();
  }

  /** Whether these trustees together can decrypt. */
  public boolean suffice(NavigableMap<Integer, List<List<Element>>> factors) {
    return parts(factors).isPresent();
  }

  /**
   * Combines decryption factors to those that the whole key would give.
   *
   * @param factors of each trustee that has decrypted, by its number; checked before
   */
  public Reading<List<List<Element>>> combine(NavigableMap<Integer, List<List<Element>>> factors) {
    return parts(factors)
        .<Reading<List<List<Element>>>>map(parts -> new Reading.Accepted<>(product(parts, factors)))
        .orElseGet(() -> new Reading.Refused<>(Refusal.of(RefusalReason.NOT_ENOUGH_TRUSTEES)));
  }

  /** The trustees that are needed, by number, with the exponents of their factors. */
  private Optional<List<TrusteeParty.Exponent>> parts(NavigableMap<Integer, ?> factors) {
    var all = new ArrayList<TrusteeParty.Exponent>();
    int before = 0;
    for (var party : parties) {
      var owners = new TreeMap<Integer, Object>();
      for (int member = 1; member <= party.members().size(); member++) {
        if (factors.containsKey(before + member)) {
          owners.put(member, true);
        }
      }
      var exponents = party.exponents(group, owners);
      if (exponents.isEmpty()) {
        return Optional.empty();
      }
      for (var exponent : exponents.get()) {
        all.add(new TrusteeParty.Exponent(before + exponent.member(), exponent.exponent()));
      }
      before += party.members().size();
    }
    return Optional.of(all);
  }

  private List<List<Element>> product(
      List<TrusteeParty.Exponent> parts, NavigableMap<Integer, List<List<Element>>> factors) {
    var result = new ArrayList<List<Element>>();
    var shape = factors.firstEntry().getValue();
    for (int question = 0; question < shape.size(); question++) {
      var row = new ArrayList<Element>();
      for (int choice = 0; choice < shape.get(question).size(); choice++) {
        var product = group.one();
        for (var part : parts) {
          var factor = Objects.requireNonNull(factors.get(part.member())).get(question).get(choice);
          product = product.times(factor.power(part.exponent()));
        }
        row.add(product);
      }
      result.add(row);
    }
    return result;
  }

  /** The record that {@link #read} would accept. */
  public byte[] toRecord() {
    return Json.array(parties, TrusteeParty::recordJson).getBytes(StandardCharsets.UTF_8);
  }
}
