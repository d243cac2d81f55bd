package io.madang.pos.terminal;

import io.madang.chain.Bytes;
import io.madang.chain.Seeds;
import io.madang.pos.iso8583.Iso8583Codec;
import io.madang.pos.iso8583.Iso8583Message;
import io.madang.pos.iso8583.Iso8583Reading;
import io.madang.pos.link.FrameProfile;
import io.madang.pos.link.LinkAction;
import io.madang.pos.link.StopAndWait;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * A till and a terminal on a bad line, with a ledger that is sometimes not there, on a clock of its
 * own. Everything that goes wrong comes out of the seed.
 */
final class Simulation {
  static final TerminalId TERMINAL = new TerminalId("TILL0001");
  static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
  private static final String MERCHANT = "SINCHON COFFEE ";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long BYTE_MILLIS = 1;

  /** How often things go wrong, out of a thousand. */
  record Weather(int dropped, int flipped, int doubled, int unknown, int lost, int cuts) {
    static final Weather FINE = new Weather(0, 0, 0, 0, 0, 0);
    static final Weather BAD = new Weather(30, 30, 30, 60, 60, 25);
  }

  private record Due(long millis, long order, Runnable what) {}

  private final RandomGenerator random;
  private static final Iso8583Codec codec = new Iso8583Codec(Iso8583Codec.Bitmap.BINARY);
  private final FrameProfile profile = FrameProfile.standard();
  private final PriorityQueue<Due> due =
      new PriorityQueue<>(Comparator.comparingLong(Due::millis).thenComparingLong(Due::order));
  private long order;
  private long nowMillis =
      OffsetDateTime.parse("2026-11-20T09:00:00+09:00").toInstant().toEpochMilli();

  final ReferenceLedger ledger = new ReferenceLedger();
  final List<TillNews> news = new ArrayList<>();
  final Set<String> faults = new HashSet<>();
  private final Weather weather;
  private TillSide till;
  private HostSide host;
  private final long[] lineFreeMillis = new long[2];
  private int writes;
  private int flipWrite = -1;
  private int flipBit;
  private int flippedLength;

  Simulation(long seed, Weather weather) {
    random = Seeds.random(seed);
    this.weather = weather;
    till = new TillSide(new ArrayList<>());
    host = new HostSide(new ArrayList<>());
    host.start();
    till.start();
  }

  TillClient till() {
    return till.client;
  }

  long nowMillis() {
    return nowMillis;
  }

  LocalDate today() {
    return Elements.today(nowMillis, SEOUL);
  }

  /** From now on counts what is put on the line, and flips one bit of one of it. */
  void flip(int write, int bit) {
    writes = 0;
    flipWrite = write;
    flipBit = bit;
  }

  /** How often something was put on the line since {@link #flip}. */
  int writes() {
    return writes;
  }

  /** How many bytes that had of which a bit was flipped. */
  int flippedLength() {
    return flippedLength;
  }

  void purchase(long amountWon) {
    till.carryOut(till.client.purchase(amountWon, "", nowMillis));
  }

  void reverse(SaleKey key) {
    till.carryOut(till.client.reverse(key, nowMillis));
  }

  void takeBack(SaleKey key) {
    till.carryOut(till.client.takeBack(key, nowMillis));
  }

  void closeDay(LocalDate day) {
    till.carryOut(till.client.closeDay(day, nowMillis));
  }

  void echo() {
    till.carryOut(till.client.echo(nowMillis));
  }

  void cutTill() {
    faults.add("till cut");
    till.alive = false;
    var next = new TillSide(till.journal);
    till = next;
    after(2_000, next::start);
  }

  void cutHost() {
    faults.add("terminal cut");
    host.alive = false;
    var next = new HostSide(host.journal);
    host = next;
    after(2_000, next::start);
  }

  /** Goes on until the till is free, or fails when that takes more than an hour. */
  void settle() {
    long until = nowMillis + Duration.ofHours(1).toMillis();
    while (!till.client.isFree() || !till.started) step(until);
  }

  /** Lets time go by. */
  void pass(Duration time) {
    long until = nowMillis + time.toMillis();
    while (!due.isEmpty() && due.peek().millis() <= until) step(until);
    nowMillis = until;
  }

  private void step(long until) {
    var next = due.poll();
    if (next == null || next.millis() > until) throw new AssertionError("nothing goes on");
    nowMillis = next.millis();
    next.what().run();
  }

  private void after(long millis, Runnable what) {
    due.add(new Due(nowMillis + millis, order++, what));
  }

  private boolean happens(int outOfThousand, String fault) {
    boolean yes = random.nextInt(1_000) < outOfThousand;
    if (yes) faults.add(fault);
    return yes;
  }

  /** What goes over the line, or does not. */
  private void transmit(Bytes bytes, boolean fromTill, Consumer<byte[]> arrive) {
    byte[] sent = bytes.toByteArray();
    if (writes++ == flipWrite) {
      flippedLength = sent.length;
      if (flipBit < sent.length * 8) sent[flipBit / 8] ^= (byte) (0x80 >>> (flipBit % 8));
    }
    if (happens(weather.dropped, "dropped")) return;
    if (happens(weather.flipped, "flipped")) {
      sent[random.nextInt(sent.length)] ^= (byte) (1 << random.nextInt(8));
    }
    // Bytes leave one after the other, and arrive in that order.
    int way = fromTill ? 0 : 1;
    lineFreeMillis[way] = Math.max(lineFreeMillis[way], nowMillis) + sent.length * BYTE_MILLIS;
    long delay = lineFreeMillis[way] - nowMillis;
    int split = random.nextInt(sent.length);
    byte[] head = java.util.Arrays.copyOf(sent, split);
    byte[] tail = java.util.Arrays.copyOfRange(sent, split, sent.length);
    after(delay, () -> arrive.accept(head));
    after(delay, () -> arrive.accept(tail));
    if (happens(weather.doubled, "doubled")) after(delay + 20, () -> arrive.accept(sent));
  }

  /** One end of the line: a link, and what stands behind it. */
  private abstract class End {
    final List<String> journal;
    final StopAndWait link;
    private final boolean isTill;
    boolean alive = true;
    boolean started;
    private long wake = Long.MAX_VALUE;

    End(List<String> journal, StopAndWait.Side side) {
      this.journal = journal;
      isTill = side == StopAndWait.Side.TILL;
      link = new StopAndWait(profile, side);
    }

    abstract void delivered(Iso8583Message message);

    abstract void gaveUp(Iso8583Message message);

    abstract void machinePassed();

    abstract OptionalLong machineWakes();

    abstract void cut();

    void arrive(byte[] bytes) {
      if (alive && started) carryOutLink(link.received(bytes, nowMillis));
    }

    void send(Iso8583Message message) {
      carryOutLink(link.send(codec.write(message), nowMillis));
    }

    /** Whether the power stays on until the next thing is done. */
    boolean goesOn() {
      if (alive && happens(weather.cuts, "cut")) cut();
      return alive;
    }

    void carryOutLink(List<LinkAction> actions) {
      for (var action : actions) {
        if (!alive) return;
        switch (action) {
          case LinkAction.Write(var bytes) ->
              transmit(bytes, isTill, one -> (isTill ? host : till).arrive(one));
          case LinkAction.Delivered(var body) -> {
            switch (codec.read(body)) {
              case Iso8583Reading.Read(var message) -> delivered(message);
              case Iso8583Reading.Refused(var detail) -> throw new AssertionError(detail);
            }
          }
          case LinkAction.Acknowledged _ -> {}
          case LinkAction.GaveUp(var body, var _) -> {
            if (codec.read(body) instanceof Iso8583Reading.Read(var message)) gaveUp(message);
          }
        }
      }
      arm();
    }

    void arm() {
      if (!alive) return;
      long next =
          Math.min(
              link.wakeAtMillis().orElse(Long.MAX_VALUE), machineWakes().orElse(Long.MAX_VALUE));
      if (next >= wake) return;
      wake = next;
      after(Math.max(0, next - nowMillis), this::ring);
    }

    private void ring() {
      if (!alive) return;
      wake = Long.MAX_VALUE;
      carryOutLink(link.passed(nowMillis));
      if (alive) machinePassed();
      arm();
    }
  }

  private final class TillSide extends End {
    final TillClient client;

    TillSide(List<String> journal) {
      super(journal, StopAndWait.Side.TILL);
      client = new TillClient(TERMINAL, MERCHANT, SEOUL, PATIENCE, List.copyOf(journal));
    }

    void start() {
      started = true;
      carryOut(client.start(nowMillis));
    }

    void carryOut(List<TillAction> actions) {
      for (var action : actions) {
        if (!goesOn()) return;
        switch (action) {
          case TillAction.Keep(var entry) -> journal.add(entry);
          case TillAction.Send(var message) -> send(message);
          case TillAction.Tell(var what) -> news.add(what);
        }
      }
      arm();
    }

    @Override
    void delivered(Iso8583Message message) {
      carryOut(client.received(message, nowMillis));
    }

    @Override
    void gaveUp(Iso8583Message message) {
      carryOut(client.gaveUp(message, nowMillis));
    }

    @Override
    void machinePassed() {
      carryOut(client.passed(nowMillis));
    }

    @Override
    OptionalLong machineWakes() {
      return client.wakeAtMillis();
    }

    @Override
    void cut() {
      cutTill();
    }
  }

  private final class HostSide extends End {
    final TerminalHost machine;

    HostSide(List<String> journal) {
      super(journal, StopAndWait.Side.TERMINAL);
      machine = new TerminalHost(Set.of(TERMINAL), SEOUL, List.copyOf(journal));
    }

    void start() {
      started = true;
      carryOut(machine.start(nowMillis));
    }

    void carryOut(List<HostAction> actions) {
      for (var action : actions) {
        if (!goesOn()) return;
        switch (action) {
          case HostAction.Keep(var entry) -> journal.add(entry);
          case HostAction.Send(var message) -> send(message);
          case HostAction.Ask(var request) -> ask(request);
        }
      }
      arm();
    }

    private void ask(LedgerRequest request) {
      // A request may be lost on its way, be late, or its answer may be lost.
      boolean reaches = !happens(weather.lost, "request lost");
      long there = 1L + random.nextInt(happens(weather.unknown, "ledger slow") ? 90_000 : 200);
      after(
          there,
          () -> {
            var answer = reaches ? ledger.ask(request) : new LedgerAnswer.Unknown();
            boolean returns = !happens(weather.unknown, "ledger's answer lost");
            after(
                1 + random.nextInt(200),
                () -> {
                  if (!alive) return;
                  carryOut(
                      machine.answered(
                          request, returns ? answer : new LedgerAnswer.Unknown(), nowMillis));
                });
          });
    }

    @Override
    void delivered(Iso8583Message message) {
      carryOut(machine.received(message, nowMillis));
    }

    @Override
    void gaveUp(Iso8583Message message) {}

    @Override
    void machinePassed() {
      carryOut(machine.passed(nowMillis));
    }

    @Override
    OptionalLong machineWakes() {
      return machine.wakeAtMillis();
    }

    @Override
    void cut() {
      cutHost();
    }
  }
}
