package io.madang.gateway;

import io.madang.gateway.command.MadangCommand;

/** The program's entrance. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(MadangCommand.run(arguments));
  }
}
