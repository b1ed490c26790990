package io.ringtap.cli.pps;

import io.ringtap.cli.run.Messages;
import io.ringtap.cli.terminal.LiveRegion;
import io.ringtap.cli.terminal.Output;
import io.ringtap.cli.terminal.Times;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/// How ticks are shown. One thread at a time uses it.
interface PpsView {
  void onTick(Tick tick);

  /// There will be no more.
  default void onEnd() {}

  /// A line for each interface, queue and CPU at each tick, after the time of day.
  final class Lines implements PpsView {
    private final Output out;
    private final ZoneId zone;
    private final StringBuilder text = new StringBuilder();
    private boolean hasHeader;

    Lines(Output out, ZoneId zone) {
      this.out = out;
      this.zone = zone;
    }

    @Override
    public void onTick(Tick tick) {
      if (!hasHeader) {
        hasHeader = true;
        line("time    ", PpsTable.header());
        if (!tick.cpus().isEmpty()) {
          line("        ", PpsTable.cpuHeader());
        }
      }
      String time = Times.timeOfDay(tick.epochNanos(), zone);
      PpsTable.flows(tick).forEach(flow -> line(time, flow));
      PpsTable.cpus(tick).forEach(cpu -> line(time, cpu));
    }

    private void line(String time, String rest) {
      text.setLength(0);
      out.line(text.append(time).append("  ").append(rest));
    }
  }

  /// A table of the last tick on a terminal, drawn again in place.
  final class Table implements PpsView {
    private final LiveRegion region;

    /// @param messages which stand above the table
    Table(Output out, Messages messages) {
      this.region = new LiveRegion(out);
      messages.above(region);
    }

    @Override
    public void onTick(Tick tick) {
      region.draw(lines(tick));
    }

    static List<LiveRegion.Line> lines(Tick tick) {
      List<LiveRegion.Line> lines = new ArrayList<>();
      lines.add(LiveRegion.Line.heading(PpsTable.header()));
      PpsTable.flows(tick).forEach(flow -> lines.add(LiveRegion.Line.of(flow)));
      if (!tick.cpus().isEmpty()) {
        lines.add(LiveRegion.Line.heading(PpsTable.cpuHeader()));
        PpsTable.cpus(tick).forEach(cpu -> lines.add(LiveRegion.Line.of(cpu)));
      }
      return lines;
    }

    @Override
    public void onEnd() {
      region.release();
    }
  }
}
