package io.ringtap.cli.ping;

import io.ringtap.cli.argument.DurationConverter;
import io.ringtap.cli.argument.Numbers;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.terminal.Times;
import io.ringtap.ping.PingOptions;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/// How many probes are sent, when, and how long answers are waited for.
final class PaceArguments {
  /// `-c`: a number of probes.
  static final class CountConverter implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      return Numbers.whole(text, 0, Long.MAX_VALUE);
    }
  }

  private static final Duration LONGEST_TIMEOUT = Duration.ofHours(1); // as PingOptions has it
  // A host that does not resolve is found out after three seconds, by this machine or by a router
  // (retrans_time_ms times ucast_solicit and mcast_solicit, arp(7)): who pings it wants to see
  // that.
  private static final Duration NAMED_TIMEOUT = Duration.ofSeconds(4);
  private static final Duration SWEEP_TIMEOUT = Duration.ofSeconds(1);
  private static final double DEFAULT_RATE = 10_000;
  private static final double UNLIMITED_RATE = 250_000; // more than one thread can send
  private static final int LEAST_IN_FLIGHT = 1 << 16;
  private static final int MOST_IN_FLIGHT = 1 << 21;

  @Option(
      names = {"-c", "--count"},
      paramLabel = "COUNT",
      converter = CountConverter.class,
      description = "Send this many probes to each target; 0 is without end.")
  private @Nullable Long count;

  @Option(
      names = {"-i", "--interval"},
      paramLabel = "TIME",
      defaultValue = "1s",
      converter = DurationConverter.class,
      description =
          "From one probe of a target to its next: 200ms, 1s, 500us, or seconds. Default: 1s.")
  private Duration interval = Duration.ofSeconds(1);

  @Option(
      names = {"-W", "--timeout"},
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description =
          "How long a reply may take; later ones are reported as late. Default: 4s for targets that"
              + " are named one by one, 1s for those of prefixes, ranges, files and standard"
              + " input.")
  private @Nullable Duration timeout;

  @Option(
      names = {"-w", "--deadline"},
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description =
          "End after this time in any case. With -c, go on until each target has answered that many"
              + " probes.")
  private @Nullable Duration deadline;

  @Option(
      names = "--rate",
      paramLabel = "RATE",
      converter = Numbers.Rate.class,
      description =
          "Send at most this many probes a second over all targets: 500, 10k, 1M; 0 is no limit."
              + " Default: 10k.")
  private double rate = DEFAULT_RATE;

  double rate() {
    return rate;
  }

  /// The options with these, which depend on what kind of targets there are.
  ///
  /// @param isSweep whether there are others than those that are named one by one
  PingOptions applied(PingOptions options, boolean isSweep) throws BadArgument {
    if (timeout != null && (!timeout.isPositive() || timeout.compareTo(LONGEST_TIMEOUT) > 0)) {
      throw new BadArgument("-W must be more than 0 and at most 1h");
    }
    if (deadline != null && !deadline.isPositive()) {
      throw new BadArgument("-w must be more than 0");
    }
    long probes = count != null ? count : isSweep ? 1 : PingOptions.UNLIMITED;
    return options
        .withCount(deadline != null && !isSweep ? PingOptions.UNLIMITED : probes)
        .withInterval(interval)
        .withTimeout(timeout != null ? timeout : isSweep ? SWEEP_TIMEOUT : NAMED_TIMEOUT);
  }

  /// When to end in any case.
  ///
  /// @param isSweep as in [#applied]
  PingPlan.@Nullable Deadline deadline(boolean isSweep) {
    long answers = count == null || isSweep ? 0 : count;
    return deadline == null ? null : new PingPlan.Deadline(deadline, answers);
  }

  /// A power of two with room for what is in flight while a whole timeout passes.
  int maxInFlight(Duration patience) {
    double wanted = (rate == 0 ? UNLIMITED_RATE : rate) * patience.toNanos() / 1e9;
    int slots = LEAST_IN_FLIGHT;
    while (slots < wanted && slots < MOST_IN_FLIGHT) {
      slots *= 2;
    }
    return slots;
  }

  /// How long it takes to send a probe to each of so many addresses, in words.
  String duration(long addresses) {
    if (rate == 0) {
      return "as long as the kernel takes (--rate 0)";
    }
    return Times.words(addresses / rate)
        + String.format(Locale.ROOT, " at %.0f probes a second (--rate)", rate);
  }
}
