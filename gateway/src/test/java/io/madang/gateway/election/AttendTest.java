package io.madang.gateway.election;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.gateway.Town;
import io.madang.gateway.command.MadangCommand;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Registrar and trustees at their command lines, with a gateway that carries the messages. */
class AttendTest {
  @TempDir private Path folder;

  private Town town;

  @BeforeEach
  void begin() {
    town = Town.start();
  }

  @AfterEach
  void end() {
    town.close();
  }

  private record Ended(int exitCode, String said) {}

  private static Ended madang(String... arguments) {
    var said = new StringWriter();
    try (var out = new PrintWriter(said)) {
      int exitCode = MadangCommand.run(out, out, arguments);
      out.flush();
      return new Ended(exitCode, said.toString());
    }
  }

  private Ended trustee(Preparation election, int number) {
    return madang(
        "trustee",
        "attend",
        "--link",
        election.trusteeLink(number),
        "--out",
        folder.resolve("trustee-" + number).toString());
  }

  private Ended registrar(Preparation election) {
    return madang(
        "registrar",
        "attend",
        "--link",
        election.registrarLink(),
        "--out",
        folder.resolve("registrar").toString());
  }

  private String read(String file) throws Exception {
    return Files.readString(folder.resolve(file));
  }

  @Test
  void prepare_an_election_of_which_the_gateway_gets_public_parts_only() throws Exception {
    var election = Preparation.begin(town, Preparation.body());
    election.setRoll(Preparation.voters(3)).expect(200);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Ended>> trustees = new ArrayList<>();
      for (int i = 1; i <= 3; i++) {
        int number = i;
        trustees.add(threads.submit(() -> trustee(election, number)));
      }
      assertThat(registrar(election).exitCode()).isZero();
      for (var one : trustees) {
        var ended = one.get(1, TimeUnit.MINUTES);
        assertThat(ended.exitCode()).as(ended.said()).isZero();
      }
    }
    var records = election.office().get(election.path("/assembled")).expect(200).json();
    assertThat(read("registrar/public-credentials.json").strip())
        .isEqualTo(records.getString("credentials"));
    assertThat(records.encode())
        .doesNotContain(
            new JsonObject(read("trustee-1/trustee-private.json")).getString("private_key"));
    // Started again on its folder, a role hands over the same, or finds its work done.
    assertThat(registrar(election).exitCode()).isZero();
    assertThat(trustee(election, 2).said()).contains("Trustee 2 of 3 has its key");
    assertThat(election.office().get(election.path("/assembled")).expect(200).json())
        .isEqualTo(records);
  }

  @Test
  void a_single_trustee_goes_on_after_a_restart_with_the_key_that_was_made() throws Exception {
    var election =
        Preparation.begin(
            town, Preparation.body().put("trustees", new JsonObject().put("count", 1)));
    assertThat(trustee(election, 1).exitCode()).isZero();
    var key = read("trustee-1/trustee-private.json");
    var again = trustee(election, 1);
    assertThat(again.exitCode()).isZero();
    assertThat(read("trustee-1/trustee-private.json")).isEqualTo(key);
    assertThat(again.said()).doesNotContain(new JsonObject(key).getString("private_key"));
  }

  @Test
  void links_that_open_nothing_end_in_a_sentence() {
    var election = Preparation.begin(town, Preparation.body());
    var link = election.trusteeLink(1);
    var wrong = link.substring(0, link.lastIndexOf('.')) + ".et_nobody";
    var ended = madang("trustee", "attend", "--link", wrong, "--out", folder.toString());
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.said()).contains("The link is not valid any more");
    for (var none : List.of("", "https://vote.example/trustee", "file:///x#14", "a b#c.d")) {
      assertThat(madang("trustee", "attend", "--link", none, "--out", folder.toString()).said())
          .contains("--link must be the whole link");
    }
  }

  @Test
  void a_registrar_with_credentials_for_another_roll_is_told() {
    var election = Preparation.begin(town, Preparation.body());
    election.setRoll(Preparation.voters(2)).expect(200);
    assertThat(registrar(election).exitCode()).isZero();
    election.setRoll(new JsonArray().add(Preparation.voter("somebody"))).expect(200);
    assertThat(registrar(election).said()).contains("another roll");
  }
}
