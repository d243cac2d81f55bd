package io.madang.pos.agent;

import io.madang.pos.iso8583.Iso8583Codec;
import io.madang.pos.iso8583.Iso8583Message;
import io.madang.pos.iso8583.Iso8583Reading;
import io.madang.pos.link.FrameProfile;
import io.madang.pos.link.LinkAction;
import io.madang.pos.link.StopAndWait;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Messages over a stop-and-wait link. Everything of it is called on its owner's loop. */
final class MessageLink {
  private static final Logger log = LoggerFactory.getLogger(MessageLink.class);

  private final StopAndWait link;
  private final Iso8583Codec codec;
  private final Consumer<byte[]> line;
  private final Consumer<Iso8583Message> received;
  private final Consumer<Iso8583Message> gaveUp;

  MessageLink(
      FrameProfile profile,
      StopAndWait.Side side,
      Iso8583Codec codec,
      Consumer<byte[]> line,
      Consumer<Iso8583Message> received,
      Consumer<Iso8583Message> gaveUp) {
    link = new StopAndWait(profile, side);
    this.codec = codec;
    this.line = line;
    this.received = received;
    this.gaveUp = gaveUp;
  }

  void send(Iso8583Message message) {
    log.debug("sends {}", message);
    carryOut(link.send(codec.write(message), EventLoop.steadyMillis()));
  }

  void bytes(byte[] bytes) {
    carryOut(link.received(bytes, EventLoop.steadyMillis()));
  }

  void passed() {
    carryOut(link.passed(EventLoop.steadyMillis()));
  }

  void lost() {
    carryOut(link.lost());
  }

  OptionalLong wakeInMillis() {
    var wake = link.wakeAtMillis();
    return wake.isEmpty() ? wake : OptionalLong.of(wake.getAsLong() - EventLoop.steadyMillis());
  }

  private void carryOut(List<LinkAction> actions) {
    for (var action : actions) {
      switch (action) {
        case LinkAction.Write(var bytes) -> line.accept(bytes.toByteArray());
        case LinkAction.Delivered(var body) -> {
          switch (codec.read(body)) {
            case Iso8583Reading.Read(var message) -> {
              log.debug("receives {}", message);
              received.accept(message);
            }
            case Iso8583Reading.Refused(var detail) -> log.warn("drops a body: {}", detail);
          }
        }
        case LinkAction.Acknowledged _ -> {}
        case LinkAction.GaveUp(var body, var why) -> {
          if (codec.read(body) instanceof Iso8583Reading.Read(var message)) {
            log.warn("could not send ({}): {}", why, message);
            gaveUp.accept(message);
          }
        }
      }
    }
  }
}
