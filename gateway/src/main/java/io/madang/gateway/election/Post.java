package io.madang.gateway.election;

import io.madang.voting.ElectionId;
import io.vertx.core.Future;

/** Sends messages to voters. */
public interface Post {
  /** What a message is about. */
  enum Kind {
    /** A private credential, from a registrar; never sent by the gateway. */
    CREDENTIAL,
    /** A one-time code. */
    CODE,
    /** That a ballot was cast. */
    NOTICE
  }

  /**
   * A message.
   *
   * @param to an e-mail address
   */
  record Message(Kind kind, ElectionId election, String to, String subject, String text) {
    /** Says nothing: it may hold a code. */
    @Override
    public String toString() {
      return "a message";
    }
  }

  /** Sends a message, at least as far as that it is not lost when this program ends. */
  Future<Void> send(Message message);
}
