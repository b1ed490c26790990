package io.ringtap.cli.pcap;

import io.ringtap.cli.run.BadArgument;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `ringtap pcap`: the word that all jobs on savefiles follow.
@Command(
    name = "pcap",
    description = {
      "Merges, cuts, splits, cleans, changes and describes pcap and pcapng files.",
      "",
      "Files may be compressed by gzip; - is standard input or output. What a job does not know, it"
          + " keeps: comments, names, secrets, statistics, blocks of other programs."
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "JOB",
    descriptionHeading = "%n",
    commandListHeading = "%nJobs:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ringtap pcap info x.pcapng",
      "  ringtap pcap merge a.pcap b.pcapng -w all.pcapng",
      "  ringtap pcap slice x.pcapng -w y.pcapng --from 12:00:00 --to 12:05:00 tcp port 80",
      "  ringtap pcap split x.pcapng -w part.pcapng --packets 1M",
      "  ringtap pcap dedupe x.pcapng -w once.pcapng",
      "  ringtap pcap edit x.pcapng -w y.pcapng --shift -3600s --snaplen 96"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done, also when Ctrl-C or SIGTERM ended it",
      "3:bad arguments, or a file that is damaged or is not a savefile",
      "4:a file cannot be written"
    })
public final class PcapCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
  @Spec
  private CommandSpec spec;

  private PcapCommand() {}

  /// The command with its jobs.
  public static CommandLine create() {
    return new CommandLine(new PcapCommand())
        .addSubcommand(new InfoCommand())
        .addSubcommand(new MergeCommand())
        .addSubcommand(new SliceCommand())
        .addSubcommand(new SplitCommand())
        .addSubcommand(new DedupeCommand())
        .addSubcommand(new EditCommand());
  }

  @Override
  public Integer call() throws BadArgument {
    throw new BadArgument(
        "which job? There are: "
            + String.join(", ", spec.subcommands().keySet())
            + " (try 'ringtap pcap --help')");
  }
}
