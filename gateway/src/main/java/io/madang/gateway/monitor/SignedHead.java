package io.madang.gateway.monitor;

import io.madang.chain.Base64Url;
import io.madang.chain.Bytes;
import io.madang.chain.Commit;
import io.madang.chain.Hash;
import io.madang.chain.Header;
import io.madang.chain.json.JsonObject;
import java.util.Optional;

/**
 * A header with its members' signatures: a promise that the chain up to it is this one and no
 * other.
 */
record SignedHead(Header header, Commit commit) {
  /** Reads both from base64url; empty when one is not the canonical encoding of its kind. */
  static Optional<SignedHead> read(String header, String commit) {
    return Base64Url.decode(header)
        .flatMap(Header::decode)
        .flatMap(
            head ->
                Base64Url.decode(commit)
                    .flatMap(Commit::decode)
                    .map(signed -> new SignedHead(head, signed)));
  }

  long height() {
    return header.height();
  }

  /** What names the block. */
  Hash hash() {
    return header.hash();
  }

  /** Whether a later head says that its block stands on this one. */
  boolean isBefore(SignedHead next) {
    return next.header.lastBlockId().hash().equals(Bytes.of(hash()));
  }

  /** As it is kept and as it is shown for evidence. */
  JsonObject json() {
    return JsonObject.builder()
        .put("commit", Base64Url.encode(commit.encode()))
        .put("hash", hash().toString())
        .put("header", Base64Url.encode(header.encode()))
        .put("height", height())
        .build();
  }
}
