package io.ringtap.cli.sweep;

import io.ringtap.cli.terminal.Figures;
import io.ringtap.cli.terminal.JsonLines;
import io.ringtap.cli.terminal.Output;
import io.ringtap.cli.terminal.Times;
import io.ringtap.error.Errno;
import io.ringtap.sweep.SweepCounters;
import io.ringtap.sweep.SweepProgress;
import io.ringtap.sweep.SweepProgress.Phase;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;

/// The account of a sweep: what became of each probe, and of each packet that came back.
///
/// @param counters of this run
/// @param progress at its end
/// @param all of this run and those before
record SweepReport(SweepPlan plan, SweepCounters counters, SweepProgress progress, Tally all) {
  private static final double NANOS_PER_SECOND = 1e9;

  /// The share of the targets, of those that this run has asked, that answered.
  private double hitRate() {
    long asked = progress.next() - plan.options().firstPosition();
    return asked == 0 ? 0 : (double) counters.found() / asked;
  }

  private long received() {
    return counters.found()
        + counters.repeats()
        + counters.duplicates()
        + counters.errors()
        + counters.invalid();
  }

  /// It as lines.
  StringBuilder lines() {
    StringBuilder text = new StringBuilder();
    text.append(progress.completed()).append(" of ").append(progress.size());
    text.append(" targets completed\n");
    text.append(counters.probes()).append(" probes = ").append(counters.sent()).append(" sent + ");
    text.append(counters.refused()).append(" refused by kernel").append(refusals()).append('\n');
    text.append(counters.resent()).append(" retries, ").append(counters.sentBytes());
    text.append(" bytes\n");
    text.append(received()).append(" packets = ").append(counters.found()).append(" found + ");
    text.append(counters.repeats()).append(" repeats + ");
    text.append(counters.duplicates()).append(" duplicates + ");
    text.append(counters.errors()).append(" errors + ");
    text.append(counters.invalid()).append(" invalid\n");
    text.append(counters.dropped()).append(" packets dropped here\n");
    text.append(counters.found()).append(" found, ").append(Figures.share(hitRate()));
    text.append(" of the targets asked");
    if (plan.options().probe().hasPorts()) {
      text.append(", ").append(counters.open()).append(" open");
    }
    text.append('\n');
    if (counters.waits() > 0) {
      text.append("waited for room ").append(counters.waits()).append(" times\n");
    }
    if (counters.forgotten() > 0) {
      text.append(counters.forgotten()).append(" targets forgotten: a later answer of one of them");
      text.append(" counts as found again\n");
    }
    if (all.runs() > 1) {
      text.append("all ").append(all.runs()).append(" runs: ").append(all.sent());
      text.append(" sent, ").append(all.refused()).append(" refused, ").append(all.found());
      text.append(" found, ").append(all.dropped()).append(" dropped here\n");
    }
    double seconds = progress.elapsed().toNanos() / NANOS_PER_SECOND;
    text.append(String.format(Locale.ROOT, "took %.3f s; ", seconds));
    return text.append(Figures.si(sentPerSecond())).append(" probes a second were sent\n");
  }

  /// The mean rate while it sent: the time for the last answers does not count.
  private double sentPerSecond() {
    Duration elapsed = progress.elapsed();
    Duration sending = elapsed.minus(plan.options().schedule().timeout());
    boolean isOver = progress.phase() == Phase.ENDED && sending.isPositive();
    return Figures.perSecond(counters.sent(), (isOver ? sending : elapsed).toNanos());
  }

  private String refusals() {
    StringBuilder text = new StringBuilder();
    byName()
        .forEach((name, count) -> {
          text.append(text.isEmpty() ? " (" : ", ").append(count).append(' ').append(name);
        });
    return text.isEmpty() ? "" : text.append(')').toString();
  }

  private Map<String, Long> byName() {
    Map<String, Long> named = new TreeMap<>();
    for (Map.Entry<Errno, Long> each : counters.refusals().entrySet()) {
      named.put(each.getKey().name(), each.getValue());
    }
    return named;
  }

  /// Prints it as an object.
  void printJson(Output out) {
    JsonGenerator json = JsonLines.generator(out);
    JsonLines.begin(json, "summary");
    json.writeNumberProperty("ts_ns", Times.epochNanos());
    json.writeNumberProperty("targets", progress.size());
    json.writeNumberProperty("targets_completed", progress.completed());
    json.writeNumberProperty("addresses", plan.space().addresses().size());
    json.writeStringProperty("seed", Long.toString(plan.identity().seed()));
    json.writeStringProperty("shard", plan.identity().shard().toString());
    json.writeNumberProperty("probes_sent", counters.sent());
    json.writeNumberProperty("probes_resent", counters.resent());
    json.writeNumberProperty("bytes_sent", counters.sentBytes());
    json.writeObjectPropertyStart("probes_refused_by_kernel");
    byName().forEach(json::writeNumberProperty);
    json.writeEndObject();
    json.writeNumberProperty("waits", counters.waits());
    json.writeNumberProperty("found", counters.found());
    json.writeNumberProperty("open", counters.open());
    json.writeNumberProperty("repeats", counters.repeats());
    json.writeNumberProperty("duplicates", counters.duplicates());
    json.writeNumberProperty("errors", counters.errors());
    json.writeNumberProperty("invalid", counters.invalid());
    json.writeNumberProperty("dropped", counters.dropped());
    json.writeNumberProperty("forgotten", counters.forgotten());
    json.writeNumberProperty("hit_rate", hitRate());
    json.writeNumberProperty("probes_per_second", sentPerSecond());
    json.writeNumberProperty("elapsed_ns", progress.elapsed().toNanos());
    json.writeNumberProperty("runs", all.runs());
    json.writeNumberProperty("found_in_all_runs", all.found());
    json.writeNumberProperty("probes_sent_in_all_runs", all.sent());
    JsonLines.end(json);
  }
}
