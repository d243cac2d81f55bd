package io.madang.gateway.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses a merchant may enter. */
class WebhookAddressTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hook.example",
        "http://hook.example/",
        "ftp://hook.example/",
        "file:///etc/passwd",
        "https:///path",
        "https://user:secret@hook.example/",
        "https://hook.example/#part",
        "https://hook.example:22/",
        "https://hook.example:80/",
        "https://hook.example:0/",
        "https://hook.example:70000/",
        "https://hook example/",
        "https://hook.example/\r\nHost: other",
        "https://[fe80::1%25eth0]/",
        "https://훅.example/",
        "https://hook_example/"
      })
  void refuses(String address) {
    assertThat(WebhookAddress.parse(address, false)).isEmpty();
  }

  @Test
  void reads_the_parts() {
    assertThat(WebhookAddress.parse("https://hook.example/a%20b?c=d", false))
        .contains(new WebhookAddress(true, "hook.example", 443, "/a%20b?c=d"));
    assertThat(WebhookAddress.parse("HTTPS://Hook.example:8443", false))
        .contains(new WebhookAddress(true, "Hook.example", 8443, "/"));
    assertThat(WebhookAddress.parse("https://[2606:4700::1]/", false))
        .contains(new WebhookAddress(true, "2606:4700::1", 443, "/"));
  }

  @Test
  void takes_http_on_any_port_only_where_that_is_allowed() {
    assertThat(WebhookAddress.parse("http://127.0.0.1:81/x", true))
        .contains(new WebhookAddress(false, "127.0.0.1", 81, "/x"));
    assertThat(WebhookAddress.parse("ftp://127.0.0.1:81/x", true)).isEmpty();
  }
}
