/** The agent inside a vending machine. */
module io.madang.vending {
  requires transitive io.madang.serial;
  requires transitive org.jspecify;

  exports io.madang.vending.agent;
  exports io.madang.vending.journal;
  exports io.madang.vending.machine;
  exports io.madang.vending.mdb;
  exports io.madang.vending.sale;
  exports io.madang.vending.simulator;
  exports io.madang.vending.text;
}
