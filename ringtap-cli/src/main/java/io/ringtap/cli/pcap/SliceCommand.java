package io.ringtap.cli.pcap;

import io.ringtap.cli.pcap.CopyRun.Work;
import io.ringtap.cli.pcap.Target.Job;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.source.ExpressionArguments;
import io.ringtap.filter.FilterException;
import io.ringtap.filter.PacketFilter;
import io.ringtap.packet.LinkType;
import io.ringtap.savefile.SavefileInterface;
import io.ringtap.savefile.SavefileReader;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `ringtap pcap slice`: some packets of a file.
@Command(
    name = "slice",
    description = {
      "Copies some packets of a file: of a time window, by number, or that match a filter.",
      "",
      "A packet is copied if all that is asked for is true of it."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ringtap pcap slice x.pcapng -w y.pcapng --from '2026-11-29 12:00' --to +10m",
      "  ringtap pcap slice x.pcapng -w y.pcapng -n 1-100,205",
      "  ringtap pcap slice x.pcapng -w y.pcapng --invert port 22"
    })
final class SliceCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "SAVEFILE",
      description = "pcap or pcapng; - is standard input.")
  private String file = "";

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "EXPRESSION",
      description = "Copy the packets that match this, in tcpdump's language.")
  private List<String> words = List.of();

  @Mixin private Target target = new Target();

  @Option(
      names = "-F",
      paramLabel = "FILE",
      description = "Read the expression from a file, in which # begins a comment.")
  private @Nullable String filterFile;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description =
          "Leave out packets before this: '2026-11-29 12:00:00.5' or 12:00 in local time, with Z"
              + " or +01:00 in that zone, seconds since 1970, or +10s after the first packet.")
  private @Nullable String from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description = "Leave out packets at this time and later, written as for --from.")
  private @Nullable String to;

  @Option(
      names = {"-n", "--packets"},
      paramLabel = "RANGES",
      description = "Only packets with these numbers, such as 1-100,205,300-.")
  private @Nullable String numbers;

  @Option(names = "--invert", description = "Copy all other packets instead.")
  private boolean isInverted;

  @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws BadArgument, IOException {
    ExpressionArguments expression = ExpressionArguments.of(words, filterFile);
    String text = expression.text();
    PacketNumbers wanted = numbers == null ? PacketNumbers.ALL : PacketNumbers.parse(numbers);
    TimeArgument begin = from == null ? null : TimeArgument.parse("--from", from);
    TimeArgument end = to == null ? null : TimeArgument.parse("--to", to);
    try (Sources sources = Sources.open(List.of(file))) {
      PacketFilter filter = text == null ? null : PacketFilter.of(text);
      refuseUseless(filter, sources.first());
      return new CopyRun(sources, target, spec)
          .run(Job.COPY, new Choice(new Window(begin, end), wanted, filter, isInverted));
    } catch (FilterException e) {
      throw expression.refusal(e);
    }
  }

  /// Refuses a filter that cannot match any packet of the file for its link type.
  private static void refuseUseless(@Nullable PacketFilter filter, SavefileReader reader) {
    if (filter == null) {
      return;
    }
    Set<LinkType> linkTypes = new HashSet<>();
    reader.interfaces().stream().map(SavefileInterface::linkType).forEach(linkTypes::add);
    FilterException problem = null;
    for (LinkType each : linkTypes) {
      problem = filter.problem(each);
      if (problem == null) {
        return;
      }
    }
    if (problem != null) {
      throw problem;
    }
  }

  /// The packets that are copied.
  private record Choice(
      Window window, PacketNumbers numbers, @Nullable PacketFilter filter, boolean isInverted)
      implements Work {
    @Override
    public boolean wants(SavefileReader at, long number) {
      boolean isInWindow = window.has(at.epochNanos()); // asked of the first packet in any case
      boolean isChosen =
          isInWindow && numbers.has(number) && (filter == null || filter.matches(at));
      return isChosen != isInverted;
    }
  }

  /// A time window, whose ends may depend on the first packet.
  private static final class Window {
    private final @Nullable TimeArgument from;
    private final @Nullable TimeArgument to;
    private boolean isResolved;
    private long begin = Long.MIN_VALUE;
    private long end = Long.MAX_VALUE;

    Window(@Nullable TimeArgument from, @Nullable TimeArgument to) {
      this.from = from;
      this.to = to;
    }

    boolean has(long epochNanos) {
      if (!isResolved) {
        isResolved = true;
        begin = from == null ? begin : from.epochNanos(epochNanos);
        end = to == null ? end : to.epochNanos(epochNanos);
      }
      return epochNanos >= begin && epochNanos < end;
    }
  }
}
