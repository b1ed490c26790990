package io.ringtap.cli.fleet;

import io.ringtap.cli.run.BadArgument;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `ringtap fleet`: the word that its commands follow.
@Command(
    name = "fleet",
    description = {
      "Watches from many sites, with any number of agents at each: targets and results are in"
          + " topics of Apache Kafka.",
      "",
      "'ringtap monitor --from kafka' shows what all sites see; a single machine needs none of"
          + " this, but 'ringtap monitor' only."
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    subcommands = {ApplyCommand.class, AgentCommand.class, StatusCommand.class},
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ringtap fleet apply hosts.yml --bootstrap kafka1:9092",
      "                               who is watched, and from which sites",
      "  ringtap fleet agent --bootstrap kafka1:9092 --site fra1 --allow 10.0.0.0/8",
      "                               watch them from here",
      "  ringtap fleet status --bootstrap kafka1:9092",
      "                               sites, agents, and what nobody watches"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all in order",
      "3:bad arguments, or a mistake in a file",
      "4:not permitted, or no broker could be reached"
    })
public final class FleetCommand implements Callable<Integer> {
  /// Without a command.
  public FleetCommand() {}

  @Override
  public Integer call() throws BadArgument {
    throw new BadArgument("which command? Try 'ringtap fleet --help'");
  }
}
