package io.ringtap.cli.pcap;

import io.ringtap.cli.argument.DurationConverter;
import io.ringtap.cli.pcap.CopyRun.Work;
import io.ringtap.cli.pcap.Target.Job;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.savefile.SavefileCopy;
import io.ringtap.savefile.SavefileReader;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `ringtap pcap dedupe`: each packet once.
@Command(
    name = "dedupe",
    description = {
      "Leaves out packets whose bytes and length equal those of one shortly before them, as a"
          + " mirror port or two taps show them."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ringtap pcap dedupe x.pcapng -w once.pcapng",
      "  ringtap pcap dedupe x.pcapng -w once.pcapng --within 5ms --skip 14"
    })
final class DedupeCommand implements Callable<Integer> {
  private static final int MOST_PACKETS = 1_000_000;
  private static final int DEFAULT_PACKETS = 4; // and the one that is looked at: as editcap -d

  @Parameters(paramLabel = "SAVEFILE", description = "pcap or pcapng; - is standard input.")
  private String file = "";

  @Mixin private Target target = new Target();

  @Option(
      names = "--window",
      paramLabel = "COUNT",
      description =
          "Look at so many packets before each. Default: 4; with --within, all of that time.")
  private @Nullable Integer window;

  @Option(
      names = "--within",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "Only packets that came so shortly before, such as 5ms.")
  private @Nullable Duration within;

  @Option(
      names = "--skip",
      paramLabel = "BYTES",
      description =
          "Do not compare so many bytes at a packet's beginning, such as its link header.")
  private int skip;

  @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws BadArgument, IOException {
    if (window != null && (window < 1 || window > MOST_PACKETS)) {
      throw new BadArgument("--window must be 1 to " + MOST_PACKETS + ", not " + window);
    }
    if (skip < 0) {
      throw new BadArgument("--skip must be 0 or more, not " + skip);
    }
    int packets = window != null ? window : within != null ? MOST_PACKETS : DEFAULT_PACKETS;
    long nanos = within == null ? Long.MAX_VALUE : within.toNanos();
    Duplicates duplicates = new Duplicates(packets, nanos, skip);
    try (Sources sources = Sources.open(List.of(file))) {
      return new CopyRun(sources, target, spec)
          .run(
              Job.COPY,
              new Work() {
                @Override
                public boolean packet(SavefileReader at, long number, SavefileCopy copy)
                    throws IOException {
                  return duplicates.has(at, number) || copy.write(at);
                }
              });
    }
  }
}
