package io.madang.voting.chain;

import io.madang.chain.Hash;
import io.madang.chain.crypto.Sha256;
import io.madang.voting.ElectionId;
import io.madang.voting.chain.VotingOperation.AttachedResult;
import io.madang.voting.chain.VotingOperation.AttachedTerms;
import java.nio.charset.StandardCharsets;

/**
 * The head of an attached election's board: a hash that commits to all of it in its order, so that
 * two people who name the same head have seen the same board ({@code docs/formats.md}, section 9).
 *
 * @param hash the hash after the last thing that happened
 */
public record AttachedHead(Hash hash) {
  private static final byte[] TAG = "madang/attached/v1\0".getBytes(StandardCharsets.US_ASCII);
  private static final byte BALLOT = 1;
  private static final byte CLOSED = 2;
  private static final byte RESULT = 3;

  /** The head of an empty board. */
  public static AttachedHead of(ElectionId election, AttachedTerms terms) {
    return new AttachedHead(
        digest(
            TAG,
            VotingOperations.openAttached(election, terms)
                .canonical()
                .getBytes(StandardCharsets.UTF_8)));
  }

  /** The head after one more ballot. */
  public AttachedHead after(Hash ballot) {
    return next(BALLOT, ballot.bytes());
  }

  /** The head after the close. */
  public AttachedHead closed() {
    return next(CLOSED);
  }

  /** The head after the result. */
  public AttachedHead finished(AttachedResult result) {
    byte[] text = result.text().getBytes(StandardCharsets.UTF_8);
    return next(RESULT, result.hash().bytes(), Sha256.digest(text));
  }

  private AttachedHead next(byte kind, byte[]... content) {
    var parts = new byte[content.length + 2][];
    parts[0] = hash.bytes();
    parts[1] = new byte[] {kind};
    System.arraycopy(content, 0, parts, 2, content.length);
    return new AttachedHead(digest(parts));
  }

  private static Hash digest(byte[]... parts) {
    var sha256 = Sha256.start();
    for (byte[] part : parts) {
      sha256.update(part);
    }
    return Hash.of(sha256.digest());
  }
}
