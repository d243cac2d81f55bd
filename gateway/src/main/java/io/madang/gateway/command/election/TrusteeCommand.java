package io.madang.gateway.command.election;

import io.madang.voting.group.Scalar;
import io.madang.voting.trustee.ThresholdTrustee;
import io.madang.voting.trustee.TrusteeKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A trustee's part: secret keys are made, used and kept on the trustee's own machine. */
@Command(
    name = "trustee",
    description = {
      "Hold a part of the key to the result. Run it on the trustee's own machine.",
      "A single trustee: key, later decrypt. A member of a group of which some number suffices:",
      "certificate, polynomial, key, later decrypt; between the steps all exchange their files.",
      "With a gateway that carries the messages: attend does all of it."
    },
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
public final class TrusteeCommand {
  private static final String PRIVATE = TrusteeDesk.PRIVATE;
  private static final String MEMBER_PRIVATE = TrusteeDesk.MEMBER_PRIVATE;
  private static final String PUBLIC = "trustee-public.json";
  private static final String CERTIFICATE = "certificate.json";
  private static final String ANSWER = "member-public.json";

  @Spec private CommandSpec spec = CommandSpec.create();

  /** The first step of the ceremony. */
  @Command(
      description = "Threshold step 1: make a member's secret, and the certificate for the others.",
      mixinStandardHelpOptions = true)
  int certificate(
      @Option(names = "--size", paramLabel = "M", required = true, description = "Members in all.")
          int size,
      @Option(
              names = "--threshold",
              paramLabel = "T",
              required = true,
              description = "How many of them suffice to decrypt; fewer than all.")
          int threshold,
      @Option(
              names = "--index",
              paramLabel = "I",
              required = true,
              description = "This member's place, from 1.")
          int index,
      @Mixin GroupOption group,
      @Mixin SecretKeeping keeping)
      throws IOException {
    if (size < 2 || size > MemberSecret.MAX_SIZE) {
      throw new IOException("--size must be from 2 to " + MemberSecret.MAX_SIZE + ".");
    }
    if (threshold < 1 || threshold >= size) {
      throw new IOException(
          "--threshold must be from 1 to "
              + (size - 1)
              + "; where all are needed, use single trustees ('trustee key').");
    }
    if (index < 1 || index > size) {
      throw new IOException("--index must be from 1 to " + size + ".");
    }
    var chosen = group.group();
    keeping.requireFree(MEMBER_PRIVATE, CERTIFICATE);
    var secret =
        new MemberSecret(chosen, index, ThresholdTrustee.random(chosen, Secrets.RANDOMNESS));
    var out = spec.commandLine().getOut();
    keeping.writeSecret(
        MEMBER_PRIVATE,
        secret.secretText(),
        "If it is lost before the ceremony ends, the ceremony must begin again.",
        out);
    keeping.write(
        CERTIFICATE, secret.trustee().certificate(size, threshold, index, Secrets.RANDOMNESS));
    out.printf("Send %s to all members.%n", keeping.file(CERTIFICATE));
    return 0;
  }

  /** The third step: the second is everybody's check of the certificates, done here too. */
  @Command(
      description = "Threshold step 2: check all certificates, share a secret out among them.",
      mixinStandardHelpOptions = true)
  int polynomial(
      @Mixin MemberOption member,
      @Mixin CeremonyFiles files,
      @Option(names = "--out", paramLabel = "FILE", required = true, description = "The message.")
          Path file,
      @Mixin Output output)
      throws IOException {
    output.requireFree(file);
    var secret = member.read();
    var ceremony = files.ceremony(secret.group());
    output.write(file, secret.trustee().polynomial(ceremony, Secrets.RANDOMNESS));
    spec.commandLine().getOut().printf("Send %s to all members.%n", file);
    return 0;
  }

  /** A single trustee's key, or the last step of a member. */
  @Command(
      description = {
        "Make a single trustee's key; or, with --member, threshold step 3: check what the others",
        "shared, and make this member's key of it."
      },
      mixinStandardHelpOptions = true)
  int key(
      @Mixin GroupOption group,
      @Option(
              names = "--member",
              paramLabel = "FILE",
              description = "What 'trustee certificate' made: member-private.json.")
          Optional<Path> member,
      @Mixin CeremonyFiles files,
      @Option(
              names = "--polynomial",
              paramLabel = "FILE",
              arity = "1..*",
              description = "The polynomial messages of all members, in the same order.")
          List<Path> polynomials,
      @Mixin SecretKeeping keeping)
      throws IOException {
    if (member.isPresent()) {
      return memberKey(MemberSecret.read(member.get()), files, polynomials, keeping);
    }
    if (files.isGiven() || polynomials != null) {
      throw new IOException("Whose key? Name the member's private file with --member.");
    }
    var chosen = group.group();
    keeping.requireFree(PRIVATE, PUBLIC);
    var secret = new TrusteeSecret(chosen, chosen.scalars().random(Secrets.RANDOMNESS));
    var out = spec.commandLine().getOut();
    keeping.writeSecret(
        PRIVATE,
        secret.secretText(),
        "IF IT IS LOST, NOBODY CAN EVER LEARN THE RESULT OF THE ELECTION.",
        out);
    keeping.write(PUBLIC, TrusteeKey.of(chosen, secret.key(), Secrets.RANDOMNESS).json());
    out.printf("Send %s to whoever opens the election.%n", keeping.file(PUBLIC));
    return 0;
  }

  private int memberKey(
      MemberSecret member, CeremonyFiles files, List<Path> polynomials, SecretKeeping keeping)
      throws IOException {
    keeping.requireFree(PRIVATE, ANSWER);
    var ceremony = files.ceremony(member.group());
    var messages = files.messages(polynomials == null ? List.of() : polynomials, "--polynomial");
    if (member.index() > files.size()) {
      throw new IOException("This member's place is not among the certificates.");
    }
    var inputs = InputFile.accepted("The ceremony", ceremony.route(messages));
    var answer =
        InputFile.accepted(
            "What was shared with this member",
            member
                .trustee()
                .receive(
                    ceremony, member.index(), inputs.get(member.index() - 1), Secrets.RANDOMNESS));
    var secret = new TrusteeSecret(member.group(), decryptionKey(member, answer));
    var out = spec.commandLine().getOut();
    keeping.writeSecret(
        PRIVATE,
        secret.secretText(),
        "IF TOO MANY MEMBERS LOSE THEIRS, NOBODY CAN EVER LEARN THE RESULT OF THE ELECTION.",
        out);
    keeping.write(ANSWER, answer);
    out.printf("Send %s to whoever opens the election.%n", keeping.file(ANSWER));
    return 0;
  }

  private static Scalar decryptionKey(MemberSecret member, String answer) throws IOException {
    var sealed =
        InputFile.accepted(
            "The answer", ThresholdTrustee.sealedDecryptionKey(member.group(), answer));
    return InputFile.accepted("The answer", member.trustee().decryptionKey(sealed));
  }

  /** Decrypts a tally that was verified first, and nothing else. */
  @Command(
      description = {
        "Verify the whole archive, then make this trustee's part of the decryption of its tally.",
        "No single ballot is ever decrypted."
      },
      mixinStandardHelpOptions = true)
  int decrypt(
      @Parameters(paramLabel = "FILE", description = "The election's archive, with its tally.")
          Path archive,
      @Option(
              names = "--key",
              paramLabel = "FILE",
              required = true,
              description = "The trustee's private file: trustee-private.json.")
          Path key,
      @Option(names = "--out", paramLabel = "FILE", required = true, description = "The message.")
          Path file,
      @Mixin Output output)
      throws IOException {
    output.requireFree(file);
    var part = Decryption.make(archive, TrusteeSecret.read(key), spec.commandLine().getErr());
    output.write(file, part.record());
    spec.commandLine()
        .getOut()
        .printf(
            "Decrypted as trustee %d. Send %s to whoever keeps the archive.%n", part.owner(), file);
    return 0;
  }

  /** All of it with a gateway, which carries the messages. */
  @Command(
      description = {
        "Take part in an election that a gateway prepares: make and keep the keys here, and do each",
        "step of the ceremony as soon as it is due. Started again on its folder, it goes on."
      },
      mixinStandardHelpOptions = true)
  int attend(
      @Mixin RoleLink.Given link,
      @Mixin SecretKeeping keeping,
      @Option(
              names = "--decrypt",
              description = {
                "Stay until the tally is published, verify the whole archive, and send this trustee's",
                "part of the decryption. With the key in the folder, the link needs no token."
              })
          boolean decrypt)
      throws IOException {
    var given = link.read();
    var out = spec.commandLine().getOut();
    var err = spec.commandLine().getErr();
    var desk = new TrusteeDesk(given, keeping, out, err);
    var patience = new Patience(err);
    if (given.token().isPresent() || !desk.hasKey()) {
      desk.attend(patience);
    }
    if (decrypt) {
      desk.decrypt(patience);
    }
    return 0;
  }

  /** Whose turn it is. */
  static final class MemberOption {
    @Option(
        names = "--member",
        paramLabel = "FILE",
        required = true,
        description = "What 'trustee certificate' made: member-private.json.")
    private Path file = Path.of("");

    private MemberSecret read() throws IOException {
      return MemberSecret.read(file);
    }
  }
}
