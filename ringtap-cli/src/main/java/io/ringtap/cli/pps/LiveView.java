package io.ringtap.cli.pps;

import io.ringtap.cli.terminal.LiveRegion;
import io.ringtap.cli.terminal.Output;
import io.ringtap.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A table of the last tick on a terminal, drawn anew in place.
final class LiveView implements PpsView {
  private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final String BOLD = "\u001B[1m";
  private static final String PLAIN = "\u001B[0m";

  private final Output out;
  private final PrintWriter err;
  private final LiveRegion region;
  private final boolean isColoured = Terminal.isColourWelcome();

  LiveView(Output out, PrintWriter err) {
    this.out = out;
    this.err = err;
    this.region = new LiveRegion(out);
  }

  @Override
  public void onTick(Tick tick) {
    Terminal.Size size = Terminal.size();
    region.draw(text -> paint(text, tick, size, isColoured));
  }

  /// Appends the table, which has at least one line less than the terminal has rows.
  static void paint(StringBuilder text, Tick tick, Terminal.Size size, boolean isColoured) {
    List<String> lines = new ArrayList<>();
    lines.add(PpsTable.header());
    lines.addAll(PpsTable.flows(tick));
    int cpuHeader = lines.size();
    if (!tick.cpus().isEmpty()) {
      lines.add(PpsTable.cpuHeader());
      lines.addAll(PpsTable.cpus(tick));
    }
    int room = Math.max(size.rows() - 1, 1); // the cursor has a line of its own
    int shown = lines.size() <= room ? lines.size() : room - 1;
    int columns = Math.max(size.columns() - 1, 1); // the last one would wrap
    for (int i = 0; i < shown; i++) {
      boolean isBold = isColoured && (i == 0 || i == cpuHeader);
      String line = lines.get(i);
      text.append(isBold ? BOLD : "");
      text.append(line, 0, Math.min(line.length(), columns));
      text.append(isBold ? PLAIN : "").append(LiveRegion.END_OF_LINE);
    }
    if (shown < lines.size()) {
      String more = "... and " + (lines.size() - shown) + " lines more";
      text.append(more, 0, Math.min(more.length(), columns)).append(LiveRegion.END_OF_LINE);
    }
  }

  @Override
  public void onNotice(String line) {
    region.erase();
    boolean _ = out.drain(DRAIN_NANOS);
    err.println(line);
  }

  @Override
  public void onEnd() {
    region.release();
  }
}
