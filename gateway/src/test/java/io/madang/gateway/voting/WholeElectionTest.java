package io.madang.gateway.voting;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.Base64Url;
import io.madang.chain.Receipt;
import io.madang.chain.ReceiptReading;
import io.madang.chain.ReceiptVerification;
import io.madang.chain.TrustedMembers;
import io.madang.gateway.Client;
import io.madang.gateway.Town;
import io.madang.gateway.audit.Audit;
import io.madang.gateway.engine.ChainArchive;
import io.madang.gateway.engine.Channel;
import io.madang.gateway.engine.Replay;
import io.madang.gateway.http.Reply;
import io.madang.voting.ElectionId;
import io.madang.voting.Question;
import io.madang.voting.SampleElection;
import io.madang.voting.Tracker;
import io.madang.voting.archive.ArchiveSource;
import io.madang.voting.archive.ArchiveVerifier;
import io.madang.voting.archive.BeleniosTool;
import io.madang.voting.archive.Progress;
import io.madang.voting.archive.Verdict;
import io.madang.voting.board.Checks;
import io.madang.voting.chain.BallotBox;
import io.madang.voting.chain.BallotEnvelope;
import io.madang.voting.group.Group;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Elections over HTTP on a real PostgreSQL, from setup to an archive that others verify. */
class WholeElectionTest {
  private static final Question LUNCH = new Question(List.of("비빔밥", "냉면 🍜"), true, 1, 1, "점심은?");
  private static final List<List<Integer>> RICE = List.of(List.of(0, 1, 0));
  private static final List<List<Integer>> NOODLES = List.of(List.of(0, 0, 1));
  private static final List<List<Integer>> BLANK = List.of(List.of(1, 0, 0));

  private Town town;
  private Hall hall;
  private Booth booth;

  @BeforeEach
  void begin() {
    town = Town.start();
    hall = new Hall(town);
    booth = new Booth(town);
  }

  @AfterEach
  void end() {
    town.close();
  }

  private static SampleElection sample(Group group, long seed) {
    return new SampleElection(
        SampleElection.Plan.of(group, LUNCH).weights(1L, 3L, 1L, 1L).trustees(0, 2, 3),
        new SplittableRandom(seed));
  }

  /** What was signed about an election, newest first. Each has a receipt. */
  private List<String> acts(ElectionId id) {
    var acts = town.anyone().get(Hall.path(id, "/acts")).expect(200).json().getJsonArray("items");
    return acts.stream()
        .map(JsonObject.class::cast)
        .peek(act -> assertReceipt(act.getString("transaction")))
        .map(act -> act.getString("purpose"))
        .toList();
  }

  /** Casts on the board of the sample and on the chain. */
  private byte[] cast(ElectionId id, SampleElection sample, int voter, List<List<Integer>> vote) {
    byte[] ballot = sample.cast(voter, vote);
    assertThat(booth.cast("voter " + voter, id, ballot)).isEqualTo(Tracker.of(ballot).toString());
    return ballot;
  }

  @Test
  void an_election_goes_from_its_setup_to_a_result_that_anybody_can_verify(@TempDir Path folder)
      throws Exception {
    var sample = sample(Group.belenios2048(), 1);
    var id = hall.open(sample, 1);

    byte[] replaced = cast(id, sample, 0, RICE);
    cast(id, sample, 1, NOODLES);
    town.restart();
    booth = new Booth(town);
    byte[] last = cast(id, sample, 0, NOODLES);
    cast(id, sample, 2, BLANK);

    var open = hall.election(id);
    assertThat(open.getString("stage")).isEqualTo("open");
    assertThat(open.containsKey("closedAt")).isFalse();
    assertThat(open.getString("name")).isEqualTo("시험 선거");
    assertThat(open.getString("group")).isEqualTo("BELENIOS-2048");
    assertThat(open.getString("administrator")).isEqualTo("관리자");
    assertThat(open.getInteger("credentials")).isEqualTo(4);
    assertThat(open.getInteger("weight")).isEqualTo(6);
    assertThat(open.getString("fingerprint")).isEqualTo(sample.board().election().fingerprint());
    assertThat(open.getJsonObject("trustees"))
        .isEqualTo(new JsonObject().put("count", 3).put("threshold", 2));
    assertThat(open.getJsonObject("ballots"))
        .isEqualTo(new JsonObject().put("accepted", 4).put("counted", 3).put("weightCounted", 5));
    assertThat(open.getJsonArray("questions").getJsonObject(0).getJsonArray("answers"))
        .isEqualTo(JsonArray.of("비빔밥", "냉면 🍜"));
    assertThat(town.anyone().get("/v1/elections").expect(200).json().getJsonArray("items"))
        .contains(open);
    for (var record : List.of("election", "trustees", "credentials")) {
      int index = List.of("election", "trustees", "credentials").indexOf(record);
      assertThat(hall.bytes(Hall.path(id, "/records/" + record)))
          .isEqualTo(sample.records().get(index));
    }
    assertBoard(id, replaced, last);
    verifies(id, hall.bytes(Hall.path(id, "/archive")));

    town.anyone().get(Hall.path(id, "/tally")).expect(409, "voting-goes-on");
    hall.close(id);
    sample.close();
    assertThat(booth.cast("voter 3", id, sample.makeBallot(3, RICE))).isEqualTo("voting-ended");
    hall.publishTally(id).expect(200);
    hall.decrypt(id, sample, 3).expect(200);
    town.anyone().get(Hall.path(id, "/computed-result")).expect(409, "no-result-to-publish");
    hall.decrypt(id, sample, 1).expect(200);
    town.restart();
    assertThat(hall.election(id).getJsonArray("decryptedBy")).isEqualTo(JsonArray.of(1, 3));
    hall.publishResult(id).expect(200);

    var finished = hall.election(id);
    assertThat(finished.getString("stage")).isEqualTo("finished");
    assertThat(finished.getInstant("closedAt"))
        .as("it was closed before its time")
        .isBetween(finished.getInstant("opensAt"), finished.getInstant("closesAt").minusSeconds(1));
    assertThat(finished.getJsonArray("result")).isEqualTo(JsonArray.of(JsonArray.of(1, 0, 4)));
    assertReceipt(finished.getString("resultTransaction"));
    assertThat(acts(id))
        .containsExactly(
            "election.result",
            "election.decryption",
            "election.decryption",
            "election.tally",
            "election.close",
            "election.setup");
    byte[] archive = hall.bytes(Hall.path(id, "/archive"));
    var valid = verifies(id, archive);
    assertThat(valid.head()).isEqualTo(finished.getString("head"));
    assertThat(valid.board().result().orElseThrow().counts())
        .isEqualTo(List.of(List.of(1L, 0L, 4L)));
    assertReplayAndAudit(folder, id);
    if (BeleniosTool.isInstalled()) {
      var tool = new BeleniosTool(folder);
      tool.write(id + ".bel", archive);
      assertThat(tool.verify().exitCode()).isZero();
    }
  }

  /** The blocks alone come to the same state, and programs of their own find them right. */
  private void assertReplayAndAudit(Path folder, ElectionId id) throws Exception {
    var export = folder.resolve("votes.jsonl");
    try (var stored = ChainArchive.open(town.database(), Channel.VOTES);
        var out = Files.newOutputStream(export)) {
      assertThat(Replay.replay(stored, new BallotBox(Checks.inOrder())))
          .isInstanceOf(Replay.Result.Same.class);
      stored.export(out);
    }
    assertThat(Audit.audit(export))
        .isInstanceOfSatisfying(
            Audit.Result.Right.class,
            right -> assertThat(right.ballots()).containsExactly(Map.entry(id.text(), 4L)));
    Files.delete(export);
  }

  private static Verdict.Valid verifies(ElectionId id, byte[] archive) {
    var verdict =
        ArchiveVerifier.verify(ArchiveSource.of(archive), Checks.inOrder(), Progress.silent());
    assertThat(verdict).isInstanceOf(Verdict.Valid.class);
    var valid = (Verdict.Valid) verdict;
    assertThat(valid.board().election().id()).isEqualTo(id);
    return valid;
  }

  private void assertBoard(ElectionId id, byte[] replaced, byte[] last) {
    var first = town.anyone().get(Hall.path(id, "/ballots?limit=3")).expect(200).json();
    assertThat(first.getJsonArray("items")).hasSize(3);
    var rest =
        town.anyone()
            .get(Hall.path(id, "/ballots?limit=3&cursor=" + first.getString("next")))
            .expect(200)
            .json();
    assertThat(rest.containsKey("next")).isFalse();
    assertThat(rest.getJsonArray("items").getJsonObject(0).getString("tracker"))
        .isEqualTo(Tracker.of(replaced).toString());
    assertThat(board(id, replaced).getString("state")).isEqualTo("replaced");
    var counts = board(id, last);
    assertThat(counts.getString("state")).isEqualTo("counts");
    assertThat(counts.getString("receipt"))
        .isEqualTo("/v1/votes/receipts/" + counts.getString("transaction"));
    assertReceipt(counts.getString("transaction"));
    var absent = Base64Url.encode(new byte[32]);
    town.anyone().get(Hall.path(id, "/ballots/" + absent)).expect(404, "ballot-not-on-board");
    // The same 32 bytes with a spare bit set are no tracker of anything.
    town.anyone()
        .get(Hall.path(id, "/ballots/" + absent.substring(0, 42) + "B"))
        .expect(404, "ballot-not-on-board");
  }

  private JsonObject board(ElectionId id, byte[] ballot) {
    return town.anyone()
        .get(Hall.path(id, "/ballots/" + Base64Url.encode(Tracker.of(ballot).bytes())))
        .expect(200)
        .json();
  }

  private void assertReceipt(String hash) {
    var members =
        ((TrustedMembers.Reading.Read) TrustedMembers.read(hall.bytes("/v1/votes/members")))
            .trusted();
    var receipt = (ReceiptReading.Read) Receipt.read(hall.bytes("/v1/votes/receipts/" + hash));
    assertThat(receipt.receipt().verify(members)).isInstanceOf(ReceiptVerification.Valid.class);
  }

  @Test
  void hostile_ballots_are_refused_by_name_and_leave_the_board_as_it_was() throws Exception {
    var sample = sample(Group.ed25519(), 2);
    var id = hall.open(sample, 1);
    var other = sample(Group.ed25519(), 3);
    var otherId = hall.open(other, 1);
    byte[] good = cast(id, sample, 0, RICE);
    var before = hall.election(id);

    var text = new String(good, StandardCharsets.UTF_8);
    assertThat(booth.cast("copier", id, good)).isEqualTo("repeated-ballot");
    assertThat(booth.cast("copier", otherId, good)).isEqualTo("other-election");
    assertThat(booth.cast("thief", id, other.makeBallot(0, RICE))).isEqualTo("other-election");
    assertThat(booth.cast("nobody", id, new byte[0])).isEqualTo("not-canonical");
    assertThat(booth.cast("nobody", id, utf8("{}"))).isEqualTo("not-canonical");
    assertThat(booth.cast("nobody", id, utf8("안녕하세요"))).isEqualTo("not-canonical");
    assertThat(booth.cast("nobody", id, new byte[] {(byte) 0xff, 0})).isEqualTo("not-canonical");
    assertThat(booth.cast("nobody", id, utf8(" " + text))).isEqualTo("not-canonical");
    assertThat(booth.cast("nobody", id, utf8("{".repeat(64 * 1024)))).isEqualTo("too-long");
    assertThat(booth.cast("nobody", id, utf8("\"".repeat(60 * 1024)))).isEqualTo("too-long");
    var credential = new JsonObject(text).getString("credential");
    var foreign =
        new JsonObject(new String(other.makeBallot(0, RICE), StandardCharsets.UTF_8))
            .getString("credential");
    assertThat(booth.cast("x", id, utf8(text.replace(credential, foreign))))
        .isEqualTo("unknown-credential");
    assertThat(booth.cast("x", id, utf8(text.replace(credential, "0" + credential))))
        .isIn("not-canonical", "unknown-credential", "out-of-range");
    assertThat(booth.cast("x", id, swappedChoices(text))).isNotEqualTo("").doesNotContain("=");
    var now = hall.election(id);
    assertThat(now).isEqualTo(before);
    assertThat(booth.tookPart()).containsExactly("voter 0");
  }

  /** The first two ciphertexts in each other's place. */
  private static byte[] swappedChoices(String ballot) {
    var json = new JsonObject(ballot);
    var choices = json.getJsonArray("answers").getJsonObject(0).getJsonArray("choices");
    var first = choices.getJsonObject(0);
    choices.set(0, choices.getJsonObject(1)).set(1, first);
    return utf8(json.encode());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void hostile_ballots_at_the_port_of_the_chain_are_refused_too() throws Exception {
    var sample = sample(Group.ed25519(), 4);
    var id = hall.open(sample, 1);
    byte[] good = cast(id, sample, 0, RICE);
    var envelope = BallotEnvelope.wrap(Town.VOTES, id, good, System.currentTimeMillis()).text();
    // Everybody can make the envelope; the public door takes none.
    hall.send(envelope).expect(403, "ballot-needs-voter");
    assertThat(hall.election(id).getJsonObject("ballots").getInteger("accepted")).isEqualTo(1);
    var head = hall.election(id).getString("head");
    for (int i = 0; i < envelope.length(); i += 97) {
      var altered = new StringBuilder(envelope);
      altered.setCharAt(i, envelope.charAt(i) == 'A' ? 'B' : 'A');
      var answer =
          Town.await(town.votes().submit(altered.toString().getBytes(StandardCharsets.US_ASCII)));
      assertThat(answer).isNotInstanceOf(io.madang.gateway.engine.Answer.Final.class);
    }
    assertThat(hall.election(id).getString("head")).isEqualTo(head);
  }

  @Test
  void a_ballot_that_was_opened_for_a_check_cannot_be_cast() throws Exception {
    var sample = sample(Group.ed25519(), 5);
    var id = hall.open(sample, 1);
    byte[] ballot = sample.makeBallot(0, RICE);
    var tracker = Tracker.of(ballot).toString();
    assertThat(booth.open("voter 0", id, tracker)).isInstanceOf(Reply.Nothing.class);
    assertThat(booth.open("voter 0", id, tracker)).isInstanceOf(Reply.Nothing.class);
    assertThat(booth.cast("voter 0", id, ballot)).isEqualTo("ballot-was-opened");
    cast(id, sample, 0, RICE);
  }

  @Test
  void too_few_ballots_end_an_election_without_a_result() throws Exception {
    var sample = sample(Group.ed25519(), 6);
    var id = hall.open(sample, 10);
    cast(id, sample, 0, RICE);
    hall.close(id);
    var ended = hall.election(id);
    assertThat(ended.getString("stage")).isEqualTo("finished");
    assertThat(ended.containsKey("result")).isFalse();
    hall.publishTally(id).expect(409, "too-few-ballots");
    verifies(id, hall.bytes(Hall.path(id, "/archive")));
  }

  @Test
  void tells_who_listens_of_ballots_and_stages() throws Exception {
    var sample = sample(Group.ed25519(), 7);
    var id = hall.open(sample, 1);
    var response =
        Client.http()
            .send(
                town.anyone().request(Hall.path(id, "/events")).GET().build(),
                BodyHandlers.ofInputStream());
    try (var lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      lines.readLine();
      byte[] ballot = cast(id, sample, 0, RICE);
      assertThat(next(lines, "ballot"))
          .isEqualTo(
              new JsonObject()
                  .put("tracker", Tracker.of(ballot).toString())
                  .put("accepted", 1)
                  .put("counted", 1));
      hall.close(id);
      assertThat(next(lines, "stage")).isEqualTo(new JsonObject().put("stage", "closed"));
    }
  }

  private static JsonObject next(BufferedReader lines, String event) throws Exception {
    while (!("event: " + event).equals(lines.readLine())) {
      // Comments and ids.
    }
    return new JsonObject(lines.readLine().substring("data: ".length()));
  }

  @Test
  void an_election_that_nobody_announced_is_not_there() {
    var unknown = "/v1/elections/7HAFgTqYbNj3Wm";
    town.anyone().get(unknown).expect(404, "no-such-election");
    for (var path : List.of("/ballots", "/tally", "/computed-result", "/archive")) {
      town.anyone().get(unknown + path).expect(404, "no-such-election");
    }
    town.anyone().get("/v1/elections/short").expect(400, "malformed-request");
    town.anyone().get("/v1/elections").expect(200);
    town.anyone().put(unknown + "/ballots", new JsonObject()).expect(405, "method-not-allowed");
    town.anyone().post(unknown + "/ballots", new JsonObject()).expect(401, "unauthorized");
  }

  @Test
  void signed_headers_come_in_ascending_order_for_monitors() throws Exception {
    var sample = sample(Group.ed25519(), 8);
    hall.open(sample, 1);
    var page = town.anyone().get("/v1/votes/headers?limit=2").expect(200).json();
    assertThat(page.getJsonArray("items").stream().map(one -> ((JsonObject) one).getLong("height")))
        .containsExactly(1L, 2L);
    var rest = town.anyone().get("/v1/votes/headers?after=" + page.getString("next")).expect(200);
    assertThat(rest.json().getJsonArray("items").getJsonObject(0).getLong("height")).isEqualTo(3);
    var votes = town.anyone().get("/v1/votes").expect(200).json();
    assertThat(votes.getString("chain")).isEqualTo(Town.VOTES);
    assertThat(votes.getLong("height")).isGreaterThan(2);
  }
}
