package io.madang.gateway.command.election;

import io.madang.voting.ElectionId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Who may vote: run by somebody who never runs the server, so that no one can stuff ballots. */
@Command(
    name = "registrar",
    description = "Make the voters' credentials. Run it where the server's operator has no access.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
public final class RegistrarCommand {
  @Spec private CommandSpec spec = CommandSpec.create();

  /** Who the voters are: a list, or only how many. */
  static final class Voters {
    @Option(
        names = "--voters",
        paramLabel = "FILE",
        required = true,
        description = "A line for each voter: name, number or address; after a comma a weight.")
    private Optional<Path> file = Optional.empty();

    @Option(
        names = "--count",
        paramLabel = "N",
        required = true,
        description = "So many voters, known by their numbers.")
    private int count;
  }

  /** Makes a credential for each voter. */
  @Command(
      description = "Make a credential for each voter, a page to print, and the public list.",
      mixinStandardHelpOptions = true)
  int credentials(
      @Option(
              names = "--election-id",
              paramLabel = "ID",
              required = true,
              description = "The election's identifier, from 'election new'.")
          String electionId,
      @ArgGroup(multiplicity = "1") Voters voters,
      @Mixin GroupOption group,
      @Option(
              names = "--title",
              defaultValue = "",
              description = "What the printed page calls the election.")
          String title,
      @Option(names = "--out", paramLabel = "DIR", required = true, description = "The folder.")
          Path folder,
      @Mixin Output output)
      throws IOException {
    var election =
        ElectionId.parse(electionId)
            .orElseThrow(
                () ->
                    new IOException(
                        "--election-id must be 14 to 64 letters and digits, as 'election new' says it."));
    var chosen = group.group();
    output.requireFree(Register.files(folder));
    var who =
        voters.file.isPresent() ? Voter.read(voters.file.get()) : Voter.numbered(voters.count);
    if (title.length() > Register.MAX_TITLE) {
      throw new IOException("--title has at most " + Register.MAX_TITLE + " characters.");
    }
    Register.make(election, chosen, title, who).write(folder, output);
    var out = spec.commandLine().getOut();
    out.printf("Made credentials for %,d voters in %s.%n", who.size(), folder);
    out.printf(
        "  secret  credentials.csv, credentials.html: give each voter their own, no other.%n");
    out.printf("  public  %s: give it to whoever opens the election.%n", Register.PUBLIC_LIST);
    return 0;
  }

  /** Credentials for the roll of an election that a gateway prepares. */
  @Command(
      description = {
        "Make credentials for the voters of an election that a gateway prepares, hand it the public",
        "ones, and write a letter to each voter once the election is announced, with its fingerprint.",
        "Started again on its folder, it hands over the same."
      },
      mixinStandardHelpOptions = true)
  int attend(
      @Mixin RoleLink.Given link,
      @Option(names = "--out", paramLabel = "DIR", required = true, description = "The folder.")
          Path folder,
      @Mixin Letters.Options letters)
      throws IOException {
    var given = link.read();
    var out = spec.commandLine().getOut();
    var desk = new RegistrarDesk(given, folder);
    var patience = new Patience(spec.commandLine().getErr());
    var register = desk.work(patience);
    out.printf(
        "Made credentials for %,d voters in %s and handed over the public ones.%n",
        register.voters().size(), folder);
    out.flush();
    if (letters.wanted()) {
      int written = letters.write(register, desk.awaitFingerprint(patience));
      out.printf("Wrote %,d letters.%n", written);
    }
    return 0;
  }

  /** Gives a voter who lost a credential another one. */
  @Command(
      description = "Before the opening: replace the credential of a voter who lost it.",
      mixinStandardHelpOptions = true)
  int reissue(@Mixin Change change) throws IOException {
    var register = Register.read(change.folder).reissue(change.voter);
    change.write(register);
    var out = spec.commandLine().getOut();
    out.printf("%s has a new credential; the earlier one is worth nothing.%n", change.voter);
    sayWhatIsNext(change);
    return 0;
  }

  /** Takes the right to vote from somebody who should not be on the list. */
  @Command(
      description = "Before the opening: take a voter off the list.",
      mixinStandardHelpOptions = true)
  int revoke(@Mixin Change change) throws IOException {
    change.write(Register.read(change.folder).revoke(change.voter));
    spec.commandLine().getOut().printf("%s cannot vote.%n", change.voter);
    sayWhatIsNext(change);
    return 0;
  }

  private void sayWhatIsNext(Change change) {
    spec.commandLine()
        .getOut()
        .printf(
            "Give %s to whoever opens the election, in place of the earlier one. An election that is"
                + " open already keeps its list.%n",
            change.folder.resolve(Register.PUBLIC_LIST));
  }

  /** Which voter of which folder. */
  static final class Change {
    @Option(names = "--voter", paramLabel = "VOTER", required = true, description = "Who.")
    private String voter = "";

    @Option(
        names = "--dir",
        paramLabel = "DIR",
        required = true,
        description = "The folder that 'registrar credentials' made.")
    private Path folder = Path.of("");

    private void write(Register register) throws IOException {
      // Its own files, which this command is for replacing.
      register.write(folder, Output.replacing());
    }
  }
}
