package io.madang.gateway.engine;

import io.madang.chain.Block;
import io.madang.chain.ChainApplication.Position;
import io.madang.chain.MerklePath;
import io.madang.chain.TransactionResult;
import io.madang.chain.json.CanonicalJson;
import io.madang.chain.json.JsonArray;
import io.madang.chain.json.JsonObject;
import io.madang.chain.json.JsonText;
import io.madang.chain.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Writes receipts and payment proofs from stored blocks (formats, sections 3 and 6). */
final class ReceiptMaker {
  private static final long VERSION = 1;
  private final String chain;

  ReceiptMaker(String chain) {
    this.chain = chain;
  }

  /**
   * The receipt of a transaction.
   *
   * @param stored the block that holds it
   * @param next the block after, whose header vouches for the results
   */
  JsonObject receipt(Position position, StoredBlock stored, StoredBlock next) {
    var block = BlockReader.block(stored);
    var results = BlockReader.results(stored);
    int index = position.index();
    var inclusionPath = Block.dataTree(block.transactions()).path(index);
    var transaction = block.transactions().get(index).toByteArray();
    return JsonObject.builder()
        .put("chain", chain)
        .put("format", "madang-receipt")
        .put(
            "inclusion",
            JsonObject.builder()
                .put("commit", text(stored.commit()))
                .put("header", text(block.header().encode()))
                .put("index", index)
                .put("path", path(inclusionPath))
                .put("total", inclusionPath.total())
                .build())
        .put(
            "outcome",
            JsonObject.builder()
                .put("code", results.get(index).code())
                .put("commit", text(next.commit()))
                .put("data", data(results.get(index)))
                .put("header", text(BlockReader.block(next).header().encode()))
                .put("path", path(TransactionResult.treeOf(results).path(index)))
                .build())
        .put("transaction", new String(transaction, StandardCharsets.US_ASCII))
        .put("version", VERSION)
        .build();
  }

  /** The proof of a payment that a refund carries. */
  JsonObject paymentProof(Position position, StoredBlock stored) {
    var results = BlockReader.results(stored);
    var path = TransactionResult.treeOf(results).path(position.index());
    return JsonObject.builder()
        .put("height", position.height())
        .put("index", position.index())
        .put("outcome", data(results.get(position.index())))
        .put("path", path(path))
        .put("total", path.total())
        .build();
  }

  private static JsonValue data(TransactionResult result) {
    if (CanonicalJson.read(result.data()) instanceof CanonicalJson.Result.Read(var value)) {
      return value;
    }
    throw new IllegalArgumentException("a result's data is canonical JSON");
  }

  private static JsonArray path(MerklePath path) {
    return new JsonArray(
        path.aunts().stream().<JsonValue>map(aunt -> new JsonText(text(aunt.bytes()))).toList());
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
