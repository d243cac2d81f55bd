package io.madang.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Sends ready requests over a fixed number of kept-alive HTTP/1.1 connections; each connection
 * sends its next request when the answer to the last one is complete. One thread and no allocation
 * while it runs, because server and database need the same processors.
 *
 * <p>Every answer must be 200 and say that the transaction is final, or be the one refusal that the
 * run expects. Any other stops the run: a rate with failures in it would mean nothing.
 */
final class LoadGenerator implements AutoCloseable {
  private static final byte[] OK = ascii("HTTP/1.1 200 ");
  private static final byte[] FINAL = ascii("\"status\":\"final\"");
  private static final byte[] CONFLICT = ascii("HTTP/1.1 409 ");

  /** Stands in no answer. */
  private static final byte[] NO_REFUSAL = {0};

  private static final long LONGEST_MICROS = 60_000_000;

  private final Selector selector;
  private final List<Connection> connections = new ArrayList<>();

  private LoadGenerator(Selector selector) {
    this.selector = selector;
  }

  /**
   * What a run came to.
   *
   * @param payments how many were answered, all of them final but those that were refused
   * @param refused how many of them got the refusal that was expected
   * @param nanos from the first request to the last answer
   * @param latencyMicros from sending a request to its complete answer
   */
  record Run(int payments, int refused, long nanos, Histogram latencyMicros) {
    double perSecond() {
      return payments * 1e9 / nanos;
    }

    double millisAt(double percentile) {
      return latencyMicros.getValueAtPercentile(percentile) / 1e3;
    }
  }

  /** Opens the connections. */
  static LoadGenerator connect(InetSocketAddress server, int connections) {
    try {
      var generator = new LoadGenerator(Selector.open());
      for (int i = 0; i < connections; i++) {
        var channel = SocketChannel.open(server);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        var connection = new Connection(channel);
        channel.register(generator.selector, SelectionKey.OP_READ, connection);
        generator.connections.add(connection);
      }
      return generator;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends all requests and waits for all answers, each of them final. */
  Run run(ReadyRequests requests) {
    return run(requests, NO_REFUSAL);
  }

  /**
   * Sends all requests and waits for all answers, each of them final or refused as expected.
   *
   * @param refusal such as {@code sold-out}
   */
  Run run(ReadyRequests requests, String refusal) {
    return run(requests, ascii("/" + refusal + "\""));
  }

  private Run run(ReadyRequests requests, byte[] refusal) {
    for (var connection : connections) {
      connection.expected = refusal;
    }
    int refused = 0;
    var latencyMicros = new Histogram(LONGEST_MICROS, 3);
    var view = requests.view();
    int sent = 0;
    int answered = 0;
    try {
      long start = System.nanoTime();
      for (var connection : connections) {
        if (sent < requests.count()) {
          requests.select(view, sent++);
          connection.send(view);
        }
      }
      while (answered < requests.count()) {
        selector.select();
        for (var key : selector.selectedKeys()) {
          var connection = (Connection) key.attachment();
          if (connection.receive()) {
            latencyMicros.recordValue((System.nanoTime() - connection.sentNanos) / 1_000);
            answered++;
            refused += connection.wasRefused ? 1 : 0;
            if (sent < requests.count()) {
              requests.select(view, sent++);
              connection.send(view);
            }
          }
        }
        selector.selectedKeys().clear();
      }
      return new Run(answered, refused, System.nanoTime() - start, latencyMicros);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    for (var connection : connections) {
      connection.channel.close();
    }
    selector.close();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** One connection and what has arrived of the answer that it waits for. */
  private static final class Connection {
    private static final int LONGEST_ANSWER = 64 * 1024;
    private static final byte[] HEAD_END = ascii("\r\n\r\n");
    private static final byte[] LENGTH = ascii("content-length:");

    private final SocketChannel channel;
    private final ByteBuffer arrived = ByteBuffer.allocateDirect(LONGEST_ANSWER);
    private final byte[] answer = new byte[LONGEST_ANSWER];
    private long sentNanos;
    private byte[] expected = NO_REFUSAL;
    private boolean wasRefused;

    Connection(SocketChannel channel) {
      this.channel = channel;
    }

    void send(ByteBuffer request) throws IOException {
      sentNanos = System.nanoTime();
      // One request at a time is under way, so the socket's buffer always has room for it.
      while (request.hasRemaining()) {
        channel.write(request);
      }
    }

    /** Takes what has come; true once the answer is complete and right. */
    boolean receive() throws IOException {
      if (channel.read(arrived) < 0) {
        throw new IOException("the server closed a connection");
      }
      int length = arrived.position();
      arrived.get(0, answer, 0, length);
      int headEnd = indexOf(HEAD_END, 0, length);
      if (headEnd < 0) {
        return false;
      }
      int bodyStart = headEnd + HEAD_END.length;
      int bodyLength = contentLength(headEnd);
      if (length < bodyStart + bodyLength) {
        return false;
      }
      wasRefused = matches(CONFLICT, 0) && indexOf(expected, bodyStart, length) >= 0;
      if (length > bodyStart + bodyLength || (!wasRefused && !isFinal(bodyStart, length))) {
        throw new IOException("unexpected answer: " + text(0, length));
      }
      arrived.clear();
      return true;
    }

    private boolean isFinal(int bodyStart, int length) {
      return matches(OK, 0) && indexOf(FINAL, bodyStart, length) >= 0;
    }

    private int contentLength(int headEnd) throws IOException {
      int digit = indexOf(LENGTH, 0, headEnd) + LENGTH.length;
      if (digit < LENGTH.length) {
        throw new IOException("an answer without a length: " + text(0, headEnd));
      }
      while (answer[digit] == ' ') {
        digit++;
      }
      int value = 0;
      for (; answer[digit] != '\r'; digit++) {
        value = value * 10 + (answer[digit] - '0');
      }
      return value;
    }

    /** Where a lower-case pattern begins, whatever the case of the answer; -1 when it does not. */
    private int indexOf(byte[] pattern, int from, int to) {
      for (int i = from; i <= to - pattern.length; i++) {
        if (matches(pattern, i)) {
          return i;
        }
      }
      return -1;
    }

    private boolean matches(byte[] pattern, int at) {
      for (int i = 0; i < pattern.length; i++) {
        byte found = answer[at + i];
        if (found != pattern[i] && (found < 'A' || found > 'Z' || found + 32 != pattern[i])) {
          return false;
        }
      }
      return true;
    }

    private String text(int from, int to) {
      return new String(answer, from, to - from, StandardCharsets.UTF_8);
    }
  }
}
