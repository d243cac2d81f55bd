package io.madang.gateway.command.election;

import io.madang.voting.board.Board;
import io.madang.voting.board.Phase;
import io.madang.voting.group.Group;
import io.madang.voting.tally.PartialDecryption;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.stream.IntStream;

/**
 * A trustee's part of the decryption of a tally that was verified first.
 *
 * @param owner the trustee's number, from 1
 * @param record the partial decryption
 */
record Decryption(int owner, byte[] record) {

  /** Verifies the whole archive and decrypts its tally; nothing else is ever decrypted. */
  static Decryption make(Path archive, TrusteeSecret secret, PrintWriter progress)
      throws IOException {
    try (var open = ArchiveFile.read(archive)) {
      return make(VerifiedArchive.of(open, progress).board(), secret);
    }
  }

  private static Decryption make(Board board, TrusteeSecret secret) throws IOException {
    if (board.phase() != Phase.DECRYPTING) {
      throw new IOException(
          board.phase() == Phase.FINISHED
              ? "The result stands already; nothing is left to decrypt."
              : "There is no tally to decrypt yet; it follows the close of voting.");
    }
    Group group = board.election().group();
    if (!group.name().equals(secret.group().name())) {
      throw new IOException("The key is one of another group than the election's.");
    }
    var publicKey = group.secretGeneratorPowers().secretPower(secret.key());
    var owner =
        IntStream.rangeClosed(1, board.trustees().count())
            .filter(
                number ->
                    board.trustees().verificationKey(number).filter(publicKey::equals).isPresent())
            .findFirst()
            .orElseThrow(() -> new IOException("The key is that of no trustee of this election."));
    return new Decryption(
        owner,
        PartialDecryption.make(board.election(), board.tally(), secret.key(), Secrets.RANDOMNESS));
  }
}
