package io.madang.gateway.health;

import io.madang.chain.Commit;
import io.madang.chain.CommitSignature;
import io.madang.chain.Member;
import io.madang.chain.TrustedMembers.Named;
import io.madang.gateway.engine.Engine;
import io.madang.gateway.engine.RecordedBlock;
import io.madang.gateway.http.Json;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The members of a chain, and the last block that each of them signed. */
final class Members {
  /** A member that has signed none of the last so many blocks is said to be absent. */
  private static final int BLOCKS = 4;

  private final String channel;
  private final Engine<?> engine;

  Members(String channel, Engine<?> engine) {
    this.channel = channel;
    this.engine = engine;
  }

  Future<List<JsonObject>> views() {
    long height = engine.standing().height();
    return engine
        .recorded(Math.max(1, height - BLOCKS + 1), height)
        .map(
            blocks ->
                engine.members().named().stream().map(member -> view(member, blocks)).toList());
  }

  private JsonObject view(Named named, List<RecordedBlock> blocks) {
    var view =
        new JsonObject()
            .put("channel", channel)
            .put("chain", engine.standing().chain())
            .put("name", named.name())
            .put("key", named.member().key().toString())
            .put(
                "fingerprint",
                HexFormat.of().withUpperCase().formatHex(named.member().address().toByteArray()))
            .put("power", named.member().power());
    for (var block : blocks.reversed()) {
      var signature = signature(named.member(), block);
      if (signature.isPresent()) {
        return view.put("lastHeight", block.height())
            .put("lastSignedAt", Json.time(signature.get().time().toEpochMilli()));
      }
    }
    return view;
  }

  private static Optional<CommitSignature> signature(Member member, RecordedBlock block) {
    return Commit.decode(block.commit()).stream()
        .flatMap(commit -> commit.signatures().stream())
        .filter(one -> one.flag() == CommitSignature.Flag.COMMIT)
        .filter(one -> one.address().equals(member.address()))
        .findFirst();
  }
}
