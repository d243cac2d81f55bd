package io.madang.gateway;

import io.madang.gateway.command.MadangCommand;
import io.madang.gateway.demo.ChildProgram;

/** The program's entrance. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    ChildProgram.endWithParentIfAsked();
    System.exit(MadangCommand.run(arguments));
  }
}
