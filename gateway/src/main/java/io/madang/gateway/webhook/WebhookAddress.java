package io.madang.gateway.webhook;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * Where an endpoint is.
 *
 * @param host a name or an address, without brackets
 * @param target path and query
 */
record WebhookAddress(boolean secure, String host, int port, String target) {
  private static final int HTTPS = 443;
  private static final int HTTP = 80;
  private static final int FIRST_FREE_PORT = 1024;

  /**
   * Reads an address; empty when nothing is sent to such a one. It is https on port 443 or one from
   * 1024 up, with neither a password nor a fragment inside.
   *
   * @param alsoPlain whether http is taken too, on any port
   */
  static Optional<WebhookAddress> parse(String text, boolean alsoPlain) {
    URI uri;
    try {
      uri = new URI(text).parseServerAuthority();
    } catch (URISyntaxException malformed) {
      return Optional.empty();
    }
    if (uri.getScheme() == null || uri.getHost() == null) return Optional.empty();
    if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) return Optional.empty();
    if (!text.chars().allMatch(letter -> letter > ' ' && letter < 0x7f)) return Optional.empty();
    boolean secure = uri.getScheme().toLowerCase(Locale.ROOT).equals("https");
    boolean plain = uri.getScheme().toLowerCase(Locale.ROOT).equals("http");
    if (!secure && !(plain && alsoPlain)) return Optional.empty();
    int port = uri.getPort() < 0 ? (secure ? HTTPS : HTTP) : uri.getPort();
    if (port < 1 || port > 65_535) return Optional.empty();
    if (!alsoPlain && port != HTTPS && port < FIRST_FREE_PORT) return Optional.empty();
    var host = uri.getHost();
    if (host.startsWith("[")) host = host.substring(1, host.length() - 1);
    if (host.contains("%")) return Optional.empty();
    var path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    var target = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    return Optional.of(new WebhookAddress(secure, host, port, target));
  }
}
