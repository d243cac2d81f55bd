package io.madang.gateway.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MonitorCommandTest {
  private static final String ELECTION = "Voting12345678";

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(DishonestGateway gateway, String... more) throws IOException {
    var members = folder.resolve("votes-members.json");
    Files.write(members, gateway.chain.trusted().encode());
    var arguments =
        new ArrayList<>(
            List.of(
                "--gateway",
                gateway.address().toString(),
                "--members",
                members.toString(),
                "--archive",
                folder.resolve("watched").toString(),
                "--every",
                "0"));
    arguments.addAll(List.of(more));
    return new CommandLine(new MonitorCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments.toArray(String[]::new));
  }

  @Test
  void an_alarm_ends_the_watch_with_evidence_and_runs_the_command() throws IOException {
    var told = folder.resolve("told");
    try (var gateway = new DishonestGateway(new TwoFacedChain().grow(3))) {
      gateway.elections.put(ELECTION, List.of("a", "b"));
      assertThat(run(gateway, "--once")).isZero();
      assertThat(out.toString()).contains("height 3, 1 boards");

      gateway.elections.put(ELECTION, List.of("a", "x", "y"));
      assertThat(run(gateway, "--alarm-command", "cat > '" + told + "' <")).isEqualTo(1);
    }
    assertThat(err.toString()).contains("ALARM forked").contains(ELECTION);
    var evidence = new JsonObject(Files.readString(told));
    assertThat(evidence.getString("kind")).isEqualTo("forked");
    assertThat(evidence.getString("subject")).isEqualTo(ELECTION);
    assertThat(evidence.getJsonObject("evidence").getJsonObject("shown").getInteger("events"))
        .isEqualTo(3);
  }

  @Test
  void a_gateway_that_does_not_answer_fails_a_single_look() throws IOException {
    try (var gateway = new DishonestGateway(new TwoFacedChain().grow(1))) {
      gateway.instead.put("/v1/elections", "nonsense");
      assertThat(run(gateway, "--once")).isEqualTo(1);
    }
    assertThat(err.toString()).contains("trouble").contains("not JSON");
  }

  @Test
  void without_members_it_does_not_begin() throws IOException {
    Files.writeString(folder.resolve("members.json"), "{}");
    int code =
        new CommandLine(new MonitorCommand())
            .setErr(new PrintWriter(err, true))
            .execute(
                "--gateway",
                "http://127.0.0.1:9",
                "--members",
                folder.resolve("members.json").toString(),
                "--archive",
                folder.toString());
    assertThat(code).isEqualTo(1);
    assertThat(err.toString()).contains("not a members file");
  }
}
