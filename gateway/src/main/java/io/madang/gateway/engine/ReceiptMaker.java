package io.madang.gateway.engine;

import io.madang.chain.BlockReceipts;
import io.madang.chain.ChainApplication.Position;
import io.madang.chain.Commit;
import io.madang.chain.Receipt;
import io.madang.chain.TransactionResult;
import io.madang.chain.json.CanonicalJson;
import io.madang.chain.json.JsonObject;
import java.util.Base64;

/** Makes receipts and payment proofs of stored blocks (formats, sections 3 and 6). */
final class ReceiptMaker {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private ReceiptMaker() {}

  /**
   * The receipt of a transaction.
   *
   * @param stored the block that holds it
   * @param next the block after, whose header vouches for the results
   */
  static Receipt receipt(Position position, StoredBlock stored, StoredBlock next) {
    return new BlockReceipts(
            BlockReader.block(stored),
            commit(stored),
            BlockReader.results(stored),
            BlockReader.block(next).header(),
            commit(next))
        .receipt(position.index());
  }

  /** The proof of a payment that a refund carries. */
  static JsonObject paymentProof(Position position, StoredBlock stored) {
    var results = BlockReader.results(stored);
    var path = TransactionResult.treeOf(results).path(position.index());
    var data = results.get(position.index()).data();
    if (!(CanonicalJson.read(data) instanceof CanonicalJson.Result.Read(var outcome))) {
      throw new CorruptChainException(stored.height(), "a result is not canonical JSON");
    }
    return JsonObject.builder()
        .put("height", position.height())
        .put("index", position.index())
        .put("outcome", outcome)
        .put(
            "path", path.aunts().stream().map(aunt -> BASE64.encodeToString(aunt.bytes())).toList())
        .put("total", path.total())
        .build();
  }

  private static Commit commit(StoredBlock stored) {
    return Commit.decode(stored.commit())
        .orElseThrow(
            () -> new CorruptChainException(stored.height(), "the stored bytes are no commit"));
  }
}
