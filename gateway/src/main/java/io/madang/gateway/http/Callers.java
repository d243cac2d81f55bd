package io.madang.gateway.http;

import io.vertx.core.Future;
import java.util.Optional;

/** Finds out who calls. */
public interface Callers {
  /**
   * Who shows this token; empty when nobody does. Takes the same steps whether or not the token
   * exists.
   */
  Future<Optional<Caller>> byToken(String token);
}
