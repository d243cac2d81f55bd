package io.madang.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Hashes and encodings against what a real CometBFT v0.38 network said. */
class CometBftRecordsTest {
  @Test
  void hashes_the_headers_of_ten_real_blocks() {
    var blocks =
        CometFixtures.items(
            CometFixtures.read("rpc-v0.38/blockchain_from_1_to_10.json").at("/result/block_metas"));
    assertThat(blocks).hasSize(10);
    for (var block : blocks) {
      var header = CometFixtures.header(block.get("header"));
      assertThat(Bytes.of(header.hash())).isEqualTo(CometFixtures.hex(block.at("/block_id/hash")));
      assertThat(Header.decode(header.encode())).contains(header);
      assertThat(header.validatorsHash()).isEqualTo(Bytes.of(members().hash()));
    }
  }

  @Test
  void encodes_real_blocks_to_the_same_parts() {
    for (var name : List.of("block_at_height_1", "block_at_height_10")) {
      var result = CometFixtures.read("rpc-v0.38/" + name + ".json").get("result");
      assertReal(result.get("block"), result.get("block_id"));
    }
    for (int i = 0; i < 2; i++) {
      var value = CometFixtures.read("rpc-v0.38/subscribe_newblock_" + i + ".json");
      assertReal(value.at("/result/data/value/block"), value.at("/result/data/value/block_id"));
    }
  }

  private static void assertReal(JsonNode json, JsonNode id) {
    var block = CometFixtures.block(json);
    assertThat(block.id()).isEqualTo(CometFixtures.blockId(id));
    assertThat(block.isConsistent()).isTrue();
    assertThat(Block.decode(block.encode())).contains(block);
  }

  @Test
  void follows_the_transactions_of_real_blocks_to_their_data_hash() {
    var transactions =
        CometFixtures.items(
            CometFixtures.read("rpc-v0.38/tx_search_with_prove.json").at("/result/txs"));
    assertThat(transactions).hasSize(9);
    for (var json : transactions) {
      var transaction = CometFixtures.base64(json.get("tx"));
      var hash = Hash.sha256(transaction.toByteArray());
      assertThat(hash).hasToString(json.get("hash").asText());
      var proof = json.at("/proof/proof");
      var path =
          new MerklePath(
              proof.get("index").asLong(),
              proof.get("total").asLong(),
              CometFixtures.items(proof.get("aunts")).stream()
                  .map(aunt -> Hash.of(CometFixtures.base64(aunt).toByteArray()))
                  .toList());
      var root = Hash.parse(json.at("/proof/root_hash").asText());
      assertThat(Bytes.of(MerkleTree.leafHash(hash.bytes())))
          .isEqualTo(CometFixtures.base64(proof.get("leaf_hash")));
      assertThat(path.leads(hash.bytes(), root)).isTrue();
      assertThat(Block.dataTree(List.of(transaction)).root()).isEqualTo(root);
    }
  }

  @Test
  void hashes_results_and_parameters_as_the_real_network_did() {
    var header =
        CometFixtures.header(
            CometFixtures.read("rpc-v0.38/block_at_height_10.json").at("/result/block/header"));
    assertThat(
            CometFixtures.read("rpc-v0.38/block_results_at_height_10.json")
                .at("/result/txs_results"))
        .isEmpty();
    assertThat(header.lastResultsHash()).isEqualTo(Bytes.of(TransactionResult.rootOf(List.of())));
    var block =
        CometFixtures.read("rpc-v0.38/consensus_params.json").at("/result/consensus_params/block");
    var parameters =
        new ConsensusParameters(block.get("max_bytes").asLong(), block.get("max_gas").asLong());
    assertThat(header.consensusHash()).isEqualTo(Bytes.of(parameters.hash()));
  }

  private static MemberSet members() {
    return CometFixtures.members(
        CometFixtures.read("rpc-v0.38/genesis.json").at("/result/genesis/validators"));
  }
}
