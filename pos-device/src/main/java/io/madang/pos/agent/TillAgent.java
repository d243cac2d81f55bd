package io.madang.pos.agent;

import io.madang.pos.iso8583.Iso8583Codec;
import io.madang.pos.journal.Journal;
import io.madang.pos.link.FrameProfile;
import io.madang.pos.link.StopAndWait;
import io.madang.pos.terminal.SaleKey;
import io.madang.pos.terminal.TerminalId;
import io.madang.pos.terminal.TillAction;
import io.madang.pos.terminal.TillClient;
import io.madang.pos.terminal.TillNews;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/** The till's side on a line: runs a {@link TillClient} with its journal. */
public final class TillAgent implements ByteDevice {
  private final EventLoop loop;
  private final MessageLink link;
  private final TillClient client;
  private final Diary diary;
  private final InstantSource clock;
  private final Consumer<TillNews> news;

  /**
   * Starts it; what a power cut left without an answer is reversed at once.
   *
   * @param merchant fifteen printable characters
   * @param patience how long an answer may take, the customer's scanning included
   * @param line takes bytes for the terminal, without blocking
   * @param news what the cashier hears, on the agent's thread
   */
  public TillAgent(
      TerminalId terminal,
      String merchant,
      ZoneId zone,
      Duration patience,
      Journal journal,
      FrameProfile profile,
      Iso8583Codec codec,
      InstantSource clock,
      Consumer<byte[]> line,
      Consumer<TillNews> news) {
    this.clock = clock;
    this.news = news;
    client = new TillClient(terminal, merchant, zone, patience, journal.entries());
    diary = new Diary(journal, () -> client.snapshot(clock.millis()));
    link =
        new MessageLink(
            profile,
            StopAndWait.Side.TILL,
            codec,
            line,
            message -> carryOut(client.received(message, clock.millis())),
            message -> carryOut(client.gaveUp(message, clock.millis())));
    loop = new EventLoop("till", this::wakeInMillis, this::passed);
    loop.run(() -> carryOut(client.start(clock.millis())));
  }

  /** Asks for a purchase; the future fails when the till is not free. */
  public CompletableFuture<Void> purchase(long amountWon, String customerCode) {
    return begin(now -> client.purchase(amountWon, customerCode, now));
  }

  /** Takes back an approved sale of an open day; the future fails when that is not possible now. */
  public CompletableFuture<Void> takeBack(SaleKey key) {
    return begin(now -> client.takeBack(key, now));
  }

  /** Closes a day; the future fails when the till is not free. */
  public CompletableFuture<Void> closeDay(LocalDate day) {
    return begin(now -> client.closeDay(day, now));
  }

  private CompletableFuture<Void> begin(Function<Long, List<TillAction>> step) {
    var begun = new CompletableFuture<Void>();
    loop.run(
        () -> {
          List<TillAction> actions;
          try {
            actions = step.apply(clock.millis());
          } catch (IllegalStateException | IllegalArgumentException refused) {
            begun.completeExceptionally(refused);
            return;
          }
          carryOut(actions);
          begun.complete(null);
        });
    return begun;
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
    carryOut(client.passed(clock.millis()));
  }

  private OptionalLong wakeInMillis() {
    return Wakes.sooner(link.wakeInMillis(), Wakes.until(client.wakeAtMillis(), clock));
  }

  private void carryOut(List<TillAction> actions) {
    for (var action : actions) {
      switch (action) {
        case TillAction.Keep(var entry) -> diary.append(entry);
        case TillAction.Send(var message) -> link.send(message);
        case TillAction.Tell(var what) -> news.accept(what);
      }
    }
  }
}
