package io.madang.pos.agent;

import io.madang.pos.journal.Journal;
import io.madang.pos.printer.Paper;
import io.madang.pos.printer.PrintAction;
import io.madang.pos.printer.PrintQueue;
import io.madang.pos.printer.Receipt;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Prints receipts on a line: runs a {@link PrintQueue} with its journal. */
public final class PrinterAgent implements ByteDevice {
  private final EventLoop loop;
  private final PrintQueue queue;
  private final Diary diary;
  private final Paper paper;
  private final Consumer<byte[]> line;
  private final Consumer<PrintAction> news;

  /**
   * @param line takes bytes for the printer, without blocking
   * @param news what was printed and what keeps it from printing, on the agent's thread
   */
  public PrinterAgent(
      Journal journal, Paper paper, Consumer<byte[]> line, Consumer<PrintAction> news) {
    this.paper = paper;
    this.line = line;
    this.news = news;
    queue = new PrintQueue(journal.entries());
    diary = new Diary(journal, queue::snapshot);
    loop =
        new EventLoop(
            "printer", this::wakeInMillis, () -> carryOut(queue.passed(EventLoop.steadyMillis())));
  }

  /** Prints a receipt, sooner or later; a number that is known already is not printed again. */
  public void print(Receipt receipt, boolean opensDrawer) {
    loop.run(() -> carryOut(queue.print(receipt, paper, opensDrawer, EventLoop.steadyMillis())));
  }

  /** Prints a receipt again, as a copy, if it is still known. */
  public void reprint(long number) {
    loop.run(() -> carryOut(queue.reprint(number, EventLoop.steadyMillis())));
  }

  @Override
  public void opened() {
    loop.run(() -> carryOut(queue.connected(EventLoop.steadyMillis())));
  }

  @Override
  public void received(byte[] bytes) {
    loop.run(() -> carryOut(queue.received(bytes, EventLoop.steadyMillis())));
  }

  @Override
  public void lost() {
    loop.run(() -> carryOut(queue.lost(EventLoop.steadyMillis())));
  }

  @Override
  public void close() {
    loop.close();
  }

  private OptionalLong wakeInMillis() {
    var wake = queue.wakeAtMillis();
    return wake.isEmpty() ? wake : OptionalLong.of(wake.getAsLong() - EventLoop.steadyMillis());
  }

  private void carryOut(List<PrintAction> actions) {
    for (var action : actions) {
      switch (action) {
        case PrintAction.Keep(var entry) -> diary.append(entry);
        case PrintAction.Write(var bytes) -> line.accept(bytes.toByteArray());
        case PrintAction.Printed _, PrintAction.Stopped _ -> news.accept(action);
      }
    }
  }
}
