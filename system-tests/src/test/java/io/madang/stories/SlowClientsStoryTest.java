package io.madang.stories;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that send nothing, too little, or too much: everybody else is served as before. */
class SlowClientsStoryTest {
  private static final int SLOW_CLIENTS = 2_000;
  private static final int PAYMENTS = 300;
  private static final long MOST_MEMORY = 64L << 20;
  private static final Pattern HEAD =
      Pattern.compile(
          "^HTTP/.*?\r\ncontent-length: (\\d+)\r\n(?:.*?\r\n)??\r\n",
          Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
  private static final Pattern USED = Pattern.compile("used (\\d+)K");

  private static final String POST =
      "POST /v1/transactions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

  /** How a request may begin that never ends; the first is that of a client who stays silent. */
  private static final List<String> BEGINNINGS =
      List.of(
          "",
          "GET /v1/chain HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
          POST + "Content-Length: 60000\r\n\r\n{\"transaction\":\"",
          POST + "Transfer-Encoding: chunked\r\n\r\n");

  @TempDir static Path data;
  private static DemoProcess demo;

  @BeforeAll
  static void start() throws IOException {
    demo = DemoProcess.start(data);
  }

  @AfterAll
  static void stop() {
    demo.close();
  }

  @Test
  void two_thousand_idle_or_dribbling_clients_hold_up_nobody_and_cost_little() throws Exception {
    var payers = new Payers(demo.address(), 4);
    pay(payers);
    long before = usedMemory();
    var alone = pay(payers);

    var slow = new ArrayList<SocketChannel>();
    var dribblers = new ArrayList<SocketChannel>();
    var cutOff = new AtomicInteger();
    try (var dribble = Executors.newSingleThreadScheduledExecutor()) {
      for (int i = 0; i < SLOW_CLIENTS; i++) {
        var beginning = BEGINNINGS.get(i % BEGINNINGS.size());
        var client = begin(beginning);
        slow.add(client);
        if (!beginning.isEmpty()) {
          dribblers.add(client);
        }
      }
      var dribbling =
          dribble.scheduleAtFixedRate(
              () -> dribblers.forEach(client -> sendOneByte(client, cutOff)),
              0,
              1,
              TimeUnit.SECONDS);
      var together = pay(payers);
      long during = usedMemory();
      dribbling.cancel(false);

      System.out.printf(
          "%d payments took %s alone and %s beside %d slow clients (%d cut off); memory %+d KiB%n",
          PAYMENTS, alone, together, SLOW_CLIENTS, cutOff.get(), (during - before) >> 10);
      // By processor time: the clock on the wall also shows what else this machine does.
      assertThat(together.processor()).isLessThan(alone.processor().multipliedBy(3).plusSeconds(2));
      assertThat(during - before).as("memory").isLessThan(MOST_MEMORY);
    } finally {
      for (var client : slow) {
        client.close();
      }
    }
    payers.assertBooksAgree();
  }

  @Test
  void a_client_that_sends_nothing_is_shown_out() throws IOException {
    try (var socket = connect()) {
      assertThat(socket.getInputStream().read()).as("the end of the stream").isEqualTo(-1);
    }
  }

  @Test
  void a_header_that_is_too_large_is_refused_and_the_connection_closed() throws IOException {
    var answer =
        answerTo(
            "GET /v1/chain HTTP/1.1\r\nHost: localhost\r\nX-Large: "
                + "a".repeat(20_000)
                + "\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 431 ").contains("application/problem+json");
  }

  @Test
  void an_address_line_that_is_too_long_is_refused() throws IOException {
    var answer =
        answerTo("GET /v1/chain?" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assertThat(answer)
        .containsPattern("^HTTP/\\S+ 4(00|14|31) ")
        .contains("application/problem+json");
  }

  @Test
  void a_body_that_is_announced_too_large_is_refused_before_it_is_read() throws IOException {
    var answer = answerTo(POST + "Content-Length: 1000000000\r\n\r\n{");
    assertThat(answer).startsWith("HTTP/1.1 413 ").contains("application/problem+json");
  }

  @Test
  void a_body_that_grows_too_large_is_refused_on_the_way() throws IOException {
    var chunk = "4000\r\n" + " ".repeat(0x4000) + "\r\n";
    var answer = answerTo(POST + "Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(6));
    assertThat(answer).startsWith("HTTP/1.1 413 ").contains("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /v1/chain HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
        POST + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n",
        "GET /v1/chain HTTP/9.9\r\nHost: localhost\r\n\r\n"
      })
  void what_is_not_quite_http_is_refused_or_cut_off(String bytes) throws IOException {
    assertThat(answerTo(bytes)).containsPattern("^$|^HTTP/\\S+ [45]\\d\\d ");
    assertThat(
            answerTo("GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 200 ");
  }

  /** What payments took. */
  private record Cost(Duration time, Duration processor) {
    @Override
    public String toString() {
      return "%d ms (%d ms of processor time)".formatted(time.toMillis(), processor.toMillis());
    }
  }

  private static Cost pay(Payers payers) throws InterruptedException {
    long before = System.nanoTime();
    var processorBefore = demo.processorTime();
    var load = payers.pay();
    load.awaitFinal(PAYMENTS);
    load.stop();
    return new Cost(
        Duration.ofNanos(System.nanoTime() - before), demo.processorTime().minus(processorBefore));
  }

  /** What the demo's heap holds after a collection. */
  private static long usedMemory() throws IOException, InterruptedException {
    jcmd("GC.run");
    var used = USED.matcher(jcmd("GC.heap_info"));
    assertThat(used.find()).isTrue();
    return Long.parseLong(used.group(1)) << 10;
  }

  private static String jcmd(String what) throws IOException, InterruptedException {
    var tool = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    var process =
        new ProcessBuilder(tool, Long.toString(demo.pid()), what).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), ISO_8859_1);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  private static SocketChannel begin(String beginning) throws IOException {
    var address = demo.address();
    var client = SocketChannel.open(new InetSocketAddress(address.getHost(), address.getPort()));
    client.write(ByteBuffer.wrap(beginning.getBytes(ISO_8859_1)));
    client.configureBlocking(false);
    return client;
  }

  /** One more byte of what never ends. */
  private static void sendOneByte(SocketChannel client, AtomicInteger cutOff) {
    try {
      client.write(ByteBuffer.wrap(new byte[] {'a'}));
    } catch (IOException gone) {
      cutOff.incrementAndGet();
    }
  }

  private static Socket connect() throws IOException {
    URI address = demo.address();
    var socket = new Socket(address.getHost(), address.getPort());
    socket.setSoTimeout(60_000);
    return socket;
  }

  /** The whole answer, or nothing when the connection is closed instead. */
  private static String answerTo(String bytes) throws IOException {
    try (var socket = connect()) {
      socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
      var answer = new StringBuilder();
      int next;
      while (!isWhole(answer) && (next = socket.getInputStream().read()) >= 0) {
        answer.append((char) next);
      }
      return answer.toString();
    }
  }

  private static boolean isWhole(CharSequence answer) {
    var head = HEAD.matcher(answer);
    return head.find() && answer.length() - head.end() >= Integer.parseInt(head.group(1));
  }
}
