package io.madang.gateway.http;

import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;

/** Asks those whose tokens begin so. Prefixes are public; what follows them is the secret. */
public final class CallersByPrefix implements Callers {
  private static final int LENGTH = 3;

  private final Map<String, Callers> prefixes;
  private final Callers others;

  /**
   * Who knows whom.
   *
   * @param prefixes by the first three characters of tokens
   * @param others for all other tokens
   */
  public CallersByPrefix(Map<String, Callers> prefixes, Callers others) {
    this.prefixes = Map.copyOf(prefixes);
    this.others = others;
  }

  @Override
  public Future<Optional<Caller>> byToken(String token) {
    var prefix = token.substring(0, Math.min(LENGTH, token.length()));
    return prefixes.getOrDefault(prefix, others).byToken(token);
  }
}
