package io.madang.chain;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.madang.chain.PublicKey.Algorithm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * Records that CometBFT and tendermint-rs made, in the JSON of CometBFT's RPC. They lie outside of
 * the project; tests that need them are skipped where they are absent.
 */
final class CometFixtures {
  private static final ObjectMapper JSON = new ObjectMapper();

  private CometFixtures() {}

  /** The folder of the fixtures; skips the test when there is none. */
  static Path folder() {
    var folder = Path.of(System.getProperty("madang.shared", "absent"), "reference", "lightclient");
    assumeTrue(Files.isDirectory(folder), "no fixtures in " + folder);
    return folder;
  }

  /** A file of the folder. */
  static JsonNode read(String name) {
    return read(folder().resolve(name));
  }

  static JsonNode read(Path file) {
    try {
      return JSON.readTree(file.toFile());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static List<JsonNode> items(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).toList();
  }

  static Header header(JsonNode json) {
    return new Header(
        json.at("/version/block").asLong(),
        json.at("/version/app").asLong(),
        json.get("chain_id").asText(),
        json.get("height").asLong(),
        Instant.parse(json.get("time").asText()),
        blockId(json.get("last_block_id")),
        hex(json.get("last_commit_hash")),
        hex(json.get("data_hash")),
        hex(json.get("validators_hash")),
        hex(json.get("next_validators_hash")),
        hex(json.get("consensus_hash")),
        hex(json.get("app_hash")),
        hex(json.get("last_results_hash")),
        hex(json.get("evidence_hash")),
        hex(json.get("proposer_address")));
  }

  static BlockId blockId(JsonNode json) {
    if (json.isNull()) {
      return BlockId.NONE;
    }
    var parts = json.has("parts") ? json.get("parts") : json.get("part_set_header");
    return new BlockId(
        hex(json.get("hash")),
        new PartSetHeader(parts.get("total").asInt(), hex(parts.get("hash"))));
  }

  static Commit commit(JsonNode json) {
    var signatures = new ArrayList<CommitSignature>();
    // Jackson walks through a null, which some files have for no signatures, as an empty list.
    for (var signature : json.get("signatures")) {
      signatures.add(
          new CommitSignature(
              CommitSignature.Flag.of(signature.get("block_id_flag").asInt()),
              hex(signature.get("validator_address")),
              Instant.parse(signature.get("timestamp").asText()),
              base64(signature.get("signature"))));
    }
    return new Commit(
        json.get("height").asLong(),
        json.get("round").asInt(),
        blockId(json.get("block_id")),
        signatures);
  }

  static Block block(JsonNode json) {
    return new Block(
        header(json.get("header")),
        items(json.at("/data/txs")).stream().map(CometFixtures::base64).toList(),
        commit(json.get("last_commit")));
  }

  static MemberSet members(JsonNode json) {
    var members = new ArrayList<Member>();
    for (var member : json) {
      var key = base64(member.at("/pub_key/value")).toByteArray();
      var power = member.has("power") ? member.get("power") : member.get("voting_power");
      members.add(new Member(PublicKey.of(Algorithm.ED25519, key), power.asLong()));
    }
    return MemberSet.of(members);
  }

  static Bytes hex(JsonNode json) {
    return Bytes.parseHex(json.asText());
  }

  static Bytes base64(JsonNode json) {
    return json.isNull() ? Bytes.EMPTY : Bytes.of(Base64.getDecoder().decode(json.asText()));
  }
}
