package io.ringtap.cli.ping.view;

import io.ringtap.cli.run.Messages;
import io.ringtap.cli.run.Ticker;
import io.ringtap.cli.terminal.Keyboard;
import io.ringtap.cli.terminal.LiveRegion;
import io.ringtap.cli.terminal.Output;
import io.ringtap.cli.terminal.Terminal;
import io.ringtap.linux.CallState;
import io.ringtap.linux.Libc;
import io.ringtap.linux.abi.Signals;
import io.ringtap.ping.PingOutcome;
import io.ringtap.ping.PingRequest;
import io.ringtap.ping.PingSummary;
import io.ringtap.ping.PingTotals;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Several targets on a terminal: a table of those that run, drawn again in place a few times a
/// second. What has ended is printed by another view, when the table goes.
public final class LiveTableView implements PingView {
  /// More rows than anybody pages through; further targets only count.
  private static final int MAX_ROWS = 2000;

  private static final int MAX_ENDED = 1000; // that are kept for the end
  private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final PingView lines;
  private final PingTable table = new PingTable(Terminal.isUnicode());
  private final LiveRegion region;
  private final Ticker ticker;
  private final Map<Object, PingTable.Row> rows = new LinkedHashMap<>();
  private final List<PingSummary> ended = new ArrayList<>();
  private final RowPages pages = new RowPages();
  private final @Nullable Keyboard keyboard;
  private long running;
  private boolean isDirty;
  private Terminal.@Nullable Size drawnSize;

  /// Begins to draw.
  ///
  /// @param messages which stand above the table
  /// @param lines prints what has ended
  public LiveTableView(Output out, Messages messages, PingView lines) {
    this.lines = lines;
    this.region = new LiveRegion(out);
    messages.above(region);
    this.ticker = new Ticker(PERIOD_NANOS, _ -> draw());
    this.keyboard = Keyboard.open(this::onKey);
  }

  private synchronized void onKey(int key) {
    isDirty = true; // what changes is seen at the next drawing
    if (pages.onKey(key) == RowPages.Wish.END) {
      // As Ctrl-C has it, whatever is being waited for.
      int pid = Math.toIntExact(ProcessHandle.current().pid());
      int _ = Libc.kill(CallState.current(), pid, Signals.SIGINT);
    }
  }

  private synchronized void draw() {
    Terminal.Size size = Terminal.size();
    if (isDirty || !size.equals(drawnSize)) {
      isDirty = false;
      drawnSize = size;
      List<PingTable.Row> shown = pages.shown(rows.values(), size.rows());
      List<LiveRegion.Line> block = new ArrayList<>(table.lines(shown, size.columns() - 1));
      block.add(LiveRegion.Line.of(pages.words(running, keyboard == null ? 0 : size.columns())));
      region.draw(block);
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
    running--;
    rows.remove(Target.keyOf(summary.request()));
    ended.add(summary);
    if (ended.size() == MAX_ENDED) {
      region.erase();
      printEnded();
    }
    isDirty = true;
  }

  private void printEnded() {
    ended.forEach(lines::onSummary);
    ended.clear();
  }

  @Override
  public void onEnd(PingTotals totals, long elapsedNanos) {
    if (keyboard != null) {
      keyboard.close();
    }
    ticker.close(); // without the lock, which the threads may be waiting for
    synchronized (this) {
      region.erase();
      printEnded();
    }
    lines.onEnd(totals, elapsedNanos);
  }
}
