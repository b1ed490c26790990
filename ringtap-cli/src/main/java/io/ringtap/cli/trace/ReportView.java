package io.ringtap.cli.trace;

import io.ringtap.cli.run.HostNames;
import io.ringtap.cli.terminal.Output;
import io.ringtap.ping.RttStatistics;
import io.ringtap.trace.TraceOptions;
import io.ringtap.trace.TraceReport;
import java.util.Locale;

/// A line for each hop with its loss and times in milliseconds, as mtr's report has it, and further
/// responders on lines of their own.
final class ReportView implements TraceView {
  private final Output out;
  private final TraceOptions options;
  private final HostNames names;

  ReportView(Output out, TraceOptions options, HostNames names) {
    this.out = out;
    this.options = options;
    this.names = names;
  }

  @Override
  public synchronized void onReport(String name, TraceReport report) {
    line(
        "%-34s %6s %5s %7s %7s %7s %7s %7s"
            .formatted("HOST: " + name, "Loss%", "Snt", "Last", "Avg", "Best", "Wrst", "p90"));
    for (TraceReport.Hop hop : report.hops()) {
      String who =
          hop.responders().isEmpty() ? "???" : names.nameOf(hop.responders().getFirst().address());
      RttStatistics rtt = hop.rtt();
      long last = hop.responders().isEmpty() ? 0 : hop.responders().getFirst().latest().rttNanos();
      String figures =
          String.format(
              Locale.ROOT,
              "%3d.|-- %-26s %5.1f%% %5d %7.3f %7.3f %7.3f %7.3f %7.3f",
              hop.hopLimit(),
              who,
              hop.counts().lossRatio() * 100,
              hop.counts().sent(),
              last / 1e6,
              rtt.mean() / 1e6,
              rtt.min() / 1e6,
              rtt.max() / 1e6,
              rtt.quantile(0.9) / 1e6);
      String ofLoss = Remarks.ofLoss(hop);
      line(ofLoss.isEmpty() ? figures : figures + "  " + ofLoss);
      for (TraceReport.Responder responder : hop.responders()) {
        if (!responder.equals(hop.responders().getFirst())) {
          line("     |  `|-- " + names.nameOf(responder.address()));
        }
        for (String remark : Remarks.of(responder.latest(), options.trafficClass())) {
          line("     |   [" + remark + "]");
        }
      }
    }
  }

  private void line(String text) {
    out.line(new StringBuilder(text));
  }
}
