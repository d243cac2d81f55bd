package io.madang.gateway.command;

import io.madang.chain.Receipt;
import io.madang.chain.ReceiptReading;
import io.madang.chain.ReceiptVerification;
import io.madang.chain.ReceiptVerification.Details;
import io.madang.chain.ReceiptVerification.Invalid;
import io.madang.chain.ReceiptVerification.Valid;
import io.madang.chain.TrustedMembers;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Receipts, checked without asking anybody. */
@Command(name = "receipt", description = "Check receipts offline.", mixinStandardHelpOptions = true)
final class ReceiptCommand {
  /** Of payments and of votes, as a gateway gives them away. */
  private static final List<String> MEMBERS_FILES = List.of("members.json", "votes-members.json");

  /** A ballot has some thousand characters that tell a reader nothing. */
  private static final int SHOWN_CHARACTERS = 300;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Trusts nothing but the members' keys; exit code 1 when the receipt proves nothing. */
  @Command(
      description = "Check a receipt. Trusts nothing but the members' keys.",
      mixinStandardHelpOptions = true)
  int verify(
      @Parameters(paramLabel = "FILE", description = "The receipt.") Path file,
      @Option(
              names = "--members",
              paramLabel = "FILE",
              description =
                  "The members whose signatures count; members.json or votes-members.json beside the"
                      + " receipt if not given. Take it from a source you trust, once.")
          Optional<Path> members)
      throws IOException {
    var out = spec.commandLine().getOut();
    var trusted = trusted(members.map(List::of).orElseGet(() -> beside(file)));
    var receipt =
        switch (Receipt.read(read(file, Receipt.MAX_BYTES))) {
          case ReceiptReading.Read(var read) -> read;
          case ReceiptReading.Refused(var detail) ->
              throw new IOException(file + " is not a receipt: " + detail);
        };
    var own = ofItsChain(trusted, receipt);
    var verdict = receipt.verify(own);
    return switch (verdict) {
      case Valid(var details) -> {
        explain(details, own, out);
        yield 0;
      }
      case Invalid(var reason, var detail) -> {
        out.printf("INVALID  %s%n", file);
        out.printf("  %s (%s)%n", detail, reason);
        yield 1;
      }
    };
  }

  private static void explain(Details details, TrustedMembers trusted, PrintWriter out) {
    out.printf(
        "VALID on chain %s, block %d, %s%n", trusted.chain(), details.height(), details.time());
    out.printf("  signed by    %s%n", details.signer());
    out.printf(
        "  asked for    %s %s%n", details.purpose(), beginning(details.operation().canonical()));
    out.printf("  came to      %s%n", new String(details.result().data(), StandardCharsets.UTF_8));
    out.printf("  transaction  %s%n", details.transactionHash());
  }

  private static String beginning(String text) {
    return text.length() <= SHOWN_CHARACTERS
        ? text
        : "%s … (%,d characters)".formatted(text.substring(0, SHOWN_CHARACTERS), text.length());
  }

  private static List<Path> beside(Path receipt) {
    return MEMBERS_FILES.stream().map(receipt::resolveSibling).filter(Files::exists).toList();
  }

  private static List<TrustedMembers> trusted(List<Path> files) throws IOException {
    if (files.isEmpty()) {
      throw new IOException(
          "Whose signatures count? There is no members file beside the receipt; name one with"
              + " --members.");
    }
    var all = new ArrayList<TrustedMembers>();
    for (var file : files) {
      all.add(read(file));
    }
    return all;
  }

  /** The members of the receipt's chain; when none are, the first, who do not know it. */
  private static TrustedMembers ofItsChain(List<TrustedMembers> all, Receipt receipt) {
    return all.stream()
        .filter(one -> !isOfAnotherChain(receipt.verify(one)))
        .findFirst()
        .orElse(all.getFirst());
  }

  private static boolean isOfAnotherChain(ReceiptVerification verdict) {
    return verdict instanceof Invalid(var reason, var _)
        && reason == ReceiptVerification.Reason.CHAIN;
  }

  private static TrustedMembers read(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new IOException("There is no " + file);
    }
    return switch (TrustedMembers.read(read(file, Receipt.MAX_BYTES))) {
      case TrustedMembers.Reading.Read(var trusted) -> trusted;
      case TrustedMembers.Reading.Refused(var detail) ->
          throw new IOException(file + " is not a members file: " + detail);
    };
  }

  /** Reads a file that may come from anybody, never more than a little over the limit. */
  private static byte[] read(Path file, int limit) throws IOException {
    try (var input = Files.newInputStream(file)) {
      return input.readNBytes(limit + 1);
    }
  }
}
