package io.ringtap.cli.fping;

import io.ringtap.cli.terminal.Figures;
import java.util.Locale;

/// Times as fping writes them: three, two, one and no decimals below 1, 10, 100 and above.
final class Milliseconds {
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long LONGEST_WRITTEN_OUT = 1_000_000 * NANOS_PER_MILLI;

  private Milliseconds() {}

  static StringBuilder append(StringBuilder text, long nanos) {
    return nanos < LONGEST_WRITTEN_OUT
        ? Figures.millis(text, Math.max(0, nanos))
        : text.append(String.format(Locale.ROOT, "%.3e", (double) nanos / NANOS_PER_MILLI));
  }

  /// How long a target was away if each lost probe stands for a period.
  static long outage(Settings settings, int lost) {
    return lost * settings.period / NANOS_PER_MILLI;
  }
}
