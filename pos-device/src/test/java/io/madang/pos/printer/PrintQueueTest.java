package io.madang.pos.printer;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.Seeds;
import io.madang.pos.simulator.PaperPrinter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PrintQueueTest {
  private final List<String> journal = new ArrayList<>();
  private final List<PrintAction> news = new ArrayList<>();
  private PaperPrinter printer = new PaperPrinter(Paper.WIDE);
  private PrintQueue queue = new PrintQueue(journal);
  private long nowMillis;

  /** After so many writes the power goes; negative: it stays. */
  private int writesLeft = -1;

  private void carryOut(List<PrintAction> actions) {
    for (var action : actions) {
      switch (action) {
        case PrintAction.Keep(var entry) -> journal.add(entry);
        case PrintAction.Write(var bytes) -> {
          if (writesLeft == 0) return;
          if (writesLeft > 0) writesLeft--;
          carryOut(queue.received(printer.print(bytes.toByteArray()), nowMillis));
        }
        case PrintAction.Printed _, PrintAction.Stopped _ -> news.add(action);
      }
    }
  }

  private void passed(long millis) {
    nowMillis += millis;
    carryOut(queue.passed(nowMillis));
  }

  private void print(long number) {
    carryOut(queue.print(Receipts.of(number, "라떼"), Paper.WIDE, true, nowMillis));
  }

  private long papers(String what) {
    return printer.lines().stream().filter(line -> line.contains(what)).count();
  }

  @Test
  void receipts_are_printed_once_each_in_order() {
    print(1);
    print(2);
    carryOut(queue.connected(0));
    print(3);
    print(2);
    assertThat(news)
        .containsExactly(
            new PrintAction.Printed(1, false),
            new PrintAction.Printed(2, false),
            new PrintAction.Printed(3, false));
    assertThat(printer.cuts()).isEqualTo(3);
    assertThat(printer.drawerOpenings()).isEqualTo(3);
    assertThat(queue.waiting()).isZero();
  }

  @Test
  void without_paper_a_receipt_waits() {
    printer.paperOut(true);
    carryOut(queue.connected(0));
    print(1);
    passed(1_000);
    passed(1_000);
    assertThat(news).containsExactly(new PrintAction.Stopped(PrinterTrouble.PAPER_OUT));
    assertThat(printer.drawerOpenings()).isZero();
    printer.paperOut(false);
    passed(1_000);
    assertThat(news).last().isEqualTo(new PrintAction.Printed(1, false));
    assertThat(queue.trouble()).isEmpty();
  }

  @Test
  void an_open_cover_is_told_as_such() {
    printer.coverOpen(true);
    carryOut(queue.connected(0));
    print(1);
    assertThat(news).containsExactly(new PrintAction.Stopped(PrinterTrouble.COVER_OPEN));
  }

  @Test
  void paper_that_ends_within_a_receipt_means_a_copy() {
    carryOut(queue.connected(0));
    writesLeft = 5; // Three questions, the first piece and a question.
    print(1);
    printer.paperOut(true);
    writesLeft = -1;
    passed(2_000);
    passed(1_000);
    printer.paperOut(false);
    passed(1_000);
    assertThat(news)
        .containsExactly(
            new PrintAction.Stopped(PrinterTrouble.NO_ANSWER),
            new PrintAction.Stopped(PrinterTrouble.PAPER_OUT),
            new PrintAction.Printed(1, true));
    assertThat(printer.drawerOpenings()).isEqualTo(1);
  }

  @Test
  void a_printed_receipt_is_printed_again_as_a_copy() {
    carryOut(queue.connected(0));
    print(1);
    carryOut(queue.reprint(1, nowMillis));
    carryOut(queue.reprint(99, nowMillis));
    assertThat(news)
        .containsExactly(new PrintAction.Printed(1, false), new PrintAction.Printed(1, true));
    assertThat(papers("사본")).isEqualTo(2);
  }

  @Test
  void a_power_cut_at_any_byte_loses_no_receipt_and_opens_no_drawer_twice() {
    for (int cut = 0; cut < 12; cut++) {
      journal.clear();
      news.clear();
      printer = new PaperPrinter(Paper.WIDE);
      queue = new PrintQueue(journal);
      carryOut(queue.connected(0));
      writesLeft = cut;
      print(1);
      boolean printedBefore = !news.isEmpty();
      writesLeft = -1;
      queue = new PrintQueue(List.copyOf(journal));
      carryOut(queue.connected(nowMillis));
      assertThat(news).as("cut after %d writes", cut).hasSize(1);
      assertThat(printer.cuts()).isGreaterThanOrEqualTo(1);
      assertThat(printer.drawerOpenings()).isLessThanOrEqualTo(1);
      // Two whole papers are never alike: the second one is marked.
      if (printer.cuts() > 1 && !printedBefore) assertThat(papers("사본")).isPositive();
    }
  }

  @Test
  void the_journals_shortest_form_keeps_what_can_be_printed_again() {
    carryOut(queue.connected(0));
    for (int number = 1; number <= PrintQueue.KEPT + 5; number++) print(number);
    assertThat(queue.snapshot()).hasSize(PrintQueue.KEPT);
    queue = new PrintQueue(queue.snapshot());
    carryOut(queue.connected(0));
    carryOut(queue.reprint(PrintQueue.KEPT, 0));
    assertThat(news).last().isEqualTo(new PrintAction.Printed(PrintQueue.KEPT, true));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("io.madang.chain.Seeds#many")
  void whatever_a_printer_says_every_receipt_ends_on_paper(long seed) {
    var random = Seeds.random(seed);
    for (int number = 1; number <= 5; number++) {
      carryOut(queue.connected(nowMillis));
      printer.paperOut(random.nextInt(3) == 0);
      writesLeft = random.nextInt(3) == 0 ? random.nextInt(10) : -1;
      print(number);
      var noise = new byte[random.nextInt(20)];
      random.nextBytes(noise);
      carryOut(queue.received(noise, nowMillis));
      passed(random.nextInt(3_000));
      if (random.nextInt(4) == 0) carryOut(queue.lost(nowMillis));
    }
    writesLeft = -1;
    printer.paperOut(false);
    carryOut(queue.connected(nowMillis));
    for (int i = 0; i < 10; i++) passed(31_000);
    assertThat(queue.waiting()).isZero();
    assertThat(news.stream().filter(PrintAction.Printed.class::isInstance).count()).isEqualTo(5);
    assertThat(printer.drawerOpenings()).isLessThanOrEqualTo(5);
  }
}
