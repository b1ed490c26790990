package io.ringtap.cli.top;

import io.ringtap.capture.CaptureCounters;
import io.ringtap.cli.terminal.JsonLines;
import io.ringtap.cli.terminal.Output;
import io.ringtap.top.Interval;
import tools.jackson.core.JsonGenerator;

/// An object on a line of its own for each interval and each of its rows, and one at the end
/// (NDJSON).
final class JsonView implements TopView {
  private final JsonGenerator json;
  private final IntervalJson fields;

  JsonView(Output out) {
    this.json = JsonLines.generator(out);
    fields = new IntervalJson(json);
  }

  @Override
  public synchronized void onInterval(Interval interval) {
    JsonLines.begin(json, "interval");
    fields.interval(interval);
    JsonLines.end(json);
    int rank = 1;
    for (Interval.Row row : interval.rows()) {
      row(interval, row, rank++);
    }
  }

  private void row(Interval interval, Interval.Row row, int rank) {
    JsonLines.begin(json, "row");
    json.writeNumberProperty("ts_ns", interval.epochNanos());
    json.writeNumberProperty("rank", rank);
    fields.row(interval, row);
    JsonLines.end(json);
  }

  @Override
  public synchronized void onEnd(CaptureCounters counters) {
    JsonLines.begin(json, "summary");
    json.writeNumberProperty("captured", counters.captured());
    json.writeNumberProperty("discarded", counters.discarded() + counters.waiting());
    json.writeNumberProperty("dropped_by_kernel", counters.droppedByKernel());
    json.writeNumberProperty("dropped_by_interface", counters.droppedByInterface());
    JsonLines.end(json);
  }
}
