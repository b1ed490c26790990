package io.ringtap.cli.pps;

import io.ringtap.cli.terminal.LiveRegion;
import io.ringtap.cli.terminal.Output;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/// A table of the last tick on a terminal, drawn anew in place.
final class LiveView implements PpsView {
  private final PrintWriter err;
  private final LiveRegion region;

  LiveView(Output out, PrintWriter err) {
    this.err = err;
    this.region = new LiveRegion(out);
  }

  @Override
  public void onTick(Tick tick) {
    List<String> lines = lines(tick);
    int cpuHeader = lines.indexOf(PpsTable.cpuHeader());
    region.draw(lines, line -> line == 0 || line == cpuHeader);
  }

  static List<String> lines(Tick tick) {
    List<String> lines = new ArrayList<>();
    lines.add(PpsTable.header());
    lines.addAll(PpsTable.flows(tick));
    if (!tick.cpus().isEmpty()) {
      lines.add(PpsTable.cpuHeader());
      lines.addAll(PpsTable.cpus(tick));
    }
    return lines;
  }

  @Override
  public void onNotice(String line) {
    region.above(err, line);
  }

  @Override
  public void onEnd() {
    region.release();
  }
}
