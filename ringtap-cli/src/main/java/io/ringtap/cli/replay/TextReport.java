package io.ringtap.cli.replay;

import io.ringtap.cli.terminal.Figures;
import io.ringtap.cli.terminal.Output;
import io.ringtap.error.Errno;
import io.ringtap.send.Refusal;
import io.ringtap.send.SendCounters;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The account as lines.
final class TextReport implements ReplayReport {
  private static final double NANOS_PER_SECOND = 1e9;

  private final Output out;

  TextReport(Output out) {
    this.out = out;
  }

  @Override
  public void summary(Account account) {
    SendCounters counters = account.counters();
    line(packets(counters.sent()) + " sent, " + counters.sentBytes() + " bytes");
    line(
        packets(counters.refused())
            + " refused"
            + reasons(counters.refusals(), Refusal::description));
    line(
        packets(counters.refusedByKernel())
            + " refused by kernel"
            + reasons(counters.kernelRefusals(), Errno::toString));
    if (account.filtered() != null) {
      line(packets(account.filtered()) + " left out by the filter");
    }
    if (counters.retries() > 0) {
      line(
          "waited for room " + counters.retries() + (counters.retries() == 1 ? " time" : " times"));
    }
    Duration ideal = account.ideal();
    line(
        "took "
            + seconds(account.elapsed())
            + (ideal == null ? "" : ", ideal " + seconds(ideal))
            + ": "
            + Figures.si(account.packetsPerSecond())
            + " packets/s, "
            + Figures.bitRate(account.bitsPerSecond()));
  }

  private void line(String text) {
    out.line(new StringBuilder(text));
  }

  private static String packets(long count) {
    return count + (count == 1 ? " packet" : " packets");
  }

  /// Each reason with its count, the most frequent first.
  private static <T> String reasons(Map<T, Long> counts, Function<T, String> words) {
    if (counts.isEmpty()) {
      return "";
    }
    return counts.entrySet().stream()
        .map(each -> Map.entry(words.apply(each.getKey()), each.getValue()))
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .map(each -> each.getValue() + " " + each.getKey())
        .collect(Collectors.joining(", ", ": ", ""));
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.6f s", time.toNanos() / NANOS_PER_SECOND);
  }
}
