package io.ringtap.cli.pps;

import io.ringtap.cli.argument.DurationConverter;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.CommandOutput;
import io.ringtap.cli.run.ExitCode;
import io.ringtap.cli.run.Messages;
import io.ringtap.cli.source.InterfaceList;
import io.ringtap.cli.terminal.Output;
import io.ringtap.cli.terminal.Terminal;
import io.ringtap.device.Link;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `ringtap pps`: the options, and what they come to.
@Command(
    name = "pps",
    description = {
      "Shows packets and bits a second of interfaces, in and out, with what was dropped and what"
          + " failed.",
      "",
      "The numbers are the interfaces' own counters, so that no packet is missed, and rates are"
          + " over the time that has passed as measured."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    parameterListHeading = "%nInterfaces:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ringtap pps                               all interfaces, until Ctrl-C",
      "  ringtap pps eth0 --queues --cpus          one, with its queues, and the CPUs",
      "  ringtap pps -i 100ms -c 50 --json eth0    50 times, a tenth of a second apart"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all is well, also after Ctrl-C",
      "3:bad arguments, or no such interface",
      "4:not permitted, or a system call failed"
    })
public final class PpsCommand implements Callable<Integer> {
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofDays(1);

  @Parameters(
      arity = "0..*",
      paramLabel = "IFACE",
      description = "An interface. Default: all, also those that appear later.")
  private List<String> names = List.of();

  @Option(
      names = {"-i", "--interval"},
      paramLabel = "TIME",
      defaultValue = "1s",
      converter = DurationConverter.class,
      description = "How often: 200ms, 1s, or seconds. Default: 1s.")
  private Duration interval = Duration.ofSeconds(1);

  @Option(
      names = {"-c", "--count"},
      paramLabel = "COUNT",
      defaultValue = "0",
      description = "Stop after this many intervals; 0 is without end. Default: 0.")
  private int count;

  @Option(names = "--queues", description = "Each queue too, where the driver counts by queue.")
  private boolean hasQueues;

  @Option(
      names = "--cpus",
      description =
          "Each CPU too: packets that it took from drivers, dropped for want of room, how often it"
              + " ran out of time, and how often others sent it packets.")
  private boolean hasCpus;

  @Option(names = "--json", description = "An object a line for each (NDJSON).")
  private boolean isJson;

  @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws BadArgument, IOException, InterruptedException {
    if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
      throw new BadArgument("-i must be at least 1ms and at most 24h");
    }
    if (count < 0) {
      throw new BadArgument("-c must not be negative");
    }
    try (Sampler sampler = Sampler.open(hasQueues, hasCpus);
        Output out = CommandOutput.open(spec, () -> ExitCode.OK)) {
      Messages messages = new Messages(spec);
      PpsView view = view(out, messages);
      List<Link> links = sampler.links();
      names = new InterfaceList(null).names(names);
      requirePresent(links);
      if (hasQueues) {
        sayWhichQueuesAreUnknown(sampler, links, messages);
      }
      new PpsRun(sampler, view, out, messages).run(names, interval.toNanos(), count);
      return ExitCode.OK;
    }
  }

  private void requirePresent(List<Link> links) throws BadArgument {
    for (String name : names) {
      if (links.stream().noneMatch(link -> link.name().equals(name))) {
        throw new BadArgument(InterfaceList.missing(name, links.stream().map(Link::name).toList()));
      }
    }
  }

  /// Of those that the user named.
  private void sayWhichQueuesAreUnknown(Sampler sampler, List<Link> links, Messages messages)
      throws IOException {
    Sampler.Sample sample = sampler.sample();
    for (Link link : links) {
      if (names.contains(link.name())
          && sample.queues().getOrDefault(link.index(), List.of()).isEmpty()) {
        messages.print("the driver of " + link.name() + " does not count by queue");
      }
    }
  }

  private PpsView view(Output out, Messages messages) {
    if (isJson) {
      return new JsonView(out);
    }
    return Terminal.isInteractive()
        ? new PpsView.Table(out, messages)
        : new PpsView.Lines(out, ZoneId.systemDefault());
  }
}
