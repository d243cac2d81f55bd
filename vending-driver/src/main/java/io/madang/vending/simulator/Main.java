package io.madang.vending.simulator;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * A vending machine to play with: {@code Main LINK [SLOT=WON ...]}. LINK is the name under which a
 * driver finds its serial line.
 */
public final class Main {
  private static final String HELP =
      "press SLOT | cancel | jam SLOT | unjam SLOT | reset | power off | power on | unplug | plug"
          + " | status | quit";

  private Main() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length == 0) {
      System.err.println("usage: LINK [SLOT=WON ...]");
      System.exit(2);
    }
    var machine = new SimulatedMachine(SimulatedMachine.Times.usual());
    machine.fill(17, 1_500, 10);
    for (var i = 1; i < arguments.length; i++) {
      var parts = arguments[i].split("=", 2);
      machine.fill(Integer.parseInt(parts[0]), Long.parseLong(parts[1]), 10);
    }
    try (var onTerminal = new MachineOnTerminal(Path.of(arguments[0]), machine);
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      System.out.println(HELP);
      for (var line = input.readLine(); line != null && !line.equals("quit"); ) {
        System.out.println(obey(onTerminal, line.strip()));
        line = input.readLine();
      }
    }
  }

  private static String obey(MachineOnTerminal machine, String line) {
    var words = line.split(" +", -1);
    var slot = words.length > 1 && words[1].matches("[0-9]{1,5}") ? Integer.parseInt(words[1]) : -1;
    try {
      return switch (words[0]) {
        case "press" ->
            machine.at(it -> it.press(slot, MachineOnTerminal.nowMillis()))
                ? "The machine asks for payment."
                : "The machine does not sell that now.";
        case "cancel" -> change(machine, SimulatedMachine::cancel);
        case "jam" -> change(machine, it -> it.jam(slot, true));
        case "unjam" -> change(machine, it -> it.jam(slot, false));
        case "reset" -> change(machine, it -> it.reset(MachineOnTerminal.nowMillis()));
        case "power" ->
            change(machine, it -> it.power(line.endsWith("on"), MachineOnTerminal.nowMillis()));
        case "unplug" -> {
          machine.unplug();
          yield status(machine);
        }
        case "plug" -> {
          machine.plug();
          yield status(machine);
        }
        case "status" -> status(machine);
        default -> HELP;
      };
    } catch (IllegalArgumentException refused) {
      return String.valueOf(refused.getMessage());
    }
  }

  private static String change(MachineOnTerminal machine, Consumer<SimulatedMachine> what) {
    return machine.at(
        it -> {
          what.accept(it);
          return status(it);
        });
  }

  private static String status(MachineOnTerminal machine) {
    return machine.at(Main::status);
  }

  private static String status(SimulatedMachine machine) {
    return machine.dropped() + " dropped, " + (machine.isSelling() ? "selling" : "not selling");
  }
}
