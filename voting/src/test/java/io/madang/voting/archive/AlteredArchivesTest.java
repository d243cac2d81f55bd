package io.madang.voting.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.Seeds;
import io.madang.voting.Fixtures;
import io.madang.voting.Question;
import io.madang.voting.SampleElection;
import io.madang.voting.board.Checks;
import io.madang.voting.group.Group;
import io.madang.voting.record.RefusalReason;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is changed in a valid archive, the verifier refuses it and names the place. */
class AlteredArchivesTest {
  /** In b-threshold-2048: alice's first ballot. */
  private static final int REPLACED_BALLOT = 1;

  private static final String FIXTURE = "a-simple-2048/ohoPUBHfoamCd3.bel";

  /** Reasons that the hash chain alone gives. */
  private static final Set<RefusalReason> CHAIN =
      EnumSet.of(
          RefusalReason.WRONG_HASH,
          RefusalReason.WRONG_HEADER,
          RefusalReason.BROKEN_CHAIN,
          RefusalReason.MISPLACED_RECORD,
          RefusalReason.TRUNCATED);

  /** The value of a JSON field: a string, or a number or word. */
  private static final Pattern LEAF =
      Pattern.compile("(?<=[:\\[,])(\"(?:[^\"\\\\]|\\\\.)*\"|[0-9]+|true)(?=[,\\]}])");

  private static Verdict verify(byte[] archive) {
    return ArchiveVerifier.verify(ArchiveSource.of(archive), Checks.inOrder(), Progress.silent());
  }

  private static Verdict.Invalid refused(byte[] archive, String what) {
    var verdict = verify(archive);
    assertThat(verdict).as(what).isInstanceOf(Verdict.Invalid.class);
    return (Verdict.Invalid) verdict;
  }

  /** The data records that hold something of their own, in order, with the kind of their event. */
  record Part(EventType type, int event, List<byte[]> contents) {}

  static List<Part> parts(byte[] archive) {
    var reader = new ArchiveReader(ArchiveSource.of(archive));
    reader.begin();
    var parts = new ArrayList<Part>();
    for (var read = reader.next(); read.isPresent(); read = reader.next()) {
      parts.add(
          new Part(
              read.get().event().type(),
              parts.size(),
              read.get().data().stream().map(ArchiveReader.Content::bytes).toList()));
    }
    return parts;
  }

  /** An archive of these events, every hash right again. */
  static byte[] rebuilt(List<Part> parts) {
    var writer = ArchiveWriter.create(1_795_287_931);
    var out = new ByteArrayOutputStream();
    out.writeBytes(writer.begin());
    for (var part : parts) {
      var data = part.contents();
      out.writeBytes(
          switch (part.type()) {
            case SETUP -> writer.setup(data.get(0), data.get(1), data.get(2));
            case BALLOT -> writer.ballot(data.getFirst());
            case END_BALLOTS -> writer.endBallots();
            case ENCRYPTED_TALLY -> {
              var payload = Payloads.Tally.read(data.getLast());
              yield writer.encryptedTally(data.getFirst(), payload.ballots(), payload.weight());
            }
            case PARTIAL_DECRYPTION ->
                writer.partialDecryption(
                    Payloads.Owned.read(data.getLast()).owner(), data.getFirst());
            case RESULT -> writer.result(data.getFirst());
          });
    }
    return out.toByteArray();
  }

  private static List<Part> with(List<Part> parts, int event, int record, byte[] content) {
    var changed = new ArrayList<>(parts);
    var contents = new ArrayList<>(parts.get(event).contents());
    contents.set(record, content);
    changed.set(event, new Part(parts.get(event).type(), event, contents));
    return changed;
  }

  @Test
  void each_leaf_of_each_record_counts_even_when_all_hashes_fit_again() {
    var parts = parts(Fixtures.bytes(FIXTURE));
    assertThat(verify(rebuilt(parts))).isInstanceOf(Verdict.Valid.class);
    int tried = 0;
    for (int event : List.of(0, 1, 4, 6, 7, 8)) {
      int records = event == 0 ? 3 : 1;
      for (int record = 0; record < records; record++) {
        var text = new String(parts.get(event).contents().get(record), StandardCharsets.UTF_8);
        var leaves = LEAF.matcher(text).results().toList();
        for (var leaf : leaves) {
          var altered =
              text.substring(0, leaf.start()) + altered(leaf.group()) + text.substring(leaf.end());
          var what = parts.get(event).type() + " " + record + " at " + leaf.start();
          var verdict =
              refused(
                  rebuilt(with(parts, event, record, altered.getBytes(StandardCharsets.UTF_8))),
                  what);
          assertThat(CHAIN).as(what).doesNotContain(verdict.refusal().reason());
          tried++;
        }
      }
    }
    assertThat(tried).isEqualTo(74);
  }

  /** Another value of the same kind. */
  private static String altered(String leaf) {
    int middle = leaf.length() / 2;
    char c = leaf.charAt(middle);
    char other = c == '1' ? '2' : c >= '0' && c <= '9' ? '1' : c == 'e' ? 'f' : 'e';
    return leaf.substring(0, middle) + other + leaf.substring(middle + 1);
  }

  @Test
  void each_byte_of_a_header_counts() {
    byte[] archive = Fixtures.bytes(FIXTURE);
    for (int i = 0; i < ArchiveHeader.BLOCK; i++) {
      byte[] altered = archive.clone();
      altered[i] ^= 1;
      var verdict = refused(altered, "byte " + i);
      assertThat(verdict.record()).isEqualTo(1);
      assertThat(verdict.refusal().reason()).isIn(CHAIN);
    }
  }

  @Test
  void each_event_that_is_dropped_is_missed() {
    var parts = parts(Fixtures.bytes("b-threshold-2048/yVsLH1NxE8Wz2H.bel"));
    // The result may be still to come; without anything else before it the archive is wrong.
    for (int i = 0; i < parts.size() - 1; i++) {
      var fewer = new ArrayList<>(parts);
      var dropped = fewer.remove(i);
      if (i == REPLACED_BALLOT) {
        // Nobody misses it but whoever has an earlier copy.
        assertThat(verify(rebuilt(fewer))).isInstanceOf(Verdict.Valid.class);
        continue;
      }
      var reason = refused(rebuilt(fewer), "without " + dropped.type()).refusal().reason();
      assertThat(reason)
          .as("without event " + i)
          .isEqualTo(
              switch (dropped.type()) {
                case SETUP, END_BALLOTS, ENCRYPTED_TALLY -> RefusalReason.WRONG_ORDER;
                case BALLOT -> RefusalReason.WRONG_ENCRYPTED_TALLY;
                case PARTIAL_DECRYPTION -> RefusalReason.NOT_ENOUGH_TRUSTEES;
                case RESULT -> throw new AssertionError("not dropped");
              });
    }
  }

  @Test
  void each_event_that_is_repeated_is_refused() {
    var parts = parts(Fixtures.bytes(FIXTURE));
    for (int i = 0; i < parts.size(); i++) {
      var more = new ArrayList<>(parts);
      more.add(i, parts.get(i));
      var reason = refused(rebuilt(more), "twice event " + i).refusal().reason();
      assertThat(reason)
          .isEqualTo(
              switch (parts.get(i).type()) {
                case BALLOT -> RefusalReason.REPEATED_BALLOT;
                case PARTIAL_DECRYPTION -> RefusalReason.REPEATED_TRUSTEE;
                case SETUP, END_BALLOTS, ENCRYPTED_TALLY, RESULT -> RefusalReason.WRONG_ORDER;
              });
    }
  }

  /** Threats T2: belenios-tool 2.0 accepts this, and counts the old vote again. */
  @Test
  void t2_a_replaced_ballot_that_is_posted_again_is_refused() {
    var election = small(Seeds.random(1));
    byte[] first = election.cast(0, List.of(List.of(1, 0)));
    election.cast(0, List.of(List.of(0, 1)));
    byte[] replayed = joined(election.archive(), election.writer().ballot(first));
    var verdict = refused(replayed, "the old ballot again");
    assertThat(verdict.refusal().reason()).isEqualTo(RefusalReason.REPEATED_BALLOT);
    assertThat(verdict.subject()).startsWith("ballot ");
    assertThat(verdict.sentence()).contains("repeated-ballot").contains("event 3");
  }

  /** Threats T1: only an earlier copy shows that the newest ballots are gone. */
  @Test
  void t1_an_archive_that_lost_its_last_ballot_is_no_extension_of_the_earlier_one() {
    var election = small(Seeds.random(2));
    var begun = ArchiveSource.of(election.archive());
    election.cast(0, List.of(List.of(1, 0)));
    var earlier = ArchiveSource.of(election.archive());
    election.cast(1, List.of(List.of(1, 0)));
    var later = ArchiveSource.of(election.archive());

    assertThat(verify(election.archive())).isInstanceOf(Verdict.Valid.class);
    assertThat(ArchiveVerifier.isExtension(begun, later)).isTrue();
    assertThat(ArchiveVerifier.isExtension(earlier, later)).isTrue();
    assertThat(ArchiveVerifier.isExtension(later, earlier)).isFalse();
    byte[] other = election.archive();
    other[600] ^= 1;
    assertThat(ArchiveVerifier.isExtension(earlier, ArchiveSource.of(other))).isFalse();
  }

  @ParameterizedTest
  @MethodSource("io.madang.chain.Seeds#many")
  void t4_eighty_random_corruptions_are_each_refused_and_named(long seed) {
    var random = Seeds.random(seed);
    var election = small(random);
    election.cast(0, List.of(List.of(1, 0)));
    election.cast(1, List.of(List.of(0, 1)));
    election.cast(0, List.of(List.of(0, 1)));
    election.close();
    election.decryptAndPublish();
    byte[] archive = election.archive();
    var parts = parts(archive);
    assertThat(verify(archive)).isInstanceOf(Verdict.Valid.class);
    for (int i = 0; i < 40; i++) {
      byte[] altered = archive.clone();
      int position = random.nextInt(altered.length);
      altered[position] ^= (byte) (1 << random.nextInt(8));
      assertThat(refused(altered, "byte " + position).sentence()).contains("is refused: ");
      var verdict = refused(rebuilt(withAnotherDigit(parts, random)), "a digit");
      assertThat(verdict.refusal().reason().code()).isNotEmpty();
    }
  }

  static List<Part> withAnotherDigit(List<Part> parts, RandomGenerator random) {
    while (true) {
      int event = random.nextInt(parts.size());
      // Credentials apart: another weight of somebody who did not vote is another, valid election.
      int records = parts.get(event).type() == EventType.SETUP ? 2 : 1;
      if (parts.get(event).contents().isEmpty()) {
        continue;
      }
      int record = random.nextInt(records);
      byte[] content = parts.get(event).contents().get(record).clone();
      int position = random.nextInt(content.length);
      if (content[position] >= '0' && content[position] <= '9') {
        content[position] = (byte) ('0' + (content[position] - '0' + 1 + random.nextInt(9)) % 10);
        return with(parts, event, record, content);
      }
    }
  }

  @Test
  void every_cut_is_noticed_or_leaves_an_election_that_goes_on() {
    byte[] archive = Fixtures.bytes(FIXTURE);
    for (int length = 0; length < archive.length; length += 256) {
      var verdict = verify(Arrays.copyOf(archive, length));
      if (verdict instanceof Verdict.Valid(_, var events, _, _)) {
        assertThat(events).isLessThan(9);
      }
    }
    var random = Seeds.random(1);
    var noise = new byte[2_048];
    random.nextBytes(noise);
    assertThat(refused(noise, "noise").refusal().reason()).isEqualTo(RefusalReason.WRONG_HEADER);
  }

  private static SampleElection small(RandomGenerator random) {
    var question = new Question(List.of("a", "b"), false, 1, 1, "?");
    return new SampleElection(SampleElection.Plan.of(Group.ed25519(), question), random);
  }

  private static byte[] joined(byte[] first, byte[] second) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(first);
    out.writeBytes(second);
    return out.toByteArray();
  }
}
