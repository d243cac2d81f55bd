package io.madang.gateway.election;

import io.madang.voting.group.Group;
import io.madang.voting.record.Reading;
import io.madang.voting.record.RecordReader;
import io.madang.voting.trustee.KeyCeremony;
import io.madang.voting.trustee.TrusteeKey;
import io.madang.voting.trustee.Trustees;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The key ceremony of one election as far as it has come: what each trustee has said, all of it
 * checked before. The gateway only carries messages; it sees no secret.
 *
 * @param threshold empty when every trustee is needed
 * @param said by trustee, in the order of their places
 */
record Ceremony(Group group, Optional<Integer> threshold, List<Map<CeremonyStep, String>> said) {

  private static final int MAX_KEY = 10_000;

  /** A message to a trustee; those from one trustee say from whom. */
  record Received(CeremonyStep step, Optional<Integer> from, String message) {}

  int count() {
    return said.size();
  }

  /** What a trustee has to do next, or whether it waits or has done. */
  CeremonyStep next(int index) {
    var own = said.get(index - 1);
    if (threshold.isEmpty()) {
      return own.containsKey(CeremonyStep.KEY) ? CeremonyStep.DONE : CeremonyStep.KEY;
    }
    if (!own.containsKey(CeremonyStep.CERTIFICATE)) return CeremonyStep.CERTIFICATE;
    if (!have(CeremonyStep.CERTIFICATE)) return CeremonyStep.WAIT;
    if (!own.containsKey(CeremonyStep.POLYNOMIAL)) return CeremonyStep.POLYNOMIAL;
    if (!have(CeremonyStep.POLYNOMIAL)) return CeremonyStep.WAIT;
    return own.containsKey(CeremonyStep.VOUCHER) ? CeremonyStep.DONE : CeremonyStep.VOUCHER;
  }

  /** Whether all have done their part. */
  boolean isComplete() {
    return have(threshold.isEmpty() ? CeremonyStep.KEY : CeremonyStep.VOUCHER);
  }

  private boolean have(CeremonyStep step) {
    return said.stream().allMatch(one -> one.containsKey(step));
  }

  private List<String> all(CeremonyStep step) {
    return said.stream().map(one -> Objects.requireNonNull(one.get(step))).toList();
  }

  /** Checks a message that is a trustee's to send now. Takes a while. */
  Reading<String> check(int index, CeremonyStep step, String message) {
    return switch (step) {
      case CERTIFICATE ->
          KeyCeremony.checkCertificate(group, count(), threshold.orElseThrow(), index, message);
      case POLYNOMIAL -> begun().checkPolynomial(index, message);
      case VOUCHER -> begun().checkAnswer(index, all(CeremonyStep.POLYNOMIAL), message);
      case KEY -> key(message).map(TrusteeKey::json);
      case WAIT, DONE -> throw new IllegalArgumentException("nothing to say");
    };
  }

  private Reading<TrusteeKey> key(String message) {
    return Reading.of(
        () ->
            RecordReader.read(
                message.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                MAX_KEY,
                reader -> TrusteeKey.read(reader, group)));
  }

  private KeyCeremony begun() {
    return kept(KeyCeremony.begin(group, all(CeremonyStep.CERTIFICATE)));
  }

  /** What waits for a trustee: once all are there, all certificates, and later its shares. */
  List<Received> inbox(int index) {
    if (threshold.isEmpty() || !have(CeremonyStep.CERTIFICATE)) return List.of();
    var inbox = new java.util.ArrayList<Received>();
    for (int i = 0; i < count(); i++) {
      var certificate = all(CeremonyStep.CERTIFICATE).get(i);
      inbox.add(new Received(CeremonyStep.CERTIFICATE, Optional.of(i + 1), certificate));
    }
    if (have(CeremonyStep.POLYNOMIAL)) {
      var routed = kept(begun().route(all(CeremonyStep.POLYNOMIAL)));
      inbox.add(new Received(CeremonyStep.POLYNOMIAL, Optional.empty(), routed.get(index - 1)));
    }
    return inbox;
  }

  /** The trustees' record, once the ceremony is complete. */
  byte[] record() {
    if (threshold.isEmpty()) {
      return Trustees.toRecord(
          all(CeremonyStep.KEY).stream().map(text -> kept(key(text))).toList(), List.of());
    }
    var outcome = begun().finish(all(CeremonyStep.POLYNOMIAL), all(CeremonyStep.VOUCHER));
    return Trustees.toRecord(List.of(), List.of(kept(outcome)));
  }

  /** Each message was accepted when it came; together they must be, too. */
  private static <T> T kept(Reading<T> reading) {
    return switch (reading) {
      case Reading.Accepted<T>(var value) -> value;
      case Reading.Refused<T>(var refusal) ->
          throw new IllegalStateException("a kept message is refused: " + refusal);
    };
  }

  /** What a trustee has said, from its row. */
  static Map<CeremonyStep, String> said(io.vertx.sqlclient.Row row) {
    var said = new EnumMap<CeremonyStep, String>(CeremonyStep.class);
    for (var step :
        List.of(
            CeremonyStep.CERTIFICATE,
            CeremonyStep.POLYNOMIAL,
            CeremonyStep.VOUCHER,
            CeremonyStep.KEY)) {
      var text = row.getString(step.toString());
      if (text != null) said.put(step, text);
    }
    return said;
  }
}
