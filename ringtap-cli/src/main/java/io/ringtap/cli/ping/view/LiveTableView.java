package io.ringtap.cli.ping.view;

import io.ringtap.cli.run.Messages;
import io.ringtap.cli.run.Ticker;
import io.ringtap.cli.terminal.LiveRegion;
import io.ringtap.cli.terminal.Output;
import io.ringtap.cli.terminal.Terminal;
import io.ringtap.ping.PingOutcome;
import io.ringtap.ping.PingRequest;
import io.ringtap.ping.PingSummary;
import io.ringtap.ping.PingTotals;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Several targets on a terminal: a table of those that run, drawn again in place a few times a
/// second. What has ended is printed above it by another view, and so stays.
public final class LiveTableView implements PingView {
  /// More rows than any terminal has; further targets only count.
  private static final int MAX_ROWS = 500;

  private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final PingView lines;
  private final PingTable table = new PingTable(Terminal.isUnicode());
  private final LiveRegion region;
  private final Ticker ticker;
  private final Map<Object, PingTable.Row> rows = new LinkedHashMap<>();
  private long running;
  private boolean isDirty;

  /// Begins to draw.
  ///
  /// @param messages which stand above the table
  /// @param lines prints what has ended
  public LiveTableView(Output out, Messages messages, PingView lines) {
    this.lines = lines;
    this.region = new LiveRegion(out);
    messages.above(region);
    this.ticker = new Ticker(PERIOD_NANOS, _ -> draw());
  }

  private synchronized void draw() {
    if (isDirty) {
      isDirty = false;
      Terminal.Size size = Terminal.size();
      List<PingTable.Row> shown = rows.values().stream().limit(size.rows()).toList();
      long hidden = running - shown.size();
      region.draw(table.lines(shown, size.columns() - 1), size, hidden, " more");
    }
  }

  @Override
  public synchronized void onTarget(PingRequest request) {
    running++;
    PingTable.Row _ = row(request);
    isDirty = true;
  }

  @Override
  public synchronized void onOutcome(PingRequest request, PingOutcome outcome) {
    if (outcome instanceof PingOutcome.Terminal) {
      PingTable.Row row = row(request);
      if (row != null) {
        row.add(outcome);
        isDirty = true;
      }
    }
  }

  /// The target's row; null if there is no room for it.
  private PingTable.@Nullable Row row(PingRequest request) {
    Object key = Target.keyOf(request);
    PingTable.Row row = rows.get(key);
    if (row == null && rows.size() < MAX_ROWS) {
      row = new PingTable.Row(Target.labelOf(request));
      rows.put(key, row);
    }
    return row;
  }

  @Override
  public synchronized void onSummary(PingSummary summary) {
    region.erase();
    running--;
    rows.remove(Target.keyOf(summary.request()));
    lines.onSummary(summary);
    isDirty = true;
  }

  @Override
  public void onEnd(PingTotals totals, long elapsedNanos) {
    ticker.close(); // without the lock, which its thread may be waiting for
    region.erase();
    region.release();
    lines.onEnd(totals, elapsedNanos);
  }
}
