package io.ringtap.cli.capture;

import io.ringtap.cli.terminal.Figures;
import io.ringtap.cli.terminal.JsonLines;
import io.ringtap.cli.terminal.Output;
import io.ringtap.cli.terminal.Times;
import tools.jackson.core.JsonGenerator;

/// The counts as objects on standard output. Any thread may print.
final class JsonReport implements Report {
  private final JsonGenerator json;

  JsonReport(Output out) {
    json = JsonLines.generator(out);
  }

  @Override
  public synchronized void stats(Totals now, Totals before, long nanos) {
    begin("stats");
    json.writeNumberProperty("interval_ns", nanos);
    json.writeNumberProperty("captured_pps", perSecond(now.captured() - before.captured(), nanos));
    json.writeNumberProperty(
        "dropped_by_kernel_pps",
        perSecond(now.droppedByKernel() - before.droppedByKernel(), nanos));
    json.writeNumberProperty(
        "dropped_by_interface_pps",
        perSecond(now.droppedByInterface() - before.droppedByInterface(), nanos));
    counts(now);
    JsonLines.end(json);
  }

  @Override
  public synchronized void summary(Totals totals) {
    begin("summary");
    counts(totals);
    JsonLines.end(json);
  }

  @Override
  public synchronized void summary(long read, Totals totals, boolean wasStopped) {
    begin("summary");
    json.writeNumberProperty("read", read);
    json.writeNumberProperty("shown", totals.captured());
    JsonLines.end(json);
  }

  private static long perSecond(long count, long nanos) {
    return Math.round(Figures.perSecond(count, nanos));
  }

  private void begin(String type) {
    JsonLines.begin(json, type);
    json.writeNumberProperty("ts_ns", Times.epochNanos());
  }

  private void counts(Totals totals) {
    json.writeNumberProperty("captured", totals.captured());
    json.writeNumberProperty("received_by_filter", totals.receivedByFilter());
    json.writeNumberProperty("dropped_by_kernel", totals.droppedByKernel());
    json.writeNumberProperty("freezes", totals.freezes());
    json.writeNumberProperty("dropped_by_interface", totals.droppedByInterface());
    json.writeNumberProperty("discarded", totals.discarded());
    json.writeNumberProperty("waiting", totals.waiting());
    if (totals.written() != Totals.NOT_WRITING) {
      json.writeNumberProperty("written", totals.written());
    }
  }
}
