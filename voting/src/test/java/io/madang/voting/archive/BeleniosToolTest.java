package io.madang.voting.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.madang.chain.Seeds;
import io.madang.voting.ElectionDraft;
import io.madang.voting.ElectionId;
import io.madang.voting.Question;
import io.madang.voting.SampleElection;
import io.madang.voting.SampleElection.Plan;
import io.madang.voting.Tracker;
import io.madang.voting.board.Board;
import io.madang.voting.board.Checks;
import io.madang.voting.board.Posting;
import io.madang.voting.group.Element;
import io.madang.voting.group.Group;
import io.madang.voting.record.RecordReader;
import io.madang.voting.trustee.TrusteeKey;
import io.madang.voting.trustee.Trustees;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our archives before Debian's belenios-tool, and what it makes before us. */
class BeleniosToolTest {
  private static final Group GROUP = Group.belenios2048();
  private static final Question ONE_OF_TWO =
      new Question(List.of("가", "나"), false, 1, 1, "하나만 고르세요");
  private static final Question APPROVAL =
      new Question(List.of("a", "b", "c"), false, 0, 3, "Which do you like?");
  private static final Question WITH_BLANK =
      new Question(List.of("x", "y", "z"), true, 1, 2, "Up to two, or blank");

  @TempDir private Path folder;

  @BeforeEach
  void needs_the_tool() {
    assumeTrue(
        BeleniosTool.isInstalled(),
        "belenios-tool is not installed; './madang test' installs it, or 'apt-get install"
            + " belenios-tool'");
  }

  static List<Plan> plans() {
    return List.of(
        Plan.of(GROUP, ONE_OF_TWO),
        Plan.of(GROUP, APPROVAL),
        Plan.of(GROUP, WITH_BLANK),
        Plan.of(GROUP, ONE_OF_TWO, APPROVAL, WITH_BLANK).trustees(3, 0, 0),
        Plan.of(GROUP, ONE_OF_TWO, WITH_BLANK).weights(1L, 2_000_000_000L, 7L).trustees(0, 2, 3),
        Plan.of(GROUP, APPROVAL).weights(5L, 1L).trustees(1, 2, 3));
  }

  private BeleniosTool toolWith(String id, byte[] archive) {
    var tool = new BeleniosTool(folder);
    tool.write(id + ".bel", archive);
    return tool;
  }

  private static String id(SampleElection election) {
    return election.board().election().id().text();
  }

  private static List<Integer> choice(Question question, int first) {
    var choice = new ArrayList<Integer>();
    for (int i = 0; i < question.choices(); i++) {
      choice.add(i == first ? 1 : 0);
    }
    return choice;
  }

  @ParameterizedTest
  @MethodSource("plans")
  void it_accepts_our_archives_with_a_revote_at_every_stage(Plan plan) {
    var election = new SampleElection(plan, Seeds.random(7));
    for (int voter = 0; voter < plan.weights().size(); voter++) {
      int first = voter;
      election.cast(
          voter, plan.questions().stream().map(q -> choice(q, first % q.choices())).toList());
    }
    election.cast(0, plan.questions().stream().map(q -> choice(q, 1)).toList());
    assertThat(toolWith(id(election), election.archive()).verify().messages())
        .contains("all checks passed");
    election.close();
    assertThat(toolWith(id(election), election.archive()).verify().messages())
        .contains("all checks passed");
    election.decryptAndPublish();
    var outcome = toolWith(id(election), election.archive()).verify();

    assertThat(outcome.messages()).contains("all checks passed");
    assertThat(outcome.exitCode()).isZero();
    assertThat(election.board().result().orElseThrow().counts()).isEqualTo(election.plainCounts());
  }

  static Stream<Long> seeds() {
    return Seeds.many().boxed();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void t4_it_agrees_with_us_and_the_plain_count_on_random_elections(long seed) {
    var random = Seeds.random(seed);
    var election = new SampleElection(Plan.random(GROUP, random), random);
    election.castRandomly();
    election.close();
    election.decryptAndPublish();

    var tool = toolWith(id(election), election.archive());
    assertThat(tool.verify().messages()).contains("all checks passed");
    assertThat(election.board().result().orElseThrow().counts()).isEqualTo(election.plainCounts());
  }

  @Test
  void it_refuses_a_changed_proof_as_we_do() {
    var election = new SampleElection(Plan.of(GROUP, ONE_OF_TWO), Seeds.random(3));
    byte[] ballot = election.makeBallot(0, List.of(List.of(1, 0)));
    var changed =
        new String(ballot, StandardCharsets.UTF_8)
            .replaceFirst("\"response\":\"[0-9]{3}", "\"response\":\"123");
    byte[] archive = joined(election.archive(), election.writer().ballot(bytes(changed)));

    assertThat(toolWith(id(election), archive).verify().exitCode()).isNotZero();
    assertThat(verify(archive)).isInstanceOf(Verdict.Invalid.class);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] joined(byte[] first, byte[] second) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(first);
    out.writeBytes(second);
    return out.toByteArray();
  }

  private static Verdict verify(byte[] archive) {
    return ArchiveVerifier.verify(ArchiveSource.of(archive), Checks.inOrder(), Progress.silent());
  }

  /** People of an election who use belenios-tool: one single trustee, 2 of 3 others, voters. */
  private static final class Its {
    private final BeleniosTool tool;
    private final List<String> credentials = new ArrayList<>();
    private final List<String> members = new ArrayList<>();

    Its(BeleniosTool tool, String uuid) {
      this.tool = tool;
      var group = List.of("--group", GROUP.name());
      tool.write("voters.txt", bytes("a@example.org,a,1\nb@example.org,b,3\nc@example.org,c,2\n"));
      run(group, "setup", "generate-credentials", "--uuid", uuid, "--file", "voters.txt");
      text(tool.fileEndingWith(".privcreds"))
          .lines()
          .forEach(line -> credentials.add(line.substring(line.indexOf(' ') + 1)));
      run(group, "setup", "generate-trustee-key");
      tool.write("public_keys.jsons", tool.read(tool.fileEndingWith(".pubkey")));
      holdCeremony(group);
      tool.done("setup", "make-trustees");
    }

    private void holdCeremony(List<String> group) {
      String[] step = {"setup", "generate-trustee-key-threshold", "--certs", "certs.jsons"};
      var certificates = new StringBuilder();
      for (int i = 0; i < 3; i++) {
        run(group, "setup", "generate-trustee-key-threshold", "--step", "1");
        var name = tool.fileEndingWith(".cert");
        members.add(name.replace(".cert", ""));
        certificates.append(text(name)).append('\n');
        tool.delete(name);
      }
      tool.write("certs.jsons", bytes(certificates.toString()));
      run(group, with(step, "--step", "2"));
      var polynomials = new StringBuilder();
      for (var member : members) {
        polynomials
            .append(
                run(group, with(step, "--key", member + ".key", "--step", "3", "--threshold", "2"))
                    .text())
            .append('\n');
      }
      tool.write("polynomials.jsons", bytes(polynomials.toString()));
      run(group, with(step, "--polynomials", "polynomials.jsons", "--step", "4"));
      var outputs = new StringBuilder();
      for (var member : members) {
        var command = with(step, "--key", member + ".key", "--step", "5");
        outputs
            .append(tool.done(tool.read(member + ".vinput"), appended(command, group)).text())
            .append('\n');
      }
      var last = with(step, "--polynomials", "polynomials.jsons", "--step", "6");
      tool.write(
          "threshold.json",
          bytes(tool.done(bytes(outputs.toString()), appended(last, group)).text()));
    }

    private BeleniosTool.Outcome run(List<String> group, String... command) {
      return tool.done(appended(command, group));
    }

    private static String[] appended(String[] command, List<String> more) {
      return Stream.concat(Stream.of(command), more.stream()).toArray(String[]::new);
    }

    private static String[] with(String[] command, String... more) {
      return appended(command, List.of(more));
    }

    String text(String file) {
      return new String(tool.read(file), StandardCharsets.UTF_8).strip();
    }

    byte[] ballot(int voter, String choices) {
      tool.write("credential.txt", bytes(credentials.get(voter)));
      tool.write("choices.json", bytes(choices));
      return bytes(
          tool.done(
                  "election",
                  "generate-ballot",
                  "--privcred",
                  "credential.txt",
                  "--ballot",
                  "choices.json")
              .text());
    }

    /** The decryption of trustee 1, who is single, or of one of the members 2 to 4. */
    byte[] decryption(int owner) {
      if (owner == 1) {
        return bytes(
            tool.done(
                    "election",
                    "decrypt",
                    "--privkey",
                    tool.fileEndingWith(".privkey"),
                    "--trustee-id",
                    "1")
                .text());
      }
      var member = members.get(owner - 2);
      return bytes(
          tool.done(
                  "election",
                  "decrypt-threshold",
                  "--key",
                  member + ".key",
                  "--decryption-key",
                  member + ".dkey",
                  "--trustee-id",
                  Integer.toString(owner))
              .text());
    }
  }

  private static final String TWO_QUESTIONS =
      """
      {"description":"설명","name":"이름","questions":[\
      {"answers":["A","B"],"blank":true,"min":1,"max":1,"question":"one"},\
      {"answers":["C","D","E"],"min":0,"max":3,"question":"any"}],\
      "administrator":"관리자","credential_authority":"발급자"}\
      """;

  @Test
  void we_accept_its_archives_and_find_its_result() {
    var tool = new BeleniosTool(folder);
    var uuid = tool.done("setup", "generate-token").text();
    var its = new Its(tool, uuid);
    tool.write("template.json", bytes(TWO_QUESTIONS));
    tool.done(
        "setup",
        "make-election",
        "--uuid",
        uuid,
        "--group",
        GROUP.name(),
        "--template",
        "template.json");
    tool.write("public_creds.json", tool.read(tool.fileEndingWith(".pubcreds")));
    tool.done("archive", "init");
    tool.addEvent("Ballot", its.ballot(0, "[[0,1,0],[1,1,0]]"));
    tool.addEvent("Ballot", its.ballot(1, "[[1,0,0],[0,0,0]]"));
    tool.addEvent("Ballot", its.ballot(2, "[[0,0,1],[1,1,1]]"));
    tool.addEvent("Ballot", its.ballot(0, "[[0,0,1],[0,0,1]]"));
    tool.addEvent("EndBallots", new byte[0]);
    tool.addEvent("EncryptedTally", tool.done("election", "compute-encrypted-tally").output());
    for (int owner : List.of(1, 2, 4)) {
      tool.addEvent("PartialDecryption", its.decryption(owner));
    }
    tool.addEvent("Result", tool.done("election", "compute-result").output());
    assertThat(tool.verify().exitCode()).isZero();

    var verdict = verify(tool.read(uuid + ".bel"));
    assertThat(verdict).isInstanceOf(Verdict.Valid.class);
    if (verdict instanceof Verdict.Valid(_, _, _, var board)) {
      assertThat(board.result().orElseThrow().counts())
          .isEqualTo(List.of(List.of(3L, 0L, 3L), List.of(2L, 2L, 3L)));
      assertThat(board.decryptedBy()).containsExactly(1, 2, 4);
    }
  }

  @Test
  void its_voters_and_trustees_take_part_in_our_election() {
    var tool = new BeleniosTool(folder);
    var uuid = tool.done("setup", "generate-token").text();
    var its = new Its(tool, uuid);
    var single =
        RecordReader.read(its.text("public_keys.jsons"), reader -> TrusteeKey.read(reader, GROUP));
    byte[] trustees = Trustees.toRecord(List.of(single), List.of(its.text("threshold.json")));
    Element key = Trustees.read(trustees, GROUP).orStop().electionKey();
    byte[] definition =
        new ElectionDraft(
                new ElectionId(uuid), GROUP, "n", "d", List.of(ONE_OF_TWO, WITH_BLANK), "", "")
            .toRecord(key);
    // The tool's list has a login as a third part, which its archives leave out.
    byte[] credentials =
        bytes(its.text(tool.fileEndingWith(".pubcreds")).replaceAll(",[a-z]\"", "\""));
    var board = Board.open(definition, trustees, credentials, Checks.inOrder()).orStop();
    assertThat(board.credentials().totalWeight()).isEqualTo(6);
    var writer = ArchiveWriter.create(1_795_287_931);
    var archive = new ByteArrayOutputStream();
    archive.writeBytes(writer.begin());
    archive.writeBytes(writer.setup(definition, trustees, credentials));
    tool.write(uuid + ".bel", archive.toByteArray());

    var ballots = new HashMap<Tracker, byte[]>();
    for (var vote :
        List.of(
            "0[[1,0],[0,1,1,0]]",
            "1[[0,1],[1,0,0,0]]",
            "2[[1,0],[0,1,0,0]]",
            "0[[0,1],[0,0,0,1]]")) {
      byte[] ballot = its.ballot(vote.charAt(0) - '0', vote.substring(1));
      var checked = board.ballotCheck().check(ballot).orStop();
      assertThat(board.post(checked, tracker -> Objects.requireNonNull(ballots.get(tracker))))
          .isInstanceOf(Posting.Posted.class);
      ballots.put(checked.tracker(), ballot);
      archive.writeBytes(writer.ballot(ballot));
    }
    assertThat(board.close()).isEmpty();
    archive.writeBytes(writer.endBallots());
    byte[] tally = board.tally().toRecord();
    assertThat(board.publishTally(tally, 3, 6)).isEmpty();
    archive.writeBytes(writer.encryptedTally(tally, 3, 6));
    tool.write(uuid + ".bel", archive.toByteArray());
    for (int owner : List.of(1, 3, 4)) {
      // The tool prints the partial decryption, and on a second line the event's payload.
      byte[] decryption =
          new String(its.decryption(owner), StandardCharsets.UTF_8)
              .lines()
              .findFirst()
              .orElseThrow()
              .getBytes(StandardCharsets.UTF_8);
      assertThat(board.addPartialDecryption(owner, decryption)).isEmpty();
      archive.writeBytes(writer.partialDecryption(owner, decryption));
    }
    byte[] result = board.computeResult().orStop().toRecord();
    assertThat(board.finish(result)).isEmpty();
    archive.writeBytes(writer.result(result));
    tool.write(uuid + ".bel", archive.toByteArray());

    assertThat(new String(result, StandardCharsets.UTF_8))
        .isEqualTo("{\"result\":[[2,4],[3,2,0,1]]}");
    assertThat(tool.verify().messages()).contains("all checks passed");
  }
}
