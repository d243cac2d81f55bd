package io.madang.gateway.command.election;

import io.madang.voting.group.Group;
import java.io.IOException;
import picocli.CommandLine.Option;

/** In which group an election's ballots are encrypted. */
final class GroupOption {
  @Option(
      names = "--group",
      paramLabel = "NAME",
      defaultValue = "BELENIOS-2048",
      description = "BELENIOS-2048 or Ed25519, as the election's draft says (${DEFAULT-VALUE}).")
  private String name = "";

  Group group() throws IOException {
    return named(name);
  }

  static Group named(String name) throws IOException {
    return Group.named(name)
        .orElseThrow(
            () ->
                new IOException(
                    "There is no group " + Shown.text(name) + "; it is BELENIOS-2048 or Ed25519."));
  }
}
