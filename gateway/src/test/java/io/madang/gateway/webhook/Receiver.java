package io.madang.gateway.webhook;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A merchant's server, as well or badly behaved as a test wants it. */
public final class Receiver implements AutoCloseable {
  private final ServerSocket socket;
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Behaviour behaviour;

  /** A request. */
  public record Received(String line, Map<String, String> headers, String body) {
    /** The headers as the convention's own library takes them. */
    public HttpHeaders httpHeaders() {
      var all = new TreeMap<String, List<String>>();
      headers.forEach((name, value) -> all.put(name, List.of(value)));
      return HttpHeaders.of(all, (_, _) -> true);
    }

    /** The event's id. */
    public String id() {
      return Objects.requireNonNull(headers.get("webhook-id"));
    }
  }

  /** What is done with a request. */
  public interface Behaviour {
    void answer(Received request, OutputStream out) throws IOException, InterruptedException;
  }

  /** A receiver that behaves so. */
  public Receiver(Behaviour behaviour) {
    this.behaviour = behaviour;
    try {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /** Answers with a status. */
  public static Behaviour answering(int status) {
    return answering(status, "");
  }

  /** Answers with a status and more headers, each with its line's end. */
  public static Behaviour answering(int status, String headers) {
    return (_, out) ->
        out.write(
            ("HTTP/1.1 " + status + " So\r\n" + headers + "Content-Length: 5\r\n\r\nhello")
                .getBytes(StandardCharsets.US_ASCII));
  }

  /** Takes the request and says nothing. */
  public Behaviour hanging() {
    return (_, _) -> closed.await();
  }

  /** Behaves otherwise from now on. */
  public void behave(Behaviour next) {
    behaviour = next;
  }

  /** Where it is. */
  public String url() {
    return "http://127.0.0.1:" + socket.getLocalPort() + "/hook";
  }

  /** What came so far. */
  public List<Received> received() {
    return List.copyOf(received);
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        var connection = socket.accept();
        Thread.ofVirtual().start(() -> serve(connection));
      } catch (IOException ended) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      var in = new BufferedInputStream(connection.getInputStream());
      var line = readLine(in);
      var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
      for (var header = readLine(in); !header.isEmpty(); header = readLine(in)) {
        int colon = header.indexOf(':');
        headers.put(
            header.substring(0, colon).toLowerCase(Locale.ROOT),
            header.substring(colon + 1).strip());
      }
      int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
      var body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
      var request = new Received(line, headers, body);
      var now = behaviour;
      received.add(request);
      now.answer(request, connection.getOutputStream());
      connection.getOutputStream().flush();
    } catch (IOException gone) {
      // The sender has hung up.
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static String readLine(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int one = in.read(); one != '\n'; one = in.read()) {
      if (one < 0) throw new IOException("ended within a line");
      if (one != '\r') line.write(one);
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      socket.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
