package io.madang.gateway.command.election;

import picocli.CommandLine.Command;

/** An election from its draft to its result, as commands on files. */
@Command(
    name = "election",
    description = "Hold an election with files, from its draft to its result; verify any archive.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      NewElectionCommand.class,
      TrusteesCommand.class,
      OpenElectionCommand.class,
      VoteCommand.class,
      AddBallotsCommand.class,
      CloseCommand.class,
      TallyCommand.class,
      AddDecryptionCommand.class,
      ResultCommand.class,
      VerifyCommand.class,
      ShowCommand.class
    },
    mixinStandardHelpOptions = true)
public final class ElectionCommand {}
