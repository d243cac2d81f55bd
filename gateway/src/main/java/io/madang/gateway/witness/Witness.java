package io.madang.gateway.witness;

import io.madang.chain.Hash;
import io.madang.chain.SignatureVerifier;
import io.madang.chain.SigningKey;
import io.madang.chain.Statement;
import io.madang.chain.StatementId;
import io.madang.chain.StatementReader;
import io.madang.chain.StatementReading;
import io.madang.chain.StatementSigner;
import io.madang.chain.json.CanonicalJson;
import io.madang.chain.json.JsonNumber;
import io.madang.chain.json.JsonObject;
import io.madang.chain.json.JsonText;
import io.madang.gateway.engine.Genesis;
import io.madang.gateway.engine.RecordedBlock;
import io.madang.gateway.secret.MasterSecret;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * One durable block that this gateway has seen: a statement {@code witness} (formats, section 3)
 * that its member's key signed.
 *
 * @param height the block's; 0 when there was none yet
 * @param hash the hash of its header; at height 0, of the genesis document
 */
record Witness(String chain, long height, Hash hash) {
  private static final String PURPOSE = "witness";

  /** A transaction is acceptable while it is valid; this is never one. */
  private static final long NEVER_VALID = 0;

  static Witness of(Genesis genesis) {
    return new Witness(genesis.chain(), 0, Hash.sha256(CanonicalJson.bytes(genesis.document())));
  }

  static Witness of(String chain, RecordedBlock block) {
    return new Witness(chain, block.height(), block.hash());
  }

  /** The text of the signed statement. */
  String sign(SigningKey member) {
    return new StatementSigner(member)
        .sign(
            new Statement.Payload(
                chain,
                new StatementId(HexFormat.of().formatHex(MasterSecret.random(16))),
                PURPOSE,
                NEVER_VALID,
                JsonObject.builder().put("hash", hash.toString()).put("height", height).build()))
        .text();
  }

  /** What a text says that this member signed about this chain; empty when it is no such text. */
  static Optional<Witness> read(String text, String chain, SigningKey member) {
    if (!(StatementReader.read(text) instanceof StatementReading.Read(var statement))
        || !statement.signer().equals(member.publicKey())
        || !statement.payload().purpose().equals(PURPOSE)
        || !statement.payload().chain().equals(chain)
        || !new SignatureVerifier(new SecureRandom()::nextBytes, 0).verifies(statement)) {
      return Optional.empty();
    }
    var members = statement.payload().operation().members();
    return members.size() == 2
            && members.get("hash") instanceof JsonText(var hash)
            && hash.matches("[0-9A-F]{64}")
            && members.get("height") instanceof JsonNumber(var height)
            && height >= 0
        ? Optional.of(new Witness(chain, height, Hash.parse(hash)))
        : Optional.empty();
  }
}
