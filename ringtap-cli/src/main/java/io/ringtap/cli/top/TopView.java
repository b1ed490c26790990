package io.ringtap.cli.top;

import io.ringtap.capture.CaptureCounters;
import io.ringtap.cli.run.Messages;
import io.ringtap.cli.terminal.LiveRegion;
import io.ringtap.cli.terminal.Output;
import io.ringtap.cli.terminal.Times;
import io.ringtap.top.Interval;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Shows what a run finds. Any thread may call it.
interface TopView {
  /// An interval has ended.
  void onInterval(Interval interval);

  /// The run has ended.
  void onEnd(CaptureCounters counters);

  /// Intervals below each other, each with the time of day at its head.
  final class Lines implements TopView {
    private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Output out;
    private final Messages messages;
    private final ZoneId zone;

    Lines(Output out, Messages messages, ZoneId zone) {
      this.out = out;
      this.messages = messages;
      this.zone = zone;
    }

    @Override
    public synchronized void onInterval(Interval interval) {
      StringBuilder text = new StringBuilder(1024);
      String time = Times.timeOfDay(interval.epochNanos(), zone);
      String indent = " ".repeat(time.length() + 1);
      text.append(time).append(' ');
      text.append(String.join("\n" + indent, TopTable.head(interval))).append('\n');
      if (!interval.rows().isEmpty()) {
        text.append(TopTable.columns(interval)).append('\n');
      }
      TopTable.rows(interval).forEach(row -> text.append(row).append('\n'));
      out.text(text);
    }

    @Override
    public synchronized void onEnd(CaptureCounters counters) {
      boolean _ = out.drain(DRAIN_NANOS); // what stands above comes first on a terminal too
      messages.line(counters.captured() + " packets captured");
      messages.line(counters.droppedByKernel() + " packets dropped by kernel");
      messages.line(counters.droppedByInterface() + " packets dropped by interface");
    }
  }

  /// The last interval on a terminal, drawn again in place. It stays there at the end.
  final class Table implements TopView {
    private final TopView lines;
    private final LiveRegion region;

    /// @param messages which stand above the table
    /// @param lines prints the end
    Table(Output out, Messages messages, TopView lines) {
      this.lines = lines;
      this.region = new LiveRegion(out);
      messages.above(region);
    }

    @Override
    public synchronized void onInterval(Interval interval) {
      List<LiveRegion.Line> text = new ArrayList<>();
      TopTable.head(interval).forEach(line -> text.add(LiveRegion.Line.heading(line)));
      text.add(LiveRegion.Line.heading(TopTable.columns(interval)));
      TopTable.rows(interval).forEach(row -> text.add(LiveRegion.Line.of(row)));
      region.draw(text);
    }

    @Override
    public synchronized void onEnd(CaptureCounters counters) {
      region.release();
      lines.onEnd(counters);
    }
  }
}
