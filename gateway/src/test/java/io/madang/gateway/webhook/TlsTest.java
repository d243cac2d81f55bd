package io.madang.gateway.webhook;

import static io.madang.gateway.Town.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over TLS, to the address that was looked up, in the name that was asked for. */
class TlsTest {
  private static PfxOptions certificate(Path folder) throws Exception {
    var file = folder.resolve("hook.p12").toString();
    var made =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "hook",
                "-keyalg",
                "EC",
                "-dname",
                "CN=hook.example",
                "-ext",
                "SAN=dns:hook.example",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                file,
                "-storepass",
                "sample")
            .redirectErrorStream(true)
            .start();
    assertThat(made.waitFor()).isZero();
    return new PfxOptions().setPath(file).setPassword("sample");
  }

  @Test
  void believes_only_a_certificate_of_the_name(@TempDir Path folder) throws Exception {
    var store = certificate(folder);
    var vertx = Vertx.vertx();
    try {
      var server =
          await(
              vertx
                  .createHttpServer(new HttpServerOptions().setSsl(true).setKeyCertOptions(store))
                  .requestHandler(request -> request.response().setStatusCode(200).end())
                  .listen(0, "127.0.0.1"));
      Sender.Names names = _ -> List.of(InetAddress.getLoopbackAddress());
      var trusting =
          new Sender(
              vertx,
              new HttpClientOptions().setTrustOptions(store),
              names,
              true,
              Duration.ofSeconds(30));
      var usual = new Sender(vertx, new HttpClientOptions(), names, true, Duration.ofSeconds(30));
      try (trusting;
          usual) {
        int port = server.actualPort();
        var hook = new WebhookAddress(true, "hook.example", port, "/");
        var other = new WebhookAddress(true, "other.example", port, "/");
        assertThat(await(trusting.send(hook, Map.of(), "{}")).isDelivered()).isTrue();
        assertThat(await(trusting.send(other, Map.of(), "{}")).ending())
            .isEqualTo(Outcome.Ending.NOT_REACHED);
        assertThat(await(usual.send(hook, Map.of(), "{}")).ending())
            .isEqualTo(Outcome.Ending.NOT_REACHED);
      }
    } finally {
      await(vertx.close());
    }
  }
}
