package io.madang.bench;

import io.madang.chain.Statement;
import io.vertx.core.json.JsonObject;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A signed transaction on its way to the gateway. */
final class Submission {
  static final String PATH = "/v1/transactions";

  private Submission() {}

  /** The JSON body. */
  static JsonObject body(Statement transaction) {
    return new JsonObject().put("transaction", transaction.text());
  }

  /** The whole HTTP/1.1 request as its bytes travel. */
  static byte[] request(InetSocketAddress server, Statement transaction) {
    var body = body(transaction).encode();
    var head =
        """
        POST %s HTTP/1.1
        Host: %s:%d
        Content-Type: application/json
        Content-Length: %d

        """
            .formatted(PATH, server.getHostString(), server.getPort(), body.length());
    return (head.replace("\n", "\r\n") + body).getBytes(StandardCharsets.US_ASCII);
  }
}
