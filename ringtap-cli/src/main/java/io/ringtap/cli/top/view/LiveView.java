package io.ringtap.cli.top.view;

import io.ringtap.capture.CaptureCounters;
import io.ringtap.cli.terminal.LiveRegion;
import io.ringtap.cli.terminal.Output;
import io.ringtap.top.Interval;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/// The last interval on a terminal, drawn anew in place. It stays there at the end.
public final class LiveView implements TopView {
  private static final int HEADINGS = 3; // lines above the rows

  private final PrintWriter err;
  private final TopView lines;
  private final LiveRegion region;

  /// @param lines prints what stays
  public LiveView(Output out, PrintWriter err, TopView lines) {
    this.err = err;
    this.lines = lines;
    this.region = new LiveRegion(out);
  }

  @Override
  public synchronized void onInterval(Interval interval) {
    List<String> text = new ArrayList<>(TopTable.head(interval));
    text.add(TopTable.columns(interval));
    text.addAll(TopTable.rows(interval));
    region.draw(text, line -> line < HEADINGS);
  }

  @Override
  public synchronized void onEnd(CaptureCounters counters) {
    region.release();
    lines.onEnd(counters);
  }

  @Override
  public synchronized void onNotice(String line) {
    region.above(err, line);
  }
}
