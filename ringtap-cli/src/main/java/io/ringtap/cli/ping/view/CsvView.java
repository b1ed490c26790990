package io.ringtap.cli.ping.view;

import io.ringtap.cli.terminal.CsvLines;
import io.ringtap.cli.terminal.Output;
import io.ringtap.ping.PingCounts;
import io.ringtap.ping.PingSummary;
import io.ringtap.ping.RttStatistics;
import java.util.ArrayList;
import java.util.List;

/// A line for each summary, after one with the columns' names. What is not known is empty.
public final class CsvView implements PingView {
  private final CsvLines csv;

  /// Writes the columns' names.
  public CsvView(Output out) {
    List<String> columns =
        new ArrayList<>(
            List.of(
                "target",
                "address",
                "sent",
                "received",
                "lost",
                "loss_ratio",
                "late",
                "late_errors",
                "duplicates",
                "corrupted",
                "errors",
                "unsent",
                "elsewhere",
                "withdrawn",
                "departures_unseen",
                "further",
                "dropped",
                "notices"));
    columns.addAll(RttCsv.COLUMNS);
    columns.add("stamp");
    csv = new CsvLines(out, columns);
  }

  @Override
  public synchronized void onSummary(PingSummary summary) {
    PingCounts counts = summary.counts();
    RttStatistics rtt = summary.rtt();
    double loss = counts.lossRatio();
    List<String> fields = new ArrayList<>();
    fields.add(Target.nameOf(summary.request()));
    fields.add(Target.addressOf(summary.request()));
    fields.add(Long.toString(counts.sent()));
    fields.add(Long.toString(counts.received()));
    fields.add(Long.toString(counts.lost()));
    fields.add(Double.isNaN(loss) ? "" : Double.toString(loss));
    fields.add(Long.toString(counts.late()));
    fields.add(Long.toString(counts.lateErrors()));
    fields.add(Long.toString(counts.duplicates()));
    fields.add(Long.toString(counts.corrupted()));
    fields.add(Long.toString(counts.errors()));
    fields.add(Long.toString(counts.unsent()));
    fields.add(Long.toString(counts.elsewhere()));
    fields.add(Long.toString(counts.withdrawn()));
    fields.add(Long.toString(counts.departuresUnseen()));
    fields.add(Long.toString(counts.further()));
    fields.add(Long.toString(counts.dropped()));
    fields.add(Long.toString(counts.notices()));
    fields.addAll(RttCsv.fields(rtt));
    fields.add(rtt.count() > 0 ? summary.stamp().word() : "");
    csv.write(fields);
  }
}
