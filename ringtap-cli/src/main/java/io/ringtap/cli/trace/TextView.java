package io.ringtap.cli.trace;

import io.ringtap.cli.run.HostNames;
import io.ringtap.cli.terminal.Figures;
import io.ringtap.cli.terminal.Output;
import io.ringtap.packet.IpAddress;
import io.ringtap.trace.TraceOptions;
import io.ringtap.trace.TraceOutcome;
import io.ringtap.trace.TraceReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Lines as traceroute prints them: for each hop who answered, and the time of each probe, `*` for
/// one without an answer.
final class TextView implements TraceView {
  private static final Comparator<TraceOutcome> IN_ORDER =
      Comparator.<TraceOutcome>comparingInt(outcome -> outcome.probe().path())
          .thenComparingInt(outcome -> outcome.probe().round());

  private final Output out;
  private final TraceOptions options;
  private final HostNames names;
  private final Map<IpAddress, Map<Integer, List<TraceOutcome>>> outcomes = new HashMap<>();

  TextView(Output out, TraceOptions options, HostNames names) {
    this.out = out;
    this.options = options;
    this.names = names;
  }

  /// Keeps what became of a probe.
  synchronized void add(TraceOutcome outcome) {
    outcomes
        .computeIfAbsent(outcome.probe().target(), _ -> new TreeMap<>())
        .computeIfAbsent(outcome.probe().hopLimit(), _ -> new ArrayList<>())
        .add(outcome);
  }

  @Override
  public synchronized void onReport(String name, TraceReport report) {
    StringBuilder line = new StringBuilder("trace to ").append(name);
    if (!name.equals(report.target().toString())) {
      line.append(" (").append(report.target()).append(')');
    }
    out.line(
        line.append(", ")
            .append(options.lastHop())
            .append(" hops at most, ")
            .append(options.form().protocol().word()));
    Map<Integer, List<TraceOutcome>> hops = outcomes.getOrDefault(report.target(), Map.of());
    for (TraceReport.Hop hop : report.hops()) {
      out.line(hop(hop, hops.getOrDefault(hop.hopLimit(), List.of())));
    }
  }

  private StringBuilder hop(TraceReport.Hop hop, List<TraceOutcome> probes) {
    StringBuilder line = new StringBuilder("%2d ".formatted(hop.hopLimit()));
    IpAddress shown = null;
    for (TraceOutcome outcome : probes.stream().sorted(IN_ORDER).toList()) {
      switch (outcome) {
        case TraceOutcome.Answer answer -> {
          if (!answer.from().equals(shown)) {
            shown = answer.from();
            line.append(' ').append(names.labelOf(shown));
          }
          Figures.fixedMillis(line.append("  "), answer.rttNanos()).append(" ms");
        }
        case TraceOutcome.TimedOut _ -> line.append(" *");
        case TraceOutcome.Dropped _ -> line.append(" (dropped here)");
        case TraceOutcome.Withdrawn _ -> line.append(" -");
        case TraceOutcome.NotSent unsent ->
            line.append(" (").append(unsent.errno().description()).append(')');
      }
    }
    for (TraceReport.Responder responder : hop.responders()) {
      for (String remark : Remarks.of(responder.latest(), options.form().trafficClass())) {
        line.append(" [").append(remark).append(']');
      }
    }
    String ofLoss = Remarks.ofLoss(hop);
    return ofLoss.isEmpty() ? line : line.append(" [").append(ofLoss).append(']');
  }
}
