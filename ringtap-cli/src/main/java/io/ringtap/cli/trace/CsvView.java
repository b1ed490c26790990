package io.ringtap.cli.trace;

import io.ringtap.cli.ping.view.RttCsv;
import io.ringtap.cli.run.HostNames;
import io.ringtap.cli.terminal.CsvLines;
import io.ringtap.cli.terminal.Output;
import io.ringtap.trace.TraceOptions;
import io.ringtap.trace.TraceReport;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A line for each hop of each host, after one with the columns' names. What is not known is empty.
final class CsvView implements TraceView {
  private final CsvLines csv;
  private final TraceOptions options;
  private final HostNames names;

  /// Writes the columns' names.
  CsvView(Output out, TraceOptions options, HostNames names) {
    this.options = options;
    this.names = names;
    List<String> columns =
        new ArrayList<>(
            List.of(
                "target",
                "address",
                "protocol",
                "reached",
                "hop",
                "responder",
                "name",
                "other_responders",
                "sent",
                "answered",
                "lost",
                "dropped",
                "withdrawn",
                "unsent",
                "loss_ratio",
                "forwarded_loss_ratio",
                "rate_limited",
                "silent",
                "rtt_last_ns"));
    columns.addAll(RttCsv.COLUMNS);
    columns.add("stamp");
    columns.add("remarks");
    csv = new CsvLines(out, columns);
  }

  @Override
  public synchronized void onReport(String name, TraceReport report) {
    for (TraceReport.Hop hop : report.hops()) {
      List<String> fields = new ArrayList<>();
      fields.add(name);
      fields.add(report.target().toString());
      fields.add(options.form().protocol().word());
      fields.add(Boolean.toString(report.isReached()));
      fields.add(Integer.toString(hop.hopLimit()));
      responders(fields, hop.responders());
      counts(fields, hop);
      fields.add(hop.lastNanos() < 0 ? "" : Long.toString(hop.lastNanos()));
      fields.addAll(RttCsv.fields(hop.rtt()));
      fields.add(
          hop.responders().isEmpty() ? "" : hop.responders().getFirst().latest().stamp().word());
      fields.add(remarks(hop));
      csv.write(fields);
    }
  }

  private void responders(List<String> fields, List<TraceReport.Responder> responders) {
    boolean isSilent = responders.isEmpty();
    fields.add(isSilent ? "" : responders.getFirst().address().toString());
    fields.add(isSilent ? "" : names.nameOf(responders.getFirst().address()));
    fields.add(
        responders.stream()
            .skip(1)
            .map(responder -> responder.address().toString())
            .collect(Collectors.joining(" ")));
  }

  private static void counts(List<String> fields, TraceReport.Hop hop) {
    fields.add(Long.toString(hop.counts().sent()));
    fields.add(Long.toString(hop.counts().answered()));
    fields.add(Long.toString(hop.counts().lost()));
    fields.add(Long.toString(hop.counts().dropped()));
    fields.add(Long.toString(hop.counts().withdrawn()));
    fields.add(Long.toString(hop.counts().unsent()));
    fields.add(Double.toString(hop.counts().lossRatio()));
    fields.add(Double.toString(hop.forwardedLoss()));
    fields.add(Boolean.toString(hop.isRateLimited()));
    fields.add(Boolean.toString(hop.isSilent()));
  }

  private String remarks(TraceReport.Hop hop) {
    return hop.responders().stream()
        .flatMap(
            responder -> Remarks.of(responder.latest(), options.form().trafficClass()).stream())
        .distinct()
        .collect(Collectors.joining("; "));
  }
}
