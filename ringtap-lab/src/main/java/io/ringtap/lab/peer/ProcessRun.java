package io.ringtap.lab.peer;

import io.ringtap.lab.report.Sample;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of a [MeasuredProcess].
///
/// @param command its words
/// @param exit its exit code, 128 and the signal's number where a signal ended it
/// @param isOverdue whether it was killed because its time was over
/// @param took from its start to its end
/// @param cpu of it and its children, in all
/// @param isCpuExact whether `cpu` comes from `wait`, exact to a microsecond; otherwise it is what
///   was last seen in `/proc`, up to a tenth of a second before the end
/// @param peakThreads the most that were seen
/// @param peakRssBytes the most memory that it had, of its own and shared
/// @param output what it wrote to stdout
/// @param errors what it wrote to stderr
/// @param series `cpu_user_s`, `cpu_system_s` and their sum `cpu_s`, used since the start, over
///   seconds since then
public record ProcessRun(
    List<String> command,
    int exit,
    boolean isOverdue,
    Duration took,
    CpuTime cpu,
    boolean isCpuExact,
    int peakThreads,
    long peakRssBytes,
    String output,
    String errors,
    List<Sample.Series> series) {
  private static final int LONGEST_EXCERPT = 200;

  /// Keeps copies of the lists.
  public ProcessRun {
    command = List.copyOf(command);
    series = List.copyOf(series);
  }

  /// CPU time used in the first `span` of its life, as of the last sample in it.
  public double cpuSecondsWithin(Duration span) {
    Sample.Series sum = series.getLast();
    double used = 0;
    for (int i = 0; i < sum.x().size() && sum.x().get(i) <= span.toNanos() / 1e9; i++) {
      used = sum.y().get(i);
    }
    return used;
  }

  /// Why this run counts for nothing, in one line; null if the process ended by itself with one of
  /// `accepted`.
  public @Nullable String failure(int... accepted) {
    if (isOverdue) {
      return "killed: not at its end after %.1f s".formatted(took.toNanos() / 1e9);
    }
    for (int code : accepted) {
      if (exit == code) {
        return null;
      }
    }
    return "exit code %d: %s".formatted(exit, lastLine());
  }

  private String lastLine() {
    String text = errors.isBlank() ? output : errors;
    String last = text.strip().lines().reduce("", (_, line) -> line).strip();
    return last.isEmpty()
        ? "without a word"
        : last.substring(0, Math.min(LONGEST_EXCERPT, last.length()));
  }
}
