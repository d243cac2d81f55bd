package io.madang.pos.agent;

import io.madang.pos.iso8583.Iso8583Codec;
import io.madang.pos.journal.Journal;
import io.madang.pos.link.FrameProfile;
import io.madang.pos.link.StopAndWait;
import io.madang.pos.terminal.HostAction;
import io.madang.pos.terminal.LedgerAnswer;
import io.madang.pos.terminal.LedgerPort;
import io.madang.pos.terminal.TerminalHost;
import io.madang.pos.terminal.TerminalId;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Answers a till on a line: runs a {@link TerminalHost} with its journal and the ledger. Bytes of
 * the line are handed in by whoever owns it, from any thread.
 */
public final class TerminalAgent implements ByteDevice {
  private final EventLoop loop;
  private final MessageLink link;
  private final TerminalHost host;
  private final Diary diary;
  private final LedgerPort ledger;
  private final InstantSource clock;

  /**
   * Starts it; what a power cut left undone is done at once.
   *
   * @param line takes bytes for the till, without blocking
   */
  public TerminalAgent(
      Set<TerminalId> terminals,
      ZoneId zone,
      Journal journal,
      LedgerPort ledger,
      FrameProfile profile,
      Iso8583Codec codec,
      InstantSource clock,
      Consumer<byte[]> line) {
    this.ledger = ledger;
    this.clock = clock;
    host = new TerminalHost(terminals, zone, journal.entries());
    diary = new Diary(journal, host::snapshot);
    link =
        new MessageLink(
            profile,
            StopAndWait.Side.TERMINAL,
            codec,
            line,
            message -> carryOut(host.received(message, clock.millis())),
            // The till repeats its request, or reverses it: nothing to do here.
            _ -> {});
    loop = new EventLoop("terminal", this::wakeInMillis, this::passed);
    loop.run(() -> carryOut(host.start(clock.millis())));
  }

  @Override
  public void received(byte[] bytes) {
    loop.run(() -> link.bytes(bytes));
  }

  @Override
  public void lost() {
    loop.run(link::lost);
  }

  @Override
  public void close() {
    loop.close();
  }

  private void passed() {
    link.passed();
    carryOut(host.passed(clock.millis()));
  }

  private OptionalLong wakeInMillis() {
    return Wakes.sooner(link.wakeInMillis(), Wakes.until(host.wakeAtMillis(), clock));
  }

  private void carryOut(List<HostAction> actions) {
    for (var action : actions) {
      switch (action) {
        case HostAction.Keep(var entry) -> diary.append(entry);
        case HostAction.Send(var message) -> link.send(message);
        case HostAction.Ask(var request) ->
            ledger
                .ask(request)
                .exceptionally(_ -> new LedgerAnswer.Unknown())
                .thenAccept(
                    answer ->
                        loop.run(() -> carryOut(host.answered(request, answer, clock.millis()))));
      }
    }
  }
}
