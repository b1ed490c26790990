package io.ringtap.cli.iputils;

import io.ringtap.cli.run.BadArgument;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options about when probes are sent, and when it is over.
final class PaceOptions {
  private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long DEFAULT_INTERVAL = TimeUnit.SECONDS.toNanos(1);
  private static final long DEFAULT_LINGER = TimeUnit.SECONDS.toNanos(10);
  private static final long USERS_INTERVAL = 2 * NANOS_PER_MILLI;
  private static final int USERS_PRELOAD = 3;

  @Option(
      names = "-c",
      paramLabel = "COUNT",
      converter = Values.Count.class,
      description = "End after this many replies or errors; with -w, go on until then.")
  long count;

  @Option(
      names = "-i",
      paramLabel = "SECONDS",
      description = "From one probe to the next. Default: 1; ordinary users, at least 0.002.")
  @Nullable String intervalText;

  @Option(
      names = "-W",
      paramLabel = "SECONDS",
      description =
          "Wait so long after the last probe if there was no reply at all; 0 is without end."
              + " Default: 10.")
  @Nullable String lingerText;

  @Option(
      names = "-w",
      paramLabel = "SECONDS",
      converter = Values.NonNegative.class,
      description = "End after so long, whatever was sent and received.")
  long deadlineSeconds;

  @Option(
      names = "-l",
      paramLabel = "COUNT",
      converter = Values.Preload.class,
      description = "Send so many probes at once, without waiting. Default: 1; users, at most 3.")
  long preload = 1;

  @Option(names = "-A", description = "Adapt the interval to the round-trip time.")
  boolean isAdaptive;

  private long intervalNanos = DEFAULT_INTERVAL;
  private long lingerNanos = DEFAULT_LINGER;

  /// Reads the values.
  void check(boolean isFlood) throws BadArgument {
    if (intervalText != null) {
      intervalNanos = Values.seconds(intervalText, "timing interval");
    } else if (isFlood) {
      intervalNanos = 0;
    }
    if (lingerText != null) {
      lingerNanos = Values.seconds(lingerText, "linger time");
    }
  }

  /// Refuses what ordinary users may not ask for, before anything is printed.
  void checkPreloadForUser() throws BadArgument {
    if (preload > USERS_PRELOAD) {
      throw new BadArgument("cannot set preload to value greater than 3: " + preload);
    }
  }

  /// Refuses what ordinary users may not ask for, after the first line.
  void checkIntervalForUser() throws BadArgument {
    if (intervalNanos < USERS_INTERVAL) {
      throw new BadArgument("cannot flood; minimal interval allowed for user is 2ms");
    }
  }

  Pace pace(boolean isUser) {
    return new Pace(intervalNanos, (int) preload, isAdaptive, isUser ? USERS_INTERVAL : 0);
  }

  /// 0 is without end.
  long lingerNanos() {
    return lingerNanos;
  }

  /// 0 if there is no deadline.
  long deadlineNanos() {
    return TimeUnit.SECONDS.toNanos(deadlineSeconds);
  }
}
