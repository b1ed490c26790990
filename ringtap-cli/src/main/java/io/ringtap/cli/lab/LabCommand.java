package io.ringtap.cli.lab;

import io.ringtap.cli.run.BadArgument;
import io.ringtap.lab.experiment.Experiment;
import io.ringtap.lab.experiment.FanoutExperiment;
import io.ringtap.lab.experiment.FloodExperiment;
import io.ringtap.lab.experiment.MonitorExperiment;
import io.ringtap.lab.experiment.RttExperiment;
import io.ringtap.lab.experiment.ladder.LadderExperiment;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `ringtap lab`: the word that all experiments follow.
@Command(
    name = "lab",
    description = {
      "Measures Ringtap beside other tools, in network namespaces of its own, and writes a report.",
      "",
      "It needs root, touches nothing outside its namespaces, and leaves nothing behind; what a lab"
          + " that was killed has left, the next one ends."
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "EXPERIMENT",
    descriptionHeading = "%n",
    commandListHeading = "%nExperiments:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ringtap lab ladder                    what each way to capture costs and loses",
      "  ringtap lab rtt --runs 5 -o before    in a directory of that name",
      "  ringtap lab compare before after      two reports side by side"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the report is written, also if runs of some peer failed",
      "3:bad arguments",
      "4:not permitted, or a system call failed",
      "130:cancelled by Ctrl-C, SIGTERM or SIGHUP; there is no report"
    })
public final class LabCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
  @Spec
  private CommandSpec spec;

  private LabCommand() {}

  /// The command with its experiments.
  public static CommandLine create() {
    CommandLine lab = new CommandLine(new LabCommand());
    add(lab, new FloodExperiment(), "Does a pinger's cost rise with other people's ICMP?");
    add(lab, new LadderExperiment(), "What does each rung of capture buy?");
    add(lab, new RttExperiment(), "Whose round-trip times are true?");
    add(
        lab,
        new FanoutExperiment(),
        "How long do thousands of far targets take, and with how many threads?");
    add(lab, new MonitorExperiment(), "What does it cost to watch a thousand hosts all the time?");
    lab.addSubcommand(new CompareCommand());
    return lab;
  }

  private static void add(CommandLine lab, Experiment experiment, String question) {
    CommandLine command = ExperimentCommand.of(experiment);
    command.getCommandSpec().usageMessage().description(question);
    lab.addSubcommand(experiment.name(), command);
  }

  @Override
  public Integer call() throws BadArgument {
    throw new BadArgument(
        "which experiment? There are: "
            + String.join(", ", spec.subcommands().keySet())
            + " (try 'ringtap lab --help')");
  }
}
