package io.madang.gateway.http;

import io.vertx.core.http.HttpServerResponse;

/** Headers that tell browsers what our pages never do. */
final class SecurityHeaders {
  private static final CharSequence CSP =
      "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self';"
          + " img-src 'self' data: blob:; connect-src 'self'; worker-src 'self';"
          + " object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  private SecurityHeaders() {}

  static void put(HttpServerResponse response) {
    response
        .putHeader("Content-Security-Policy", CSP)
        .putHeader("Permissions-Policy", "camera=(self), microphone=(), geolocation=(), payment=()")
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("X-Frame-Options", "DENY")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cross-Origin-Opener-Policy", "same-origin")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin");
  }
}
