package io.madang.gateway.session;

import io.madang.chain.PublicKey;
import java.util.Set;

/**
 * Who administers elections.
 *
 * @param chain the voting channel's name, which a login is signed for
 * @param keys those that the voting channel began with
 */
public record Administrators(String chain, Set<PublicKey> keys) {
  /** Copies the keys. */
  public Administrators {
    keys = Set.copyOf(keys);
  }
}
