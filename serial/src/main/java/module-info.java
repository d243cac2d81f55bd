/** Serial lines for the agents beside a till and inside a vending machine. */
module io.madang.serial {
  requires transitive org.jspecify;
  requires jssc;

  exports io.madang.serial;
  exports io.madang.serial.framing;
  exports io.madang.serial.pty;
  exports io.madang.serial.scripted;
}
