package io.madang.pos.printer;

import static java.util.stream.Collectors.joining;

import io.madang.chain.Bytes;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Prints numbered receipts at least once each, in the order of their numbers. A machine without
 * clock, disk or line. Not safe for several threads.
 *
 * <p>A printer says that it printed only after the last byte. Whatever goes wrong before (paper,
 * cover, cable, power), nobody knows how much is on paper, so the receipt is printed again from its
 * start, and says that it is a copy: two papers, never two sales. The drawer opens with the first
 * only.
 */
public final class PrintQueue {
  /** How many printed receipts are kept for printing them again. */
  static final int KEPT = 100;

  private static final long ANSWER_MILLIS = 2_000;
  private static final long PRINTED_MILLIS = 30_000;
  private static final long AGAIN_MILLIS = 1_000;
  private static final int[] QUESTIONS = {1, 2, 4};

  private enum State {
    WAITING,
    /** Its first byte may have left: from here on it is printed as a copy. */
    STARTED,
    PRINTED
  }

  private record Job(long number, State state, List<byte[]> first, List<byte[]> copy) {
    Job in(State next) {
      return new Job(number, next, first, copy);
    }

    String line() {
      return "receipt|%d|%s|%s|%s".formatted(number, state, text(first), text(copy));
    }

    private static String text(List<byte[]> pieces) {
      return pieces.stream().map(Base64.getEncoder()::encodeToString).collect(joining(","));
    }

    static List<byte[]> pieces(String text) {
      return Stream.of(text.split(",", -1)).map(Base64.getDecoder()::decode).toList();
    }
  }

  private sealed interface Phase {
    /** Nothing to do, or not yet. */
    record Idle() implements Phase {}

    /** The status is asked for before a job. */
    record Asking(int question) implements Phase {}

    /** The job's bytes go out; after each piece the printer is asked whether it is still there. */
    record Sending(List<byte[]> pieces, int sent) implements Phase {}

    /** All bytes went out; the printer answers when they are on paper. */
    record Confirming() implements Phase {}
  }

  private final TreeMap<Long, Job> jobs = new TreeMap<>();
  private Phase phase = new Phase.Idle();
  private boolean connected;
  private boolean copying;
  private boolean offline;
  private boolean filled;
  private @Nullable PrinterTrouble trouble;
  private long deadlineMillis;

  /** A queue as its journal has it. */
  public PrintQueue(List<String> journal) {
    for (var entry : journal) {
      var parts = entry.split("\\|", -1);
      long number = Long.parseLong(parts[1]);
      var before = jobs.get(number);
      if (before != null && parts.length == 3) {
        jobs.put(number, before.in(State.valueOf(parts[2])));
      } else if (parts.length == 5) {
        jobs.put(
            number,
            new Job(number, State.valueOf(parts[2]), Job.pieces(parts[3]), Job.pieces(parts[4])));
      }
    }
  }

  /** The fewest entries that say what the journal says. */
  public List<String> snapshot() {
    return jobs.values().stream().map(Job::line).toList();
  }

  /** A new receipt. A number that is known already is not printed again. */
  public List<PrintAction> print(
      Receipt receipt, Paper paper, boolean opensDrawer, long nowMillis) {
    var actions = new ArrayList<PrintAction>();
    if (jobs.containsKey(receipt.number())) return actions;
    var job =
        new Job(
            receipt.number(),
            State.WAITING,
            ReceiptForm.first(receipt, paper, opensDrawer),
            ReceiptForm.copy(receipt, paper));
    jobs.put(job.number(), job);
    actions.add(new PrintAction.Keep(job.line()));
    forget();
    begin(nowMillis, actions);
    return actions;
  }

  /**
   * Prints a receipt again, as a copy.
   *
   * @return nothing to do when the number is not known any more
   */
  public List<PrintAction> reprint(long number, long nowMillis) {
    var actions = new ArrayList<PrintAction>();
    var job = jobs.get(number);
    if (job == null || job.state() != State.PRINTED) return actions;
    become(job, State.STARTED, actions);
    begin(nowMillis, actions);
    return actions;
  }

  /** How many receipts are not on paper yet. */
  public long waiting() {
    return jobs.values().stream().filter(job -> job.state() != State.PRINTED).count();
  }

  /** Why nothing is printed now, if so. */
  public Optional<PrinterTrouble> trouble() {
    return Optional.ofNullable(trouble);
  }

  /** The line to the printer is open. */
  public List<PrintAction> connected(long nowMillis) {
    var actions = new ArrayList<PrintAction>();
    connected = true;
    phase = new Phase.Idle();
    begin(nowMillis, actions);
    return actions;
  }

  /** The line to the printer is gone. */
  public List<PrintAction> lost(long nowMillis) {
    var actions = new ArrayList<PrintAction>();
    connected = false;
    stop(PrinterTrouble.NO_ANSWER, nowMillis, actions);
    return actions;
  }

  /** The printer sent this. */
  public List<PrintAction> received(byte[] bytes, long nowMillis) {
    var actions = new ArrayList<PrintAction>();
    for (byte one : bytes) take(one, nowMillis, actions);
    return actions;
  }

  /** Time passed. */
  public List<PrintAction> passed(long nowMillis) {
    var actions = new ArrayList<PrintAction>();
    if (nowMillis < deadlineMillis) return actions;
    if (phase instanceof Phase.Idle) begin(nowMillis, actions);
    else stop(PrinterTrouble.NO_ANSWER, nowMillis, actions);
    return actions;
  }

  /** When {@link #passed} should be called. */
  public OptionalLong wakeAtMillis() {
    return connected && next().isPresent() ? OptionalLong.of(deadlineMillis) : OptionalLong.empty();
  }

  private Optional<Job> next() {
    return jobs.values().stream().filter(job -> job.state() != State.PRINTED).findFirst();
  }

  private void begin(long nowMillis, List<PrintAction> actions) {
    if (!connected || !(phase instanceof Phase.Idle)) return;
    next()
        .ifPresent(
            job -> {
              if (job.state() == State.STARTED && !filled) {
                // It broke off somewhere: the printer may still wait for the rest of a command.
                filled = true;
                actions.add(new PrintAction.Write(EscPosWriter.fillBrokenCommand()));
              }
              ask(0, nowMillis, actions);
            });
  }

  private void ask(int question, long nowMillis, List<PrintAction> actions) {
    phase = new Phase.Asking(question);
    deadlineMillis = nowMillis + ANSWER_MILLIS;
    actions.add(new PrintAction.Write(EscPosWriter.askStatus(QUESTIONS[question])));
  }

  private void take(byte answer, long nowMillis, List<PrintAction> actions) {
    switch (phase) {
      case Phase.Asking(var question) when PrinterTrouble.isStatus(answer) -> {
        var found = PrinterTrouble.in(QUESTIONS[question], answer);
        // A printer is offline because of something: the next answers tell.
        if (question == 0) offline = found.isPresent();
        if (question > 0 && found.isPresent()) {
          stop(found.get(), nowMillis, actions);
        } else if (question + 1 < QUESTIONS.length) {
          ask(question + 1, nowMillis, actions);
        } else if (offline) {
          stop(PrinterTrouble.OFFLINE, nowMillis, actions);
        } else {
          start(nowMillis, actions);
        }
      }
      case Phase.Sending(var pieces, var sent) when PrinterTrouble.isStatus(answer) -> {
        if (PrinterTrouble.in(1, answer).isPresent())
          stop(PrinterTrouble.OFFLINE, nowMillis, actions);
        else send(pieces, sent, nowMillis, actions);
      }
      case Phase.Confirming() when PrinterTrouble.isPaper(answer) -> {
        if (PrinterTrouble.saysPaperOut(answer)) {
          stop(PrinterTrouble.PAPER_OUT, nowMillis, actions);
        } else {
          printed(nowMillis, actions);
        }
      }
      // Nobody asked: late, or noise.
      default -> {}
    }
  }

  private void start(long nowMillis, List<PrintAction> actions) {
    trouble = null;
    filled = false;
    var job = next().orElseThrow();
    boolean isFirst = job.state() == State.WAITING;
    if (isFirst) become(job, State.STARTED, actions);
    copying = !isFirst;
    send(isFirst ? job.first() : job.copy(), 0, nowMillis, actions);
  }

  private void send(List<byte[]> pieces, int sent, long nowMillis, List<PrintAction> actions) {
    actions.add(new PrintAction.Write(Bytes.of(pieces.get(sent))));
    if (sent + 1 < pieces.size()) {
      // Most printers keep little and many lines have no flow control: an answer means there is
      // room.
      actions.add(new PrintAction.Write(EscPosWriter.askStatus(1)));
      phase = new Phase.Sending(pieces, sent + 1);
      deadlineMillis = nowMillis + ANSWER_MILLIS;
    } else {
      actions.add(new PrintAction.Write(EscPosWriter.askPrinted()));
      phase = new Phase.Confirming();
      deadlineMillis = nowMillis + PRINTED_MILLIS;
    }
  }

  private void printed(long nowMillis, List<PrintAction> actions) {
    var job = next().orElseThrow();
    become(job, State.PRINTED, actions);
    actions.add(new PrintAction.Printed(job.number(), copying));
    phase = new Phase.Idle();
    begin(nowMillis, actions);
  }

  private void stop(PrinterTrouble why, long nowMillis, List<PrintAction> actions) {
    if (trouble != why) actions.add(new PrintAction.Stopped(why));
    trouble = why;
    phase = new Phase.Idle();
    deadlineMillis = nowMillis + AGAIN_MILLIS;
  }

  private void become(Job job, State state, List<PrintAction> actions) {
    jobs.put(job.number(), job.in(state));
    actions.add(new PrintAction.Keep("receipt|%d|%s".formatted(job.number(), state)));
  }

  private void forget() {
    while (jobs.size() > KEPT && jobs.firstEntry().getValue().state() == State.PRINTED) {
      jobs.pollFirstEntry();
    }
  }
}
