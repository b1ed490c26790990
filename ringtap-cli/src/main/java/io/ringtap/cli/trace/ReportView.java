package io.ringtap.cli.trace;

import io.ringtap.cli.terminal.LiveRegion;
import io.ringtap.cli.terminal.Output;
import io.ringtap.trace.TraceReport;

/// A line for each hop with its loss and times, as mtr's report has it.
final class ReportView implements TraceView {
  private final Output out;
  private final HopTable table;

  ReportView(Output out, HopTable table) {
    this.out = out;
    this.table = table;
  }

  @Override
  public synchronized void onReport(String name, TraceReport report) {
    for (LiveRegion.Line line : table.lines(name, report, Integer.MAX_VALUE)) {
      out.line(new StringBuilder(line.text()));
    }
  }
}
