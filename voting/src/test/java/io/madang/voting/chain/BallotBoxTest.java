package io.madang.voting.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.Seeds;
import io.madang.chain.Statement;
import io.madang.chain.StatementId;
import io.madang.chain.StatementSigner;
import io.madang.voting.ElectionId;
import io.madang.voting.Question;
import io.madang.voting.SampleElection;
import io.madang.voting.Tracker;
import io.madang.voting.archive.ArchiveSource;
import io.madang.voting.archive.ArchiveVerifier;
import io.madang.voting.archive.Progress;
import io.madang.voting.archive.Verdict;
import io.madang.voting.board.Checks;
import io.madang.voting.group.Group;
import io.madang.voting.proof.KnowledgeProof;
import io.madang.voting.record.Digest;
import io.madang.voting.tally.PartialDecryption;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class BallotBoxTest {
  private static final Question LUNCH = new Question(List.of("비빔밥", "냉면"), false, 1, 1, "점심?");
  private static final List<List<Integer>> RICE = List.of(List.of(1, 0));
  private static final List<List<Integer>> NOODLES = List.of(List.of(0, 1));

  private final Town town = new Town();

  private static SampleElection sample(long seed) {
    return new SampleElection(SampleElection.Plan.of(Group.ed25519(), LUNCH), Seeds.random(seed));
  }

  private String cast(ElectionId id, byte[] ballot) {
    return town.send(town.ballot(id, ballot));
  }

  /** Casts on the board of the sample and on the chain. */
  private byte[] castBoth(ElectionId id, SampleElection sample, int voter, List<List<Integer>> v) {
    byte[] ballot = sample.cast(voter, v);
    assertThat(cast(id, ballot)).isEqualTo("done");
    return ballot;
  }

  private void decryptAndPublish(ElectionId id, SampleElection sample, int... owners) {
    sample.close();
    assertThat(town.send(town.tally(id))).isEqualTo("done");
    for (int owner : owners) {
      byte[] part =
          PartialDecryption.make(
              sample.board().election(),
              sample.board().tally(),
              sample.secretOf(owner),
              sample.randomness());
      sample.decrypt(owner, part);
      assertThat(town.send(town.decryption(id, owner, part))).isEqualTo("done");
    }
    byte[] result = town.view().computeResult(id).orElseThrow();
    assertThat(town.send(town.result(id, result))).isEqualTo("done");
    sample.publish();
    assertThat(town.standing(id).result()).hasValue(result);
  }

  /** The archive from the blocks is right, and says the same as the sample's own board. */
  private void assertArchive(ElectionId id, SampleElection sample) {
    if (!(ArchiveVerifier.verify(
            ArchiveSource.of(town.archive(id)), Checks.inOrder(), Progress.silent())
        instanceof Verdict.Valid valid)) {
      throw new AssertionError("the archive is refused");
    }
    assertThat(valid.head()).isEqualTo(sample.writer().head().orElseThrow());
    assertThat(valid.head()).isEqualTo(town.standing(id).head().hash());
    assertThat(valid.board().result().orElseThrow().counts()).isEqualTo(sample.plainCounts());
  }

  @Test
  void an_election_lives_on_the_chain_from_setup_to_result() {
    var sample = sample(1);
    var id = town.open(sample);
    castBoth(id, sample, 0, RICE);
    castBoth(id, sample, 1, NOODLES);
    castBoth(id, sample, 2, RICE);
    var replaced = Tracker.of(castBoth(id, sample, 3, RICE));
    var last = Tracker.of(castBoth(id, sample, 3, NOODLES));
    assertThat(town.view().ballot(id, replaced)).isEqualTo(BallotBoxView.BallotStanding.REPLACED);
    assertThat(town.view().ballot(id, last)).isEqualTo(BallotBoxView.BallotStanding.COUNTS);
    assertThat(town.standing(id).accepted()).isEqualTo(5);
    assertThat(town.standing(id).counted()).isEqualTo(4);
    town.pass(3 * Town.HOUR);
    decryptAndPublish(id, sample, 1);
    assertThat(new String(town.standing(id).result().orElseThrow(), StandardCharsets.UTF_8))
        .isEqualTo("{\"result\":[[2,2]]}");
    assertArchive(id, sample);
    assertThat(town.replayed().standing()).isEqualTo(town.box().standing());
  }

  @Test
  void the_records_of_an_election_are_checked_ahead_for_their_administrator_alone() {
    var checked = new AtomicInteger();
    var hall = new Town(counting(checked));
    var sample = sample(41);
    var id = sample.board().election().id();
    hall.sendParts(id, sample.records());
    var terms =
        hall.setUp(id, sample.records(), hall.time() + Town.HOUR, hall.time() + 2 * Town.HOUR);

    var stranger = hall.sign(Town.STRANGER, Purpose.SETUP, terms.payload().operation());
    hall.box().checkAhead(hall.verified(stranger));
    assertThat(checked).as("a stranger makes nobody work").hasValue(0);
    hall.box().checkAhead(hall.verified(terms));
    assertThat(checked).hasValue(1);
    assertThat(hall.send(terms)).isEqualTo("done");
    assertThat(checked).as("the block finds it done").hasValue(1);
  }

  @Test
  void a_withdrawn_election_has_no_records_to_check_ahead() {
    var checked = new AtomicInteger();
    var hall = new Town(counting(checked));
    var sample = sample(42);
    var id = sample.board().election().id();
    hall.sendParts(id, sample.records());
    var withdraw = hall.sign(Town.HALL, Purpose.WITHDRAW, VotingOperations.of(id));
    assertThat(hall.send(withdraw)).isEqualTo("done");
    var terms =
        hall.setUp(id, sample.records(), hall.time() + Town.HOUR, hall.time() + 2 * Town.HOUR);
    assertThat(hall.refusal(terms)).isEqualTo("withdrawn");
    assertThat(checked).hasValue(0);
  }

  /** Counts the lists that are checked. */
  private static Checks counting(AtomicInteger lists) {
    return new Checks() {
      @Override
      public <T> List<T> run(List<Supplier<T>> checks) {
        lists.incrementAndGet();
        return Checks.inOrder().run(checks);
      }
    };
  }

  @Test
  void an_election_of_the_larger_group_lives_too() {
    var plan = SampleElection.Plan.of(Group.belenios2048(), LUNCH).weights(1L, 5L);
    var sample = new SampleElection(plan, Seeds.random(2));
    var id = town.open(sample);
    castBoth(id, sample, 0, RICE);
    castBoth(id, sample, 1, NOODLES);
    town.restart();
    castBoth(id, sample, 1, RICE);
    town.pass(3 * Town.HOUR);
    decryptAndPublish(id, sample, 1);
    assertThat(town.standing(id).weight()).isEqualTo(6);
    assertArchive(id, sample);
  }

  @Test
  void two_of_three_trustees_suffice_and_one_does_not() {
    var plan = SampleElection.Plan.of(Group.ed25519(), LUNCH).trustees(0, 2, 3);
    var sample = new SampleElection(plan, Seeds.random(3));
    var id = town.open(sample);
    castBoth(id, sample, 0, RICE);
    town.pass(3 * Town.HOUR);
    byte[] early = "{\"result\":[[1,0]]}".getBytes(StandardCharsets.UTF_8);
    assertThat(town.refusalAfterTurn(town.result(id, early))).isEqualTo("not-decrypting");
    decryptAndPublish(id, sample, 3, 1);
    assertThat(town.standing(id).decryptedBy()).containsExactly(1, 3);
    assertArchive(id, sample);
  }

  @Test
  void two_elections_run_side_by_side_and_survive_restarts() {
    var one = sample(4);
    var two = sample(5);
    var first = town.announce(one);
    var second = town.announce(two);
    town.pass(Town.HOUR);
    castBoth(first, one, 0, RICE);
    castBoth(second, two, 0, NOODLES);
    town.restart();
    assertThat(town.refusal(town.ballot(second, one.makeBallot(1, RICE))))
        .isEqualTo("other-election");
    castBoth(second, two, 0, RICE);
    castBoth(first, one, 1, RICE);
    town.pass(3 * Town.HOUR);
    decryptAndPublish(first, one, 1);
    town.restart();
    decryptAndPublish(second, two, 1);
    assertArchive(first, one);
    assertArchive(second, two);
    assertThat(town.replayed().standing()).isEqualTo(town.box().standing());
  }

  @Test
  void ballots_are_taken_from_the_opening_to_just_before_the_close() {
    var sample = sample(6);
    var id = town.announce(sample);
    byte[] ballot = sample.makeBallot(0, RICE);
    town.pass(Town.HOUR - 1);
    assertThat(town.refusal(town.ballot(id, ballot))).isEqualTo("not-open-yet");
    town.pass(1);
    assertThat(town.box().nextDeadlineMillis()).hasValue(town.time());
    assertThat(cast(id, ballot)).isEqualTo("done");
    town.pass(2 * Town.HOUR - 1);
    assertThat(cast(id, sample.makeBallot(1, RICE))).isEqualTo("done");
    town.pass(1);
    byte[] late = sample.makeBallot(2, RICE);
    assertThat(town.refusalAfterTurn(town.ballot(id, late))).isEqualTo("voting-ended");
    assertThat(town.standing(id).stage()).isEqualTo(Stage.CLOSED);
    assertThat(town.box().nextDeadlineMillis()).isEmpty();
    assertThat(town.standing(id).counted()).isEqualTo(2);
  }

  @Test
  void the_administrator_may_close_early() {
    var sample = sample(7);
    var id = town.open(sample);
    castBoth(id, sample, 0, RICE);
    var stranger = town.sign(Town.STRANGER, Purpose.CLOSE, VotingOperations.of(id));
    assertThat(town.refusal(stranger)).isEqualTo("not-administrator");
    assertThat(town.send(town.sign(Town.HALL, Purpose.CLOSE, VotingOperations.of(id))))
        .isEqualTo("done");
    assertThat(town.refusal(town.ballot(id, sample.makeBallot(1, RICE)))).isEqualTo("voting-ended");
    decryptAndPublish(id, sample, 1);
    assertArchive(id, sample);
  }

  @Test
  void the_definition_changes_before_the_opening_only() {
    var sample = sample(8);
    var id = town.announce(sample);
    var records = sample.records();
    long time = town.time();
    assertThat(town.send(town.setUp(id, records, time + 2 * Town.HOUR, time + 3 * Town.HOUR)))
        .isEqualTo("done");
    town.pass(2 * Town.HOUR);
    town.block();
    time = town.time();
    assertThat(town.refusal(town.setUp(id, records, time + 1_000, time + 2_000)))
        .isEqualTo("already-open");
    assertThat(town.refusal(town.sign(Town.HALL, Purpose.WITHDRAW, VotingOperations.of(id))))
        .isEqualTo("already-open");
    var part = VotingOperations.parts(id, RecordKind.ELECTION, new byte[] {1}).getFirst();
    assertThat(town.refusal(town.sign(Town.HALL, Purpose.PART, part))).isEqualTo("already-open");
  }

  @Test
  void a_withdrawn_election_is_gone_for_good() {
    var sample = sample(9);
    var id = town.announce(sample);
    assertThat(town.send(town.sign(Town.HALL, Purpose.WITHDRAW, VotingOperations.of(id))))
        .isEqualTo("done");
    assertThat(town.box().nextDeadlineMillis()).isEmpty();
    assertThat(town.refusal(town.ballot(id, sample.makeBallot(0, RICE)))).isEqualTo("withdrawn");
    var part = VotingOperations.parts(id, RecordKind.ELECTION, new byte[] {1}).getFirst();
    assertThat(town.refusal(town.sign(Town.HALL, Purpose.PART, part))).isEqualTo("withdrawn");
    town.restart();
    assertThat(town.view().record(id, RecordKind.ELECTION)).isEmpty();
  }

  @Test
  void hostile_ballots_leave_the_board_as_it_was() {
    var sample = sample(10);
    var id = town.open(sample);
    byte[] ballot = castBoth(id, sample, 0, RICE);
    byte[] fresh = sample.makeBallot(1, RICE);
    var text = new String(fresh, StandardCharsets.UTF_8);
    var earlier = new String(ballot, StandardCharsets.UTF_8);

    town.pass(Town.HOUR);
    assertThat(refusalOf(id, earlier)).isEqualTo("repeated-ballot");
    assertThat(refusalOf(id, text.replace(credential(text), credential(earlier))))
        .isEqualTo("wrong-signed-hash");
    assertThat(refusalOf(id, earlier.replace(credential(earlier), credential(text))))
        .isEqualTo("wrong-signed-hash");
    assertThat(refusalOf(id, " " + text)).isEqualTo("not-canonical");
    assertThat(refusalOf(id, text.replace("\"alpha\":\"", "\"alpha\":\"0")))
        .isEqualTo("not-canonical");
    var zero = text.replaceFirst("\"alpha\":\"[0-9a-f]+", "\"alpha\":\"" + "0".repeat(64));
    assertThat(refusalOf(id, resigned(sample, 1, zero))).isEqualTo("not-in-the-group");
    var copied = earlier.replace(credential(earlier), credential(text));
    assertThat(refusalOf(id, resigned(sample, 1, copied))).isEqualTo("wrong-individual-proof");
    assertThat(refusalOf(id, resigned(sample, 0, earlier))).isEqualTo("repeated-ciphertext");
    var huge = text.replaceFirst("\"challenge\":\"[0-9]+", "\"challenge\":\"" + "9".repeat(77));
    assertThat(refusalOf(id, resigned(sample, 1, huge))).isEqualTo("out-of-range");
    assertThat(refusalOf(id, "")).isEqualTo("not-canonical");
    assertThat(refusalOf(id, "투표")).isEqualTo("not-canonical");
    var other = sample(11);
    assertThat(refusalOf(id, new String(other.makeBallot(0, RICE), StandardCharsets.UTF_8)))
        .isEqualTo("other-election");
    assertThat(town.standing(id).accepted()).isEqualTo(1);
    assertThat(cast(id, fresh)).isEqualTo("done");
  }

  /** A ballot that was changed, with a right signature of a voter's credential again. */
  private static String resigned(SampleElection sample, int voter, String ballot) {
    var election = sample.board().election();
    var unsigned = ballot.substring(0, ballot.indexOf(",\"signature\""));
    var hash = Digest.base64((unsigned + "}").getBytes(StandardCharsets.UTF_8));
    var exponent = sample.credentialOf(voter).exponent(election.id(), election.group());
    var proof =
        KnowledgeProof.prove(election.group(), exponent, "sig|" + hash + "|", sample.randomness());
    return unsigned + ",\"signature\":{\"hash\":\"" + hash + "\",\"proof\":" + proof.json() + "}}";
  }

  private String refusalOf(ElectionId id, String ballot) {
    return town.refusal(town.ballot(id, ballot.getBytes(StandardCharsets.UTF_8)));
  }

  private static String credential(String ballot) {
    return ballot.replaceFirst(".*\"credential\":\"([0-9a-f]+)\".*", "$1");
  }

  @Test
  void an_envelope_follows_from_the_ballot_alone() {
    var sample = sample(12);
    var id = town.open(sample);
    byte[] ballot = sample.makeBallot(0, RICE);
    var right = town.ballot(id, ballot);
    assertThat(town.ballot(id, ballot)).isEqualTo(right);
    var payload = right.payload();
    var signers = List.of(Town.STRANGER, Town.HALL);
    for (StatementSigner signer : signers) {
      assertThat(town.refusal(signer.sign(payload))).isEqualTo("wrong-envelope");
    }
    var marked =
        town.sign(
            Town.HALL, Town.CHAIN, "ballot", payload.operation(), payload.validUntilMillis() + 1);
    assertThat(town.refusal(marked)).isEqualTo("wrong-envelope");
    assertThat(town.send(right)).isEqualTo("done");
    assertThat(town.refusal(right)).isEqualTo("done-before");
    town.pass(Town.HOUR);
    assertThat(town.refusal(town.ballot(id, ballot))).isEqualTo("repeated-ballot");
  }

  @Test
  void an_oversize_transaction_is_refused() {
    assertThat(town.box().admit(new byte[Statement.MAX_LENGTH + 1]).toString())
        .contains("too-long");
  }

  @Test
  void a_setup_is_refused_by_name() {
    var sample = sample(13);
    var id = sample.board().election().id();
    var records = sample.records();
    long time = town.time();
    var good = town.setUp(id, records, time + 1_000, time + 2_000);
    assertThat(town.refusal(good)).isEqualTo("unknown-election");
    var first = VotingOperations.parts(id, RecordKind.ELECTION, records.getFirst()).getFirst();
    assertThat(town.refusal(town.sign(Town.STRANGER, Purpose.PART, first)))
        .isEqualTo("not-administrator");
    town.sendParts(id, records);
    assertThat(town.refusal(town.sign(Town.HALL, Purpose.PART, first))).isEqualTo("repeated-part");
    assertThat(town.refusal(town.sign(Town.OTHER_HALL, Purpose.PART, first)))
        .isEqualTo("not-administrator");
    assertThat(town.refusal(town.setUp(id, records, time, time + 1)))
        .isEqualTo("times-out-of-range");
    var swapped = List.of(records.get(1), records.get(0), records.get(2));
    assertThat(town.refusal(town.setUp(id, swapped, time + 1_000, time + 2_000)))
        .isEqualTo("wrong-record");
    assertThat(town.send(town.setUp(id, records, time + 1_000, time + 2_000))).isEqualTo("done");
  }

  @Test
  void records_that_do_not_fit_together_open_no_election() {
    var sample = sample(14);
    var id = sample.board().election().id();
    var records = new ArrayList<>(sample.records());
    records.set(1, sample(15).records().get(1));
    town.sendParts(id, records);
    long time = town.time();
    assertThat(town.refusal(town.setUp(id, records, time + 1_000, time + 2_000)))
        .isEqualTo("wrong-election-key");
  }

  @Test
  void tally_decryption_and_result_are_refused_by_name() {
    var sample = sample(16);
    var id = town.open(sample);
    castBoth(id, sample, 0, RICE);
    assertThat(town.refusal(town.tally(id))).isEqualTo("not-closed");
    town.pass(3 * Town.HOUR);
    town.block();
    byte[] tally = town.view().tally(id).orElseThrow();
    assertThat(publish(id, "[]".getBytes(StandardCharsets.UTF_8), 1, 1))
        .isEqualTo("wrong-encrypted-tally");
    assertThat(publish(id, tally, 2, 1)).isEqualTo("wrong-tally-count");
    assertThat(publish(id, tally, 1, 2)).isEqualTo("wrong-tally-count");
    sample.close();
    byte[] part =
        PartialDecryption.make(
            sample.board().election(),
            sample.board().tally(),
            sample.secretOf(1),
            sample.randomness());
    assertThat(town.refusal(town.decryption(id, 1, part))).isEqualTo("not-decrypting");
    assertThat(town.send(town.tally(id))).isEqualTo("done");
    assertThat(town.refusal(town.tally(id))).isEqualTo("tally-published");
    assertThat(town.refusal(town.decryption(id, 2, part))).isEqualTo("unknown-trustee");
    byte[] wrong =
        PartialDecryption.make(
            sample.board().election(),
            sample.board().tally(),
            sample.secretOf(1).plus(sample.secretOf(1)),
            sample.randomness());
    assertThat(town.refusal(town.decryption(id, 1, wrong))).isEqualTo("wrong-decryption-proof");
    byte[] result = "{\"result\":[[1,0]]}".getBytes(StandardCharsets.UTF_8);
    assertThat(town.refusal(town.result(id, result))).isEqualTo("not-enough-trustees");
    assertThat(town.send(town.decryption(id, 1, part))).isEqualTo("done");
    assertThat(town.refusal(town.decryption(id, 1, part))).isEqualTo("repeated-trustee");
    byte[] stolen = "{\"result\":[[0,1]]}".getBytes(StandardCharsets.UTF_8);
    assertThat(town.refusal(town.result(id, stolen))).isEqualTo("wrong-result");
    assertThat(town.send(town.result(id, result))).isEqualTo("done");
    assertThat(town.refusal(town.result(id, result))).isEqualTo("finished");
  }

  @Test
  void fewer_ballots_than_the_terms_ask_for_have_no_tally() {
    var sample = sample(18);
    var id = sample.board().election().id();
    var records = sample.records();
    town.sendParts(id, records);
    long opens = town.time() + Town.HOUR;
    assertThat(town.send(town.setUp(id, records, opens, opens + Town.HOUR, 2))).isEqualTo("done");
    town.pass(Town.HOUR);
    castBoth(id, sample, 0, RICE);
    castBoth(id, sample, 0, NOODLES);
    town.pass(Town.HOUR);
    town.block();
    assertThat(town.standing(id).counted()).isEqualTo(1);
    assertThat(town.refusal(town.tally(id))).isEqualTo("too-few-ballots");
    town.restart();
    assertThat(town.standing(id).terms().orElseThrow().leastBallots()).isEqualTo(2);
  }

  private String publish(ElectionId id, byte[] tally, long ballots, long weight) {
    return town.refusal(
        town.sign(
            Town.HALL, Purpose.TALLY, VotingOperations.publishTally(id, tally, ballots, weight)));
  }

  @Test
  void an_id_is_used_once() {
    var sample = sample(17);
    var id = town.announce(sample);
    var withdraw = VotingOperations.of(id);
    var payload =
        new Statement.Payload(
            Town.CHAIN,
            new StatementId("%032x".formatted(1)),
            Purpose.WITHDRAW.toString(),
            town.time() + 1_000,
            withdraw);
    assertThat(town.refusal(Town.HALL.sign(payload))).isEqualTo("id-conflict");
  }
}
