package io.madang.gateway.election;

import io.madang.voting.ElectionId;
import io.madang.voting.chain.Stage;
import io.vertx.core.Future;
import java.util.Optional;

/** What has to be known here of the elections on the voting channel. */
public interface Board {
  /** The stage of an election; empty when nothing of it is on the channel. */
  Future<Optional<Stage>> stage(ElectionId election);
}
