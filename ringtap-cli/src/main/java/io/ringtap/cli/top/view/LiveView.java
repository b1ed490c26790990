package io.ringtap.cli.top.view;

import io.ringtap.capture.CaptureCounters;
import io.ringtap.cli.terminal.LiveRegion;
import io.ringtap.cli.terminal.Output;
import io.ringtap.cli.terminal.Terminal;
import io.ringtap.top.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The last interval on a terminal, drawn anew in place. It stays there at the end.
public final class LiveView implements TopView {
  private static final String BOLD = "\u001B[1m";
  private static final String PLAIN = "\u001B[0m";
  private static final int FIXED_LINES = 3; // above the rows
  private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Output out;
  private final TopView lines;
  private final LiveRegion region;
  private final boolean isColoured = Terminal.isColourWelcome();

  /// @param lines tells what stays
  public LiveView(Output out, TopView lines) {
    this.out = out;
    this.lines = lines;
    this.region = new LiveRegion(out);
  }

  @Override
  public synchronized void onInterval(Interval interval) {
    Terminal.Size size = Terminal.size();
    List<String> text = new ArrayList<>(TopTable.head(interval));
    text.add(TopTable.columns(interval));
    text.addAll(TopTable.rows(interval));
    int room = Math.max(1, size.rows() - 1); // the cursor's line
    int columns = Math.max(1, size.columns() - 1); // the last one would wrap
    region.draw(block -> {
      for (int i = 0; i < Math.min(room, text.size()); i++) {
        String line = text.get(i);
        String shown = line.substring(0, Math.min(columns, line.length()));
        boolean isBold = isColoured && i < FIXED_LINES;
        block.append(isBold ? BOLD + shown + PLAIN : shown).append(LiveRegion.END_OF_LINE);
      }
    });
  }

  @Override
  public synchronized void onEnd(CaptureCounters counters) {
    region.release();
    lines.onEnd(counters);
  }

  @Override
  public synchronized void onNotice(String line) {
    region.erase();
    boolean _ = out.drain(DRAIN_NANOS);
    lines.onNotice(line);
  }
}
