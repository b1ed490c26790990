package io.ringtap.cli.pps;

import io.ringtap.cli.terminal.Output;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/// A line for each interface, queue and CPU at each tick, behind the time of day.
final class LinesView implements PpsView {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

  private final Output out;
  private final PrintWriter err;
  private final ZoneId zone;
  private final StringBuilder text = new StringBuilder();
  private boolean hasHeader;

  LinesView(Output out, PrintWriter err, ZoneId zone) {
    this.out = out;
    this.err = err;
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
    Instant end = Instant.ofEpochSecond(0, tick.epochNanos());
    String time = TIME.format(end.atZone(zone));
    PpsTable.flows(tick).forEach(flow -> line(time, flow));
    PpsTable.cpus(tick).forEach(cpu -> line(time, cpu));
  }

  private void line(String time, String rest) {
    text.setLength(0);
    out.line(text.append(time).append("  ").append(rest));
  }

  @Override
  public void onNotice(String line) {
    err.println(line);
  }

  @Override
  public void onEnd() {}
}
