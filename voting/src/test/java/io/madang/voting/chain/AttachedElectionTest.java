package io.madang.voting.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.ChainApplication.Outcome;
import io.madang.chain.Hash;
import io.madang.chain.Seeds;
import io.madang.chain.Statement;
import io.madang.chain.StatementSigner;
import io.madang.chain.json.CanonicalJson;
import io.madang.chain.json.JsonObject;
import io.madang.voting.ElectionId;
import io.madang.voting.Question;
import io.madang.voting.SampleElection;
import io.madang.voting.chain.VotingOperation.AttachedResult;
import io.madang.voting.chain.VotingOperation.AttachedTerms;
import io.madang.voting.group.Group;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Another system's election, of which the channel knows the hashes of its ballots alone. */
class AttachedElectionTest {
  private static final ElectionId ID = new ElectionId("Attached12345A");
  private static final ElectionId OTHER = new ElectionId("Attached12345B");
  private static final StatementSigner SYSTEM = Town.STRANGER;
  private static final AttachedResult RESULT =
      new AttachedResult(hash(900), "찬성 2, 반대 1\nYes 2, no 1");

  private final Town town = new Town();

  private static Hash hash(int number) {
    return Hash.sha256(("ballot " + number).getBytes(StandardCharsets.UTF_8));
  }

  private static List<Hash> hashes(int from, int to) {
    return IntStream.range(from, to).mapToObj(AttachedElectionTest::hash).toList();
  }

  private AttachedTerms terms(StatementSigner system) {
    return new AttachedTerms(
        system.publicKey(), "Student council", "총학생회 선거", town.time() + Town.HOUR);
  }

  private Statement open(ElectionId id, StatementSigner administrator, AttachedTerms terms) {
    return town.sign(
        administrator, Purpose.ATTACHED_OPEN, VotingOperations.openAttached(id, terms));
  }

  private AttachedTerms opened(ElectionId id, StatementSigner system) {
    var terms = terms(system);
    assertThat(town.send(open(id, Town.HALL, terms))).isEqualTo("done");
    return terms;
  }

  private Statement post(ElectionId id, StatementSigner system, List<Hash> hashes) {
    return town.sign(system, Purpose.ATTACHED_BALLOTS, VotingOperations.postHashes(id, hashes));
  }

  private Statement close(StatementSigner system) {
    return town.sign(system, Purpose.ATTACHED_CLOSE, VotingOperations.of(ID));
  }

  private Statement publish(StatementSigner system) {
    return town.sign(system, Purpose.ATTACHED_RESULT, VotingOperations.publishAttached(ID, RESULT));
  }

  private BallotBoxView.AttachedStanding standing() {
    return town.view().attached(ID).orElseThrow();
  }

  @Test
  void keeps_the_order_and_a_head_that_anybody_can_compute() {
    var terms = opened(ID, SYSTEM);
    var head = AttachedHead.of(ID, terms);
    assertThat(standing().head()).isEqualTo(head);
    assertThat(town.send(post(ID, SYSTEM, hashes(0, 3)))).isEqualTo("done");
    assertThat(town.send(post(ID, SYSTEM, hashes(3, 4)))).isEqualTo("done");
    for (var hash : hashes(0, 4)) {
      head = head.after(hash);
    }
    assertThat(standing().head()).isEqualTo(head);
    assertThat(standing().hashes()).isEqualTo(4);
    assertThat(town.view().attachedBallots(ID, 1, 2)).isEqualTo(hashes(1, 3));
    assertThat(town.view().attachedBallots(ID, 3, 100)).containsExactly(hash(3));
    assertThat(town.view().attachedPosition(ID, hash(3))).hasValue(3);
    assertThat(town.view().attachedPosition(ID, hash(4))).isEmpty();

    assertThat(town.send(close(SYSTEM))).isEqualTo("done");
    assertThat(town.send(publish(SYSTEM))).isEqualTo("done");
    assertThat(standing().head()).isEqualTo(head.closed().finished(RESULT));
    assertThat(standing().stage()).isEqualTo(Stage.FINISHED);
    assertThat(standing().result()).hasValue(RESULT);
    assertThat(town.replayed().standing()).isEqualTo(town.box().standing());
    var before = standing();
    town.restart();
    assertThat(standing()).isEqualTo(before);
    assertThat(town.view().attachedBallots(ID, 0, 10)).isEqualTo(hashes(0, 4));
  }

  @Test
  void the_result_of_a_posting_names_the_head() {
    opened(ID, SYSTEM);
    var outcome = town.block(post(ID, SYSTEM, hashes(0, 1))).getFirst();
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Done.class,
            done ->
                assertThat(new String(done.data(), StandardCharsets.UTF_8))
                    .isEqualTo(
                        "{\"election\":\"Attached12345A\",\"hashes\":1,\"head\":\"%s\"}"
                            .formatted(VotingOperations.text(standing().head().hash()))));
  }

  @Test
  void only_an_administrator_gives_a_board() {
    assertThat(town.refusal(open(ID, SYSTEM, terms(SYSTEM)))).isEqualTo("not-administrator");
  }

  @Test
  void the_key_of_one_system_posts_to_its_own_board_alone() {
    opened(ID, SYSTEM);
    opened(OTHER, Town.OTHER_HALL);
    assertThat(town.refusal(post(ID, Town.OTHER_HALL, hashes(0, 1)))).isEqualTo("not-attached-key");
    assertThat(town.refusal(post(ID, Town.HALL, hashes(0, 1)))).isEqualTo("not-attached-key");
    assertThat(town.refusal(close(Town.HALL))).isEqualTo("not-attached-key");
    assertThat(town.refusal(publish(Town.HALL))).isEqualTo("not-attached-key");
  }

  @Test
  void a_hash_stands_once_on_a_board_and_nothing_of_a_wrong_posting_stands() {
    opened(ID, SYSTEM);
    opened(OTHER, SYSTEM);
    assertThat(town.send(post(ID, SYSTEM, hashes(0, 2)))).isEqualTo("done");
    assertThat(town.refusal(post(ID, SYSTEM, hashes(1, 2)))).isEqualTo("repeated-hash");
    assertThat(town.refusal(post(ID, SYSTEM, hashes(1, 5)))).isEqualTo("repeated-hash");
    assertThat(town.refusal(post(ID, SYSTEM, List.of(hash(7), hash(7)))))
        .isEqualTo("repeated-hash");
    assertThat(town.view().attachedPosition(ID, hash(4))).isEmpty();
    assertThat(town.send(post(OTHER, SYSTEM, hashes(0, 2)))).isEqualTo("done");
  }

  @Test
  void the_same_posting_twice_in_one_block_stands_once() {
    opened(ID, SYSTEM);
    var one = post(ID, SYSTEM, hashes(0, 2));
    var two = post(ID, SYSTEM, hashes(1, 3));
    assertThat(town.block(one, one, two).stream().map(Town::name))
        .containsExactly("done", "done-before", "repeated-hash");
    assertThat(standing().hashes()).isEqualTo(2);
  }

  @Test
  void the_board_ends_at_its_time() {
    opened(ID, SYSTEM);
    town.pass(Town.HOUR - 1);
    assertThat(town.send(post(ID, SYSTEM, hashes(0, 1)))).isEqualTo("done");
    assertThat(town.refusal(publish(SYSTEM))).isEqualTo("not-closed");
    town.pass(1);
    assertThat(town.box().nextDeadlineMillis()).hasValue(town.time());
    var head = standing().head();
    assertThat(town.refusalAfterTurn(post(ID, SYSTEM, hashes(1, 2)))).isEqualTo("voting-ended");
    assertThat(standing().stage()).isEqualTo(Stage.CLOSED);
    assertThat(standing().head()).isEqualTo(head.closed());
    assertThat(town.box().nextDeadlineMillis()).isEmpty();
    assertThat(town.refusal(close(SYSTEM))).isEqualTo("voting-ended");
    assertThat(town.send(publish(SYSTEM))).isEqualTo("done");
    assertThat(town.refusal(publish(SYSTEM))).isEqualTo("finished");
    assertThat(town.refusal(post(ID, SYSTEM, hashes(1, 2)))).isEqualTo("voting-ended");
  }

  @Test
  void a_board_ends_after_now_and_within_a_year() {
    for (long closes : List.of(town.time(), town.time() + 367L * 24 * Town.HOUR)) {
      var terms = new AttachedTerms(SYSTEM.publicKey(), "a", "가", closes);
      assertThat(town.refusal(open(ID, Town.HALL, terms))).isEqualTo("times-out-of-range");
    }
  }

  @Test
  void an_identifier_belongs_to_one_election_of_either_kind() {
    var plan =
        SampleElection.Plan.of(Group.ed25519(), new Question(List.of("a", "b"), false, 1, 1, "q"));
    var sample = new SampleElection(plan, Seeds.random(1));
    var id = town.announce(sample);
    assertThat(town.refusal(open(id, Town.HALL, terms(SYSTEM)))).isEqualTo("identifier-taken");
    assertThat(town.refusal(post(id, SYSTEM, hashes(0, 1)))).isEqualTo("unknown-election");
    opened(ID, SYSTEM);
    assertThat(town.refusal(open(ID, Town.HALL, terms(SYSTEM)))).isEqualTo("identifier-taken");
    var part = VotingOperations.parts(ID, RecordKind.ELECTION, new byte[] {1}).getFirst();
    assertThat(town.refusal(town.sign(Town.HALL, Purpose.PART, part)))
        .isEqualTo("identifier-taken");
    assertThat(town.refusal(town.sign(Town.HALL, Purpose.CLOSE, VotingOperations.of(ID))))
        .isEqualTo("unknown-election");
  }

  @Test
  void the_largest_posting_fits_into_a_statement() {
    opened(ID, SYSTEM);
    int most = VotingOperations.MAX_HASHES;
    assertThat(town.send(post(ID, SYSTEM, hashes(0, most)))).isEqualTo("done");
    assertThat(town.refusal(post(ID, SYSTEM, hashes(most, 2 * most + 1)))).isEqualTo("malformed");
    assertThat(town.refusal(post(ID, SYSTEM, List.of()))).isEqualTo("malformed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"election\":\"Attached12345A\"}",
        "{\"election\":\"Attached12345A\",\"hashes\":\"x\"}",
        "{\"election\":\"Attached12345A\",\"hashes\":[1]}",
        "{\"election\":\"Attached12345A\",\"hashes\":[\"AAAA\"]}",
        "{\"election\":\"Attached12345A\",\"hashes\":"
            + "[\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB\"]}",
        "{\"election\":\"Attached12345A\",\"hashes\":"
            + "[\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"],\"more\":1}",
        "{\"election\":\"투표\",\"hashes\":[\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"]}"
      })
  void a_posting_of_another_form_is_refused(String operation) {
    opened(ID, SYSTEM);
    assertThat(town.refusal(town.sign(SYSTEM, Purpose.ATTACHED_BALLOTS, object(operation))))
        .isEqualTo("malformed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "a\u0007b"})
  void a_title_is_something_to_read(String title) {
    var terms = new AttachedTerms(SYSTEM.publicKey(), title, "제목", town.time() + 1_000);
    assertThat(town.refusal(open(ID, Town.HALL, terms))).isEqualTo("malformed");
    var korean = new AttachedTerms(SYSTEM.publicKey(), "t", title, town.time() + 1_000);
    assertThat(town.refusal(open(ID, Town.HALL, korean))).isEqualTo("malformed");
  }

  @Test
  void a_title_or_a_result_has_a_longest_length() {
    var longest = "가".repeat(200);
    var right = new AttachedTerms(SYSTEM.publicKey(), longest, longest, town.time() + 1_000);
    var longer = new AttachedTerms(SYSTEM.publicKey(), "t", longest + "가", town.time() + 1_000);
    assertThat(town.refusal(open(ID, Town.HALL, longer))).isEqualTo("malformed");
    assertThat(town.send(open(ID, Town.HALL, right))).isEqualTo("done");
    assertThat(town.send(close(SYSTEM))).isEqualTo("done");
    var novel = new AttachedResult(hash(1), "가".repeat(10_001));
    assertThat(
            town.refusal(
                town.sign(
                    SYSTEM, Purpose.ATTACHED_RESULT, VotingOperations.publishAttached(ID, novel))))
        .isEqualTo("malformed");
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("io.madang.chain.Seeds#many")
  void whatever_is_posted_in_whatever_order_the_board_is_the_list_of_what_was_new(long seed) {
    var random = Seeds.random(seed);
    var terms = opened(ID, SYSTEM);
    var board = new ArrayList<Hash>();
    for (int i = 0; i < 30; i++) {
      int from = random.nextInt(40);
      var some = new ArrayList<>(hashes(from, from + 1 + random.nextInt(3)));
      Collections.shuffle(some, random);
      boolean fresh = Collections.disjoint(board, some);
      assertThat(town.send(post(ID, SYSTEM, some))).isEqualTo(fresh ? "done" : "repeated-hash");
      if (fresh) {
        board.addAll(some);
      }
      if (random.nextInt(5) == 0) {
        town.restart();
      }
    }
    var head = AttachedHead.of(ID, terms);
    for (var hash : board) {
      head = head.after(hash);
    }
    assertThat(town.view().attachedBallots(ID, 0, 1_000)).isEqualTo(board);
    assertThat(standing().head()).isEqualTo(head);
    assertThat(town.replayed().standing()).isEqualTo(town.box().standing());
  }

  private static JsonObject object(String json) {
    var read = CanonicalJson.read(json.getBytes(StandardCharsets.UTF_8));
    if (read instanceof CanonicalJson.Result.Read(JsonObject object)) {
      return object;
    }
    throw new AssertionError(json);
  }
}
