package io.madang.gateway.command.election;

import io.madang.gateway.client.GatewayClient;
import io.madang.voting.ElectionId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import picocli.CommandLine.Option;

/**
 * The link that an administrator hands to a registrar or a trustee, as a program uses it: {@code
 * https://vote.example/trustee#ELECTION.TOKEN}. Whoever has it can act in that role, so it is never
 * shown by {@link #toString()}.
 *
 * @param gateway where the election is prepared
 * @param token opens the role's desk; absent where only what is public is needed
 */
record RoleLink(URI gateway, ElectionId election, Optional<String> token) {
  private static final int MAX_LENGTH = 2_000;

  /** The option that takes it. */
  static final class Given {
    @Option(
        names = "--link",
        paramLabel = "URL",
        required = true,
        description = {
          "The link from the administrator; in quotes, because of its #.",
          "With - it is read from the standard input, where other users cannot see it."
        })
    private String text = "";

    RoleLink read() throws IOException {
      return parse(text.equals("-") ? line() : text)
          .orElseThrow(
              () ->
                  new IOException(
                      "--link must be the whole link, such as https://vote.example/trustee#…; put it"
                          + " in quotes."));
    }

    private static String line() throws IOException {
      var line =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
      return line == null ? "" : line;
    }
  }

  /** Reads a link; empty when it is none. */
  static Optional<RoleLink> parse(String text) {
    var link = text.strip();
    int hash = link.indexOf('#');
    if (hash < 0 || link.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    URI page;
    try {
      page = URI.create(link.substring(0, hash));
    } catch (IllegalArgumentException noAddress) {
      return Optional.empty();
    }
    var scheme = page.getScheme();
    if (page.getHost() == null || !("https".equals(scheme) || "http".equals(scheme))) {
      return Optional.empty();
    }
    var named = link.substring(hash + 1);
    int dot = named.indexOf('.');
    var token = dot < 0 ? "" : named.substring(dot + 1);
    return ElectionId.parse(dot < 0 ? named : named.substring(0, dot))
        .map(
            election ->
                new RoleLink(
                    page.resolve("/"),
                    election,
                    token.isEmpty() ? Optional.empty() : Optional.of(token)));
  }

  /** A caller without a name. */
  GatewayClient anyone() {
    return new GatewayClient(gateway);
  }

  /** The role's caller. */
  GatewayClient desk() throws IOException {
    return anyone()
        .with(
            token.orElseThrow(
                () -> new IOException("--link must have the part after the dot: the token.")));
  }

  @Override
  public String toString() {
    return "a link for election " + election;
  }
}
