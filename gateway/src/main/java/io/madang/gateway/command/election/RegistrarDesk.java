package io.madang.gateway.command.election;

import io.madang.gateway.client.GatewayClient;
import io.madang.voting.group.Group;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The registrar's work on an election that a gateway prepares: the gateway tells who is on the
 * roll, and gets nothing but public credentials.
 */
final class RegistrarDesk {
  private final RoleLink link;
  private final Path folder;

  RegistrarDesk(RoleLink link, Path folder) {
    this.link = link;
    this.folder = folder;
  }

  /** Waits for the roll, makes the register unless the folder has it, and hands the list over. */
  Register work(Patience patience) throws IOException {
    var desk = link.desk();
    var now = patience.await(() -> roll(desk));
    var voters = voters(now);
    Register register;
    if (Files.exists(Register.files(folder)[0])) {
      register = Register.read(folder);
      requireSame(register, voters);
    } else {
      var group =
          Group.named(now.getString("group"))
              .orElseThrow(() -> new IOException("The election has a group of another kind."));
      register = Register.make(link.election(), group, title(now), voters);
      // Safe here before anybody hears of it.
      register.write(folder, new Output());
    }
    byte[] list =
        InputFile.text(folder.resolve(Register.PUBLIC_LIST), Register.MAX_BYTES)
            .getBytes(StandardCharsets.UTF_8);
    patience.await(() -> Optional.of(desk.putBytes(path("credentials"), list)));
    return register;
  }

  private String path(String rest) {
    return "/v1/election-drafts/" + link.election() + "/" + rest;
  }

  private Optional<JsonObject> roll(GatewayClient desk) {
    return Optional.of(desk.get(path("registrar")))
        .filter(now -> !now.getJsonArray("voters").isEmpty());
  }

  private void requireSame(Register register, List<Voter> voters) throws IOException {
    if (!register.election().equals(link.election())
        || !register.voters().stream().map(Voter.Entitled::voter).toList().equals(voters)) {
      throw new IOException(
          folder + " has credentials for another election or another roll; name another folder.");
    }
  }

  private static List<Voter> voters(JsonObject now) throws IOException {
    var voters = new ArrayList<Voter>();
    for (var each : now.getJsonArray("voters")) {
      var voter = (JsonObject) each;
      voters.add(
          Voter.of(
              voter.getString("voter"),
              Long.toString(voter.getLong("weight")),
              "On the gateway's roll: "));
    }
    Voter.requireAll(voters, "The gateway's roll");
    return voters;
  }

  /** A name in two languages is both of them. */
  private static String title(JsonObject now) {
    var name = now.getValue("name");
    var title =
        name instanceof JsonObject both
            ? both.getString("ko") + " / " + both.getString("en")
            : String.valueOf(name);
    return title.substring(0, Math.min(title.length(), Register.MAX_TITLE));
  }
}
