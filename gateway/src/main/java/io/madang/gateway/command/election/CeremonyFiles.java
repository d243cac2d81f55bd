package io.madang.gateway.command.election;

import io.madang.voting.group.Group;
import io.madang.voting.trustee.KeyCeremony;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The certificates of all members of a threshold group. */
final class CeremonyFiles {
  /** Longest message of a ceremony: the shares of a hundred members. */
  static final int MAX_MESSAGE = 8 << 20;

  @Option(
      names = "--certificate",
      paramLabel = "FILE",
      arity = "1..*",
      description = "The certificates of all members, in the order of their places.")
  private List<Path> certificates = List.of();

  boolean isGiven() {
    return !certificates.isEmpty();
  }

  int size() {
    return certificates.size();
  }

  /** Checks the certificates. */
  KeyCeremony ceremony(Group group) throws IOException {
    requireCount(certificates, "--certificate");
    return InputFile.accepted(
        "The ceremony", KeyCeremony.begin(group, InputFile.texts(certificates, MAX_MESSAGE)));
  }

  /** Reads a message of each member. */
  List<String> messages(List<Path> files, String option) throws IOException {
    requireCount(files, option);
    if (files.size() != certificates.size()) {
      throw new IOException(
          "There are "
              + certificates.size()
              + " certificates but "
              + files.size()
              + " files after "
              + option
              + "; name one of each member, in the same order.");
    }
    return InputFile.texts(files, MAX_MESSAGE);
  }

  private static void requireCount(List<Path> files, String option) throws IOException {
    if (files.size() < 2 || files.size() > MemberSecret.MAX_SIZE) {
      throw new IOException(
          "Name the files of all 2 to " + MemberSecret.MAX_SIZE + " members after " + option + ".");
    }
  }
}
