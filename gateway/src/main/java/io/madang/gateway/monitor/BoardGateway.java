package io.madang.gateway.monitor;

import io.madang.chain.Hash;
import io.madang.chain.PublicKey;
import io.madang.voting.ElectionId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a monitor asks of a gateway. Nothing that it says is trusted.
 *
 * <p>Every call throws {@link GatewayTrouble} when the gateway does not answer, or not in the form
 * of its contract.
 */
interface BoardGateway {
  /** Its address. */
  String name();

  /** The next signed heads after a height, ascending; empty when there is none. */
  List<SignedHead> heads(long after) throws GatewayTrouble;

  /** All elections that have, or had, a board. */
  List<BoardSummary> elections() throws GatewayTrouble;

  /** Writes the archive of an election into a file; {@link IOException} when that cannot be. */
  void archive(ElectionId election, Path file) throws IOException, GatewayTrouble;

  /** The receipt of the newest ballot; empty while there is none, or it is not proven yet. */
  Optional<byte[]> newestReceipt(BoardSummary board) throws GatewayTrouble;

  /** All attached elections. */
  List<AttachedSummary> attached() throws GatewayTrouble;

  /** The next hashes of an attached election from a position on; empty at the end. */
  List<Hash> attachedBallots(ElectionId election, long from) throws GatewayTrouble;

  /** The receipt of the posting that brought this hash; empty while it is not proven yet. */
  Optional<byte[]> attachedReceipt(ElectionId election, Hash ballot) throws GatewayTrouble;

  /**
   * An election as a gateway describes it.
   *
   * @param head the hash of its archive's last event
   * @param events how many the archive has
   * @param open whether ballots are still taken
   * @param finished whether the result stands
   */
  record BoardSummary(
      ElectionId id, String head, long events, boolean open, boolean finished, long closesMillis) {}

  /** An attached election as a gateway describes it. */
  record AttachedSummary(
      ElectionId id,
      PublicKey key,
      String titleEnglish,
      String titleKorean,
      long closesMillis,
      String stage,
      Hash head,
      long hashes,
      Optional<String> result,
      Optional<Hash> resultHash) {}
}
