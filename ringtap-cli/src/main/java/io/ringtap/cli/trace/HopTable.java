package io.ringtap.cli.trace;

import io.ringtap.cli.run.HostNames;
import io.ringtap.cli.terminal.Figures;
import io.ringtap.cli.terminal.LiveRegion;
import io.ringtap.ping.RttStatistics;
import io.ringtap.trace.TraceOptions;
import io.ringtap.trace.TraceReport;
import java.util.ArrayList;
import java.util.List;

/// Hops with their loss and times in milliseconds, in mtr's columns and two more. Further
/// responders, and what there is to say of one, have lines of their own.
final class HopTable {
  private static final int HOP = 8; // columns' widths, those of figures with the blank before them
  private static final int LOSS = 7;
  private static final int SENT = 6;
  private static final int TIME = 7;
  private static final int FIGURES = LOSS + SENT + 6 * TIME;
  private static final int LEAST_HOST = 8;

  private final TraceOptions options;
  private final HostNames names;

  HopTable(TraceOptions options, HostNames names) {
    this.options = options;
    this.names = names;
  }

  /// The names of the columns, and the hops.
  ///
  /// @param name the target as the user wrote it
  /// @param columns that a line may have; addresses and names are cut for this
  List<LiveRegion.Line> lines(String name, TraceReport report, int columns) {
    int host = Math.max("HOST: ".length() + name.length(), HOP + widest(report));
    int width = Math.clamp(columns - FIGURES, HOP + LEAST_HOST, Math.max(HOP + LEAST_HOST, host));
    List<LiveRegion.Line> lines = new ArrayList<>();
    lines.add(heading(name, width));
    for (TraceReport.Hop hop : report.hops()) {
      lines.add(line(hop, width));
      for (TraceReport.Responder responder : hop.responders()) {
        if (!responder.equals(hop.responders().getFirst())) {
          lines.add(LiveRegion.Line.of("     |  `|-- " + names.nameOf(responder.address())));
        }
        for (String remark : Remarks.of(responder.latest(), options.form().trafficClass())) {
          lines.add(LiveRegion.Line.of("     |   [" + remark + "]"));
        }
      }
    }
    return lines;
  }

  private int widest(TraceReport report) {
    return report.hops().stream()
        .filter(hop -> !hop.responders().isEmpty())
        .mapToInt(hop -> names.nameOf(hop.responders().getFirst().address()).length())
        .max()
        .orElse(0);
  }

  private static LiveRegion.Line heading(String name, int width) {
    StringBuilder text = new StringBuilder();
    left(text, "HOST: " + name, width);
    right(text, "Loss%", LOSS);
    right(text, "Snt", SENT);
    for (String column : new String[] {"Last", "Avg", "Best", "Wrst", "StDev", "p90"}) {
      right(text, column, TIME);
    }
    return LiveRegion.Line.heading(text.toString());
  }

  private LiveRegion.Line line(TraceReport.Hop hop, int width) {
    boolean isKnown = !hop.responders().isEmpty();
    StringBuilder text = new StringBuilder();
    String host = isKnown ? names.nameOf(hop.responders().getFirst().address()) : "???";
    left(text, "%3d.|-- %s".formatted(hop.hopLimit(), host), width);
    int lossBegin = text.length();
    right(text, Figures.share(hop.counts().lossRatio()), LOSS);
    int lossEnd = text.length();
    right(text, Long.toString(hop.counts().sent()), SENT);
    RttStatistics rtt = hop.rtt();
    time(text, isKnown, Math.max(hop.lastNanos(), 0));
    time(text, isKnown, Math.round(rtt.mean()));
    time(text, isKnown, rtt.min());
    time(text, isKnown, rtt.max());
    time(text, isKnown, Math.round(rtt.stddev()));
    time(text, isKnown, rtt.quantile(0.9));
    String ofLoss = Remarks.ofLoss(hop);
    if (!ofLoss.isEmpty()) {
      text.append("  ").append(ofLoss);
    }
    LiveRegion.Line line = LiveRegion.Line.of(text.toString());
    boolean isAlarming = ofLoss.isEmpty() && hop.counts().lost() > 0;
    return isAlarming ? line.withAlarm(lossBegin, lossEnd) : line;
  }

  private static void time(StringBuilder text, boolean isKnown, long nanos) {
    right(text, isKnown ? Figures.millis(new StringBuilder(), nanos) : "-", TIME);
  }

  private static void left(StringBuilder text, String content, int width) {
    int length = Math.min(content.length(), width);
    text.append(content, 0, length).repeat(' ', width - length);
  }

  private static void right(StringBuilder text, CharSequence content, int width) {
    text.append(' ').repeat(' ', Math.max(0, width - 1 - content.length())).append(content);
  }
}
