package io.ringtap.cli.top.view;

import io.ringtap.capture.CaptureCounters;
import io.ringtap.cli.terminal.Output;
import io.ringtap.top.Interval;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/// Intervals below each other, each with the time at its head.
public final class LinesView implements TopView {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final long SECOND = 1_000_000_000; // nanoseconds

  private static final long DRAIN_NANOS = SECOND;

  private final Output out;
  private final PrintWriter err;
  private final ZoneId zone;

  /// @param zone whose time stands at the heads
  public LinesView(Output out, PrintWriter err, ZoneId zone) {
    this.out = out;
    this.err = err;
    this.zone = zone;
  }

  @Override
  public synchronized void onInterval(Interval interval) {
    StringBuilder text = new StringBuilder(1024);
    String indent = " ".repeat(time(interval.epochNanos()).length() + 1);
    text.append(time(interval.epochNanos())).append(' ');
    text.append(String.join("\n" + indent, TopTable.head(interval))).append('\n');
    if (!interval.rows().isEmpty()) {
      text.append(TopTable.columns(interval)).append('\n');
    }
    TopTable.rows(interval).forEach(row -> text.append(row).append('\n'));
    out.text(text);
  }

  private String time(long epochNanos) {
    Instant instant = Instant.ofEpochSecond(epochNanos / SECOND, epochNanos % SECOND);
    return LocalTime.ofInstant(instant, zone).format(TIME);
  }

  @Override
  public synchronized void onEnd(CaptureCounters counters) {
    boolean _ = out.drain(DRAIN_NANOS); // what stands above comes first on a terminal too
    err.println(counters.captured() + " packets captured");
    err.println(counters.droppedByKernel() + " packets dropped by kernel");
    err.println(counters.droppedByInterface() + " packets dropped by interface");
  }

  @Override
  public synchronized void onNotice(String line) {
    err.println(line);
  }
}
