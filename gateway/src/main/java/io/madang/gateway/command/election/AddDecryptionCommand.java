package io.madang.gateway.command.election;

import io.madang.voting.board.Board;
import io.madang.voting.board.Phase;
import io.madang.voting.record.Reading;
import io.madang.voting.tally.PartialDecryption;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Adds one trustee's part of the decryption. */
@Command(
    name = "decrypt-add",
    description = "Check one trustee's part of the decryption and append it.",
    mixinStandardHelpOptions = true)
final class AddDecryptionCommand implements Callable<Integer> {
  private static final int MAX_BYTES = 32 << 20;

  @Mixin private Appending appending = new Appending();

  @Parameters(index = "1", paramLabel = "PART", description = "What 'trustee decrypt' wrote.")
  private Path part = Path.of("");

  @Override
  public Integer call() throws IOException {
    byte[] record = InputFile.record(part, MAX_BYTES);
    return appending.with(
        (board, writer) -> {
          if (board.phase() != Phase.DECRYPTING) {
            throw new IOException(
                "Decryptions come after the encrypted tally and before the result.");
          }
          int owner = owner(board, record);
          Appending.require(board.addPartialDecryption(owner, record), part + " is refused");
          return writer.partialDecryption(owner, record);
        },
        "Added the trustee's part.");
  }

  /** Whose it is, which its proofs show. */
  private int owner(Board board, byte[] record) throws IOException {
    for (int owner = 1; owner <= board.trustees().count(); owner++) {
      var key = board.trustees().verificationKey(owner).orElseThrow();
      if (PartialDecryption.read(record, board.election(), board.tally(), key)
          instanceof Reading.Accepted<?>) {
        return owner;
      }
    }
    throw new IOException(
        part + " is refused: no trustee of this election decrypts this tally so.");
  }
}
