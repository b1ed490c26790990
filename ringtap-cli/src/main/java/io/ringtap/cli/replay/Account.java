package io.ringtap.cli.replay;

import io.ringtap.cli.terminal.Figures;
import io.ringtap.cli.terminal.JsonLines;
import io.ringtap.cli.terminal.Output;
import io.ringtap.cli.terminal.Times;
import io.ringtap.error.Errno;
import io.ringtap.send.Refusal;
import io.ringtap.send.SendCounters;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// What became of a file's packets.
///
/// @param filtered packets that did not match the expression; null if absent
/// @param elapsed from the first packet to the end
/// @param ideal what that would be if each packet had gone when it was due; null if as fast as
///   possible
record Account(
    ReplayPlan plan,
    SendCounters counters,
    @Nullable Long filtered,
    Duration elapsed,
    @Nullable Duration ideal) {
  private static final double NANOS_PER_SECOND = 1e9;

  private double packetsPerSecond() {
    return Figures.perSecond(counters.sent(), elapsed.toNanos());
  }

  private double bitsPerSecond() {
    return Figures.perSecond(counters.sentBytes() * Byte.SIZE, elapsed.toNanos());
  }

  /// It as lines.
  StringBuilder lines() {
    StringBuilder text = new StringBuilder();
    text.append(packets(counters.sent())).append(" sent, ");
    text.append(counters.sentBytes()).append(" bytes\n");
    text.append(packets(counters.refused())).append(" refused");
    text.append(reasons(counters.refusals(), Refusal::description)).append('\n');
    text.append(packets(counters.refusedByKernel())).append(" refused by kernel");
    text.append(reasons(counters.kernelRefusals(), Errno::toString)).append('\n');
    if (filtered != null) {
      text.append(packets(filtered)).append(" left out by the filter\n");
    }
    if (counters.retries() > 0) {
      text.append("waited for room ").append(counters.retries());
      text.append(counters.retries() == 1 ? " time\n" : " times\n");
    }
    text.append("took ").append(seconds(elapsed));
    text.append(ideal == null ? "" : ", ideal " + seconds(ideal)).append(": ");
    text.append(Figures.si(packetsPerSecond())).append(" packets/s, ");
    return text.append(Figures.bitRate(bitsPerSecond())).append('\n');
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

  /// Prints it as an object.
  void printJson(Output out) {
    JsonGenerator json = JsonLines.generator(out);
    JsonLines.begin(json, "summary");
    json.writeNumberProperty("ts_ns", Times.epochNanos());
    json.writeStringProperty("file", plan.file());
    json.writeStringProperty("interface", plan.sender().interfaceName());
    json.writeNumberProperty("packets_sent", counters.sent());
    json.writeNumberProperty("bytes_sent", counters.sentBytes());
    json.writeObjectPropertyStart("packets_refused");
    for (Refusal reason : Refusal.values()) {
      json.writeNumberProperty(reason.name().toLowerCase(Locale.ROOT), counters.refused(reason));
    }
    json.writeEndObject();
    json.writeObjectPropertyStart("packets_refused_by_kernel");
    byName(counters.kernelRefusals()).forEach(json::writeNumberProperty);
    json.writeEndObject();
    if (filtered != null) {
      json.writeNumberProperty("packets_filtered", filtered);
    }
    json.writeNumberProperty("retries", counters.retries());
    json.writeNumberProperty("elapsed_ns", elapsed.toNanos());
    if (ideal != null) {
      json.writeNumberProperty("ideal_ns", ideal.toNanos());
    }
    json.writeNumberProperty("packets_per_second", packetsPerSecond());
    json.writeNumberProperty("bits_per_second", bitsPerSecond());
    JsonLines.end(json);
  }

  private static Map<String, Long> byName(Map<Errno, Long> counts) {
    Map<String, Long> named = new TreeMap<>();
    counts.forEach((errno, count) -> named.put(errno.name(), count));
    return named;
  }
}
