package io.madang.vending.simulator;

import io.madang.serial.framing.LineAssembler;
import io.madang.vending.sale.Counters;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A vending machine's controller together with the adapter that sits on its bus, as they look from
 * the serial line: slots, prices, coils that jam, a power switch. It has no clock and no thread;
 * every call says what time it is. Not for several threads.
 */
public final class SimulatedMachine {
  /** How long the machine waits for a decision, and how long an item takes to drop. */
  public record Times(Duration patience, Duration dispensing) {
    public static Times usual() {
      return new Times(Duration.ofSeconds(45), Duration.ofSeconds(2));
    }
  }

  private enum Phase {
    IDLE,
    SESSION,
    ASKING,
    DISPENSING
  }

  private static final class Slot {
    final long won;
    int stock;
    boolean jammed;
    long sold;

    Slot(long won, int stock) {
      this.won = won;
      this.stock = stock;
    }
  }

  private final SortedMap<Integer, Slot> slots = new TreeMap<>();
  private final Times times;
  private final LineAssembler commands = new LineAssembler(128);
  private final StringBuilder output = new StringBuilder();

  private boolean powered = true;
  private boolean readerOn;
  private boolean alwaysIdle;
  private Phase phase = Phase.IDLE;
  private boolean inSession;
  private long sessionWon;
  private int item;
  private long phaseSince;
  private long cashless;
  private long dropped;

  public SimulatedMachine(Times times) {
    this.times = times;
  }

  /** Fills a slot. */
  public void fill(int slot, long won, int stock) {
    slots.put(slot, new Slot(won, stock));
  }

  /** Whether the coil of a slot turns without letting go of the item. */
  public void jam(int slot, boolean jammed) {
    slot(slot).jammed = jammed;
  }

  /** A customer presses a button; whether the machine now asks the reader. */
  public boolean press(int slot, long nowMillis) {
    var wanted = slots.get(slot);
    var mayAsk =
        (phase == Phase.IDLE && alwaysIdle)
            || (phase == Phase.SESSION && wanted != null && wanted.won <= sessionWon);
    if (!powered || !readerOn || wanted == null || wanted.stock == 0 || !mayAsk) {
      return false;
    }
    phase = Phase.ASKING;
    phaseSince = nowMillis;
    item = slot;
    say("c,STATUS,VEND," + wanted.won + "," + slot);
    return true;
  }

  /** A customer pulls the lever that gives the money back. */
  public void cancel() {
    if (phase == Phase.ASKING) {
      say("c,ERR,\"VEND 1\"");
      endSession();
    } else if (phase == Phase.SESSION) {
      endSession();
    }
  }

  /** Somebody buys with coins. */
  public void payWithCoins(int slot) {
    var sold = slot(slot);
    if (powered && phase == Phase.IDLE && sold.stock > 0) {
      sold.stock--;
      sold.sold++;
    }
  }

  /** The controller starts anew; an item that is more than half out drops. */
  public void reset(long nowMillis) {
    if (!powered) {
      return;
    }
    interrupt(nowMillis);
    say("c,STATUS,INACTIVE");
    say("c,STATUS,DISABLED");
    say("c,STATUS,ENABLED");
  }

  /** The machine's power switch; the adapter hangs on it and forgets what it was set to. */
  public void power(boolean on, long nowMillis) {
    if (on == powered) {
      return;
    }
    if (!on) {
      readerOn = false;
      interrupt(nowMillis);
      alwaysIdle = false;
      commands.clear();
      output.setLength(0);
    }
    powered = on;
  }

  /** Bytes from the serial line. */
  public void received(byte[] bytes, long nowMillis) {
    if (powered) {
      commands.add(bytes).forEach(line -> command(line, nowMillis));
    }
  }

  /** Time has passed. */
  public void tick(long nowMillis) {
    if (phase == Phase.ASKING && nowMillis - phaseSince >= times.patience().toMillis()) {
      cancel();
    } else if (phase == Phase.DISPENSING
        && nowMillis - phaseSince >= times.dispensing().toMillis()) {
      if (slot(item).jammed) {
        say("c,ERR,\"VEND 3\"");
      } else {
        drop();
        say("c,VEND,SUCCESS");
      }
      say("c,STATUS,IDLE");
      endSession();
    }
  }

  /** What goes out on the serial line since the last call. */
  public byte[] takeOutput() {
    var bytes = output.toString().getBytes(StandardCharsets.US_ASCII);
    output.setLength(0);
    return bytes;
  }

  /** How many items came out for money that is not cash: what really happened. */
  public long dropped() {
    return dropped;
  }

  /** How many are left in a slot. */
  public int stock(int slot) {
    return slot(slot).stock;
  }

  /** Whether a customer is being served. */
  public boolean isBusy() {
    return phase != Phase.IDLE;
  }

  /** Whether an item is on its way. */
  public boolean isDispensing() {
    return phase == Phase.DISPENSING;
  }

  /** Whether it would ask the reader if a button were pressed now. */
  public boolean isSelling() {
    return powered && readerOn && alwaysIdle && phase == Phase.IDLE;
  }

  /** What its audit port tells. */
  public Counters counters(int slot) {
    var counted = slots.get(slot);
    return new Counters(cashless, counted == null ? 0 : counted.sold);
  }

  private void command(String line, long nowMillis) {
    if (line.equals("V")) {
      output.append("v,4.0.2.0,1f2e3d4c\r\n");
    } else if (line.equals("C,0")) {
      readerOn = false;
      if (phase != Phase.DISPENSING) {
        phase = Phase.IDLE;
        inSession = false;
      }
      output.append("c,0\r\n");
    } else if (line.equals("C,1")) {
      turnOn();
    } else if (line.startsWith("C,SETCONF,")) {
      setUp(line.substring("C,SETCONF,".length()));
    } else if (!readerOn) {
      output.append("c,ERR,\"cashless is off\"\r\n");
    } else if (line.equals("C,VEND,-1")) {
      deny();
    } else if (line.startsWith("C,VEND,")) {
      approve(line.substring("C,VEND,".length()), nowMillis);
    } else if (line.startsWith("C,START,")) {
      start(line.substring("C,START,".length()));
    } else if (line.equals("C,STOP")) {
      stop();
    } else if (!line.startsWith("C,REVALUE,")) {
      output.append("c,UNKNOWN\r\n");
    }
  }

  private void turnOn() {
    if (readerOn) {
      say("c,ERR,\"cashless is on\"");
      return;
    }
    readerOn = true;
    say("c,STATUS,INACTIVE");
    say("c,1");
    say("c,STATUS,DISABLED");
    say("c,STATUS,ENABLED");
  }

  private void setUp(String setting) {
    if (readerOn) {
      say("c,ERR,-3");
      return;
    }
    if (setting.startsWith("mdb-always-idle=")) {
      alwaysIdle = setting.endsWith("1");
    }
    output.append("c,SET,OK\r\n");
  }

  private void approve(String amount, long nowMillis) {
    if (phase != Phase.ASKING) {
      say("c,ERR,\"VEND -3\"");
    } else if (!amount.equals(Long.toString(slot(item).won))) {
      say("c,ERR,\"VEND -2\"");
    } else {
      phase = Phase.DISPENSING;
      phaseSince = nowMillis;
      say("r,ACK");
    }
  }

  private void deny() {
    if (phase != Phase.ASKING) {
      say("c,ERR,\"VEND -3\"");
    } else if (inSession) {
      phase = Phase.SESSION;
    } else {
      endSession();
    }
  }

  private void start(String amount) {
    if (phase != Phase.IDLE || !amount.matches("[0-9]{1,9}")) {
      say("c,ERR,\"START -3\"");
      return;
    }
    phase = Phase.SESSION;
    inSession = true;
    sessionWon = Long.parseLong(amount);
    say("c,STATUS,IDLE," + amount);
  }

  private void stop() {
    if (phase == Phase.SESSION || phase == Phase.ASKING) {
      endSession();
    } else {
      say("c,ERR,\"STOP -3\"");
    }
  }

  private void interrupt(long nowMillis) {
    if (phase == Phase.DISPENSING
        && !slot(item).jammed
        && (nowMillis - phaseSince) * 2 > times.dispensing().toMillis()) {
      drop();
    }
    if (phase != Phase.IDLE) {
      say("c,ERR,\"VEND 5\"");
    }
    phase = Phase.IDLE;
    inSession = false;
  }

  private void drop() {
    var sold = slot(item);
    sold.stock--;
    sold.sold++;
    cashless++;
    dropped++;
  }

  private void endSession() {
    phase = Phase.IDLE;
    inSession = false;
    say("c,STATUS,ENABLED");
  }

  private Slot slot(int number) {
    var slot = slots.get(number);
    if (slot == null) {
      throw new IllegalArgumentException("no slot " + number);
    }
    return slot;
  }

  // A reader that is off says nothing of what the machine does.
  private void say(String line) {
    if (readerOn) {
      output.append(line).append("\r\n");
    }
  }
}
