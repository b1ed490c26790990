package io.ringtap.cli;

import io.ringtap.cli.run.BadArgument;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `ringtap`: the word that all commands follow.
@Command(
    name = RingtapCommand.NAME,
    description = "Measures and records networks from the JVM at the speed of the Linux kernel.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ringtap ping 127.0.0.1              one target, until Ctrl-C",
      "  ringtap ping -c 5 host1 host2       five probes to each of several",
      "  ringtap ping 10.0.0.0/16            one probe to each of 65536 addresses",
      "  ringtap sweep 10.0.0.0/8            who is there, in an order that spreads over all of it",
      "  ringtap fping -c 3 -q host1 host2   as fping, for programs that read it",
      "  ringtap capture -i eth0 -c 10       ten packets, a line each",
      "  ringtap capture -i eth0 -w x.pcap   record them",
      "  ringtap replay x.pcapng -i eth0     send them, with their timing",
      "  ringtap pcap info x.pcapng          what a savefile holds; merge, slice, split, edit",
      "  ringtap top -i eth0                 who sends what",
      "  ringtap monitor 10.0.0.0/24         watch for years: page, metrics, history, events",
      "  ringtap fleet agent --site fra1     watch from many sites, over Apache Kafka",
      "  ringtap pps                         packets and bits a second of each interface",
      "  ringtap filter tcp port 80          the program of a filter, its meaning, its matches",
      "  ringtap interfaces                  interfaces, with what a capture should know",
      "  ringtap irq eth0                    which CPUs serve which queues of one",
      "  ringtap lab ladder                  measure, beside other tools, and report",
      "  ringtap ping --help                 all about a command"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all is well",
      "1:some target did not answer",
      "2:a name was not found",
      "3:bad arguments",
      "4:not permitted, or a system call failed"
    })
final class RingtapCommand implements Callable<Integer> {
  static final String NAME = "ringtap";

  @Override
  public Integer call() throws BadArgument {
    throw new BadArgument(
        "which command? There are: "
            + String.join(", ", Commands.names())
            + " (try 'ringtap --help')");
  }
}
