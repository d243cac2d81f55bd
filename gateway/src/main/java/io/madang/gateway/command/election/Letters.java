package io.madang.gateway.command.election;

import io.madang.gateway.election.EmlFolder;
import io.madang.gateway.election.Post;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Letters that bring each voter the credential, as files that a mail server takes. */
final class Letters {
  private Letters() {}

  /** Where they go, if they are wanted. */
  static final class Options {
    @Option(
        names = "--mail",
        paramLabel = "DIR",
        description = "Write a letter (.eml) to each voter into this folder.")
    private Optional<Path> folder = Optional.empty();

    @Option(
        names = "--mail-from",
        paramLabel = "ADDRESS",
        defaultValue = "registrar@localhost",
        description = "Whom the letters come from (${DEFAULT-VALUE}).")
    private String from = "";

    @Option(
        names = "--mail-domain",
        paramLabel = "DOMAIN",
        description = "Where voters get mail whose name on the roll is no address.")
    private Optional<String> domain = Optional.empty();

    boolean wanted() {
      return folder.isPresent();
    }

    /**
     * Writes them. Letters that were written before are written again.
     *
     * @param fingerprint of the announced election, which the booth shows
     * @return how many
     */
    int write(Register register, String fingerprint) throws IOException {
      var messages = new ArrayList<Post.Message>();
      for (var voter : register.voters()) {
        messages.add(letter(register, fingerprint, voter));
      }
      var mail = new EmlFolder(folder.orElseThrow(), from, Clock.systemUTC());
      for (var message : messages) {
        mail.write(message);
      }
      return messages.size();
    }

    private Post.Message letter(Register register, String fingerprint, Voter.Entitled entitled)
        throws IOException {
      return new Post.Message(
          Post.Kind.CREDENTIAL,
          register.election(),
          address(entitled.voter().identity()),
          "투표 자격 / Your credential",
          """
          %s

          투표에 쓸 비밀 자격이에요. 아무에게도 알려 주지 마세요.
          This is your secret credential for the election. Tell it to nobody.

          %s

          투표소에 보이는 선거 지문이 이것과 같은지 비교해 주세요.
          Compare the election's fingerprint in the booth with this one.

          Fingerprint: %s
          """
              .formatted(register.title(), entitled.credential().secretText(), fingerprint));
    }

    private String address(String voter) throws IOException {
      var address =
          voter.contains("@")
              ? voter
              : voter
                  + "@"
                  + domain.orElseThrow(
                      () ->
                          new IOException(
                              voter + " is no address; name a domain with --mail-domain."));
      if (!address.matches("[!-~]+@[!-~]+")) {
        throw new IOException(address + " is no address that mail can be sent to.");
      }
      return address;
    }
  }
}
