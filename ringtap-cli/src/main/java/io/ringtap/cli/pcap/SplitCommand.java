package io.ringtap.cli.pcap;

import io.ringtap.cli.argument.DurationConverter;
import io.ringtap.cli.pcap.CopyRun.Work;
import io.ringtap.cli.pcap.Target.Job;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.savefile.Rotation;
import io.ringtap.savefile.SavefileSection;
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

/// `ringtap pcap split`: one file into several.
@Command(
    name = "split",
    description = {
      "Divides a file into several, each complete in itself.",
      "",
      "-w is the pattern of their names: each gets a number before its extension, or what %Y-%m-%d"
          + " and %H:%M:%S in it stand for. No existing file is overwritten."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ringtap pcap split x.pcapng -w part.pcapng --packets 100k",
      "  ringtap pcap split x.pcapng -w x_%%H%%M.pcapng --every 60s"
    })
final class SplitCommand implements Callable<Integer> {
  @Parameters(paramLabel = "SAVEFILE", description = "pcap or pcapng; - is standard input.")
  private String file = "";

  @Mixin private Target target = new Target();

  @Option(
      names = {"-n", "--packets"},
      paramLabel = "COUNT",
      description = "Begin another file after so many packets, such as 100k.")
  private @Nullable Long packets;

  @Option(
      names = "--bytes",
      paramLabel = "COUNT",
      description = "Begin another file before one exceeds so many bytes, such as 100M.")
  private @Nullable Long bytes;

  @Option(
      names = "--every",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "Begin another file after this time, by the packets' stamps, such as 60s.")
  private @Nullable Duration time;

  @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws BadArgument, IOException {
    Job job = new Job(false, SavefileSection.OWN, rotation());
    if (target.isStandardOutput()) {
      throw new BadArgument("-w - is one stream, which cannot be divided: name a file");
    }
    try (Sources sources = Sources.open(List.of(file))) {
      return new CopyRun(sources, target, spec).run(job, new Work() {});
    }
  }

  private Rotation rotation() throws BadArgument {
    if (packets == null && bytes == null && time == null) {
      throw new BadArgument("where to divide? --packets, --bytes or --every says so");
    }
    requirePositive("--packets", packets);
    requirePositive("--bytes", bytes);
    if (time != null && time.isZero()) {
      throw new BadArgument("--every must be more than 0");
    }
    return new Rotation(bytes == null ? 0 : bytes, time, 0, false, packets == null ? 0 : packets);
  }

  private static void requirePositive(String option, @Nullable Long value) throws BadArgument {
    if (value != null && value < 1) {
      throw new BadArgument(option + " must be 1 or more, not " + value);
    }
  }
}
