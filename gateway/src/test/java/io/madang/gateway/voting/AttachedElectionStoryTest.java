package io.madang.gateway.voting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.madang.chain.Base64Url;
import io.madang.chain.Hash;
import io.madang.chain.Receipt;
import io.madang.chain.ReceiptReading;
import io.madang.chain.ReceiptVerification;
import io.madang.chain.TrustedMembers;
import io.madang.gateway.Town;
import io.madang.gateway.command.MadangCommand;
import io.madang.voting.Question;
import io.madang.voting.SampleElection;
import io.madang.voting.group.Group;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A system that exists is attached with the script of the guide, as it stands, and a monitor
 * watches.
 */
class AttachedElectionStoryTest {
  private static final Path SCRIPT = Path.of("../docs/attach/madang_attach.py").toAbsolutePath();
  private static final String ID = "StudentCounci1";

  @TempDir Path folder;

  private Town town;

  @BeforeEach
  void begin() {
    assumeTrue(works("python3", "--version"), "the script needs Python 3");
    assumeTrue(works("openssl", "version"), "the script needs openssl");
    town = Town.start();
  }

  @AfterEach
  void end() {
    if (town != null) {
      town.close();
    }
  }

  private static boolean works(String... command) {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException notThere) {
      return false;
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  private record Said(int code, String text) {}

  private Said script(String name, String... arguments) throws Exception {
    var command = new ArrayList<>(List.of("python3", SCRIPT.toString(), name));
    if (!name.equals("key")) {
      command.addAll(List.of("--gateway", town.url(""), "--election", ID));
    }
    command.addAll(List.of(arguments));
    var process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return new Said(process.waitFor(), text);
  }

  private String done(String name, String... arguments) throws Exception {
    var said = script(name, arguments);
    assertThat(said.code()).as(said.text()).isZero();
    return said.text();
  }

  private String file(String name, String content) throws IOException {
    Files.writeString(folder.resolve(name), content);
    return name;
  }

  private JsonObject attached(String rest) {
    return town.anyone().get("/v1/attached/" + ID + rest).expect(200).json();
  }

  /** A monitor looks at everything once and finds nothing wrong. */
  private void watch() throws IOException {
    var members = folder.resolve("votes-members.json");
    Files.write(members, new Hall(town).bytes("/v1/votes/members"));
    var said = new StringWriter();
    int code =
        MadangCommand.run(
            new PrintWriter(said, true),
            new PrintWriter(said, true),
            "monitor",
            "--gateway",
            town.url(""),
            "--members",
            members.toString(),
            "--archive",
            folder.resolve("watched").toString(),
            "--once");
    assertThat(code).as(said.toString()).isZero();
  }

  private void openBoard() throws Exception {
    var seed = Hash.sha256("election office".getBytes(StandardCharsets.UTF_8)).bytes();
    file("administrator.key", new JsonObject().put("seed", Base64Url.encode(seed)).encode());
    var key = done("key", "system.pem");
    assertThat(key).hasSize(43);
    done(
        "open",
        "--key",
        "administrator.key",
        "--system-key",
        key,
        "--title-en",
        "Student council",
        "--title-ko",
        "총학생회 \"선거\"",
        "--closes",
        Instant.now().plusSeconds(3_600).toString());
  }

  @Test
  void the_script_of_the_guide_attaches_an_election_from_its_opening_to_its_result()
      throws Exception {
    openBoard();
    var first = done("post", "--key", "system.pem", file("one", "encrypted ballot 1"));
    assertThat(first)
        .isEqualTo(
            Base64Url.encode(
                Hash.sha256("encrypted ballot 1".getBytes(StandardCharsets.UTF_8)).bytes()));
    watch();
    // After a crash the system posts again what it is not sure of.
    done(
        "post",
        "--key",
        "system.pem",
        "one",
        file("two", "encrypted ballot 2"),
        file("three", "암호문 3"));
    assertThat(attached("").getInteger("ballots")).isEqualTo(3);
    assertThat(attached("").getJsonObject("title").getString("ko")).isEqualTo("총학생회 \"선거\"");
    var second = attached("/ballots?from=1&limit=1").getJsonArray("items").getJsonObject(0);
    assertThat(second.getInteger("position")).isEqualTo(1);
    assertThat(attached("/ballots/" + second.getString("hash")).getInteger("position"))
        .isEqualTo(1);
    assertThat(attached("/ballots?from=1&limit=1").getInteger("next")).isEqualTo(2);

    assertThat(done("check", "--tracker", first, "--receipt", "receipt.json")).contains("number 1");
    assertThat(receipt()).contains(first);
    assertThat(script("check", "--tracker", "A".repeat(43)).text()).contains("NOT ON THE BOARD");

    done("close", "--key", "system.pem");
    assertThat(script("post", "--key", "system.pem", file("late", "too late")).text())
        .contains("voting-ended");
    done(
        "result",
        "--key",
        "system.pem",
        "--text",
        file("result.txt", "찬성 2, 반대 1\nYes 2, no 1"),
        "--document",
        file("minutes.txt", "minutes"));
    assertThat(attached("").getString("stage")).isEqualTo("finished");
    assertThat(attached("").getJsonObject("result").getString("text"))
        .isEqualTo("찬성 2, 반대 1\nYes 2, no 1");
    watch();
    assertThat(Files.readAllLines(folder.resolve("watched/attached/" + ID + ".hashes"))).hasSize(3);
  }

  /** The operation that the receipt proves, with nothing but the members' keys. */
  private String receipt() throws IOException {
    var members = new Hall(town).bytes("/v1/votes/members");
    if (TrustedMembers.read(members) instanceof TrustedMembers.Reading.Read(var trusted)
        && Receipt.read(Files.readAllBytes(folder.resolve("receipt.json")))
            instanceof ReceiptReading.Read(var receipt)
        && receipt.verify(trusted) instanceof ReceiptVerification.Valid(var details)) {
      return details.operation().canonical();
    }
    throw new AssertionError("the receipt proves nothing");
  }

  @Test
  void a_stranger_posts_nothing_and_what_is_unknown_is_named() throws Exception {
    openBoard();
    done("key", "stranger.pem");
    assertThat(script("post", "--key", "stranger.pem", file("one", "x")).text())
        .contains("not-attached-key");
    town.anyone().get("/v1/attached/" + ID + "/ballots/" + "A".repeat(43)).expect(404);
    town.anyone().get("/v1/attached/Nothing1234567").expect(404);
    assertThat(town.anyone().get("/v1/attached").expect(200).json().getJsonArray("items"))
        .hasSize(1);
  }

  @Test
  void a_monitor_watches_an_election_of_ours_from_its_opening_over_a_restart() throws Exception {
    var hall = new Hall(town);
    var question = new Question(List.of("가", "나"), false, 1, 1, "?");
    var sample =
        new SampleElection(
            SampleElection.Plan.of(Group.ed25519(), question), new SplittableRandom(3));
    var id = hall.open(sample, 1);
    watch();
    var ballot = sample.cast(0, List.of(List.of(1, 0)));
    new Booth(town).cast("voter 1", id, ballot);
    watch();
    town.restart();
    new Booth(town).cast("voter 2", id, sample.cast(1, List.of(List.of(0, 1))));
    watch();
    hall.close(id);
    sample.close();
    hall.publishTally(id).expect(200);
    hall.decrypt(id, sample, 1).expect(200);
    hall.publishResult(id).expect(200);
    watch();
    assertThat(Files.readAllBytes(folder.resolve("watched/elections/" + id + ".bel")))
        .isEqualTo(hall.bytes(Hall.path(id, "/archive")));
  }
}
