package io.ringtap.cli.ping.view;

import io.ringtap.cli.terminal.LiveRegion;
import io.ringtap.cli.terminal.Output;
import io.ringtap.cli.terminal.Terminal;
import io.ringtap.ping.PingOutcome;
import io.ringtap.ping.PingRequest;
import io.ringtap.ping.PingSummary;
import io.ringtap.ping.PingTotals;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Several targets on a terminal: a table of those that run, drawn anew in place a few times a
/// second. What has ended is told above it by the lines of another view, and so stays.
public final class LiveTableView implements PingView {
  /// More rows than any terminal has; further targets only count.
  private static final int MAX_ROWS = 500;

  private static final long PERIOD_MILLIS = 200;
  private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Output out;
  private final PingView lines;
  private final LiveTable table;
  private final LiveRegion region;
  private final Map<Object, LiveRow> rows = new LinkedHashMap<>();
  private long running;
  private boolean isDirty;
  private boolean hasEnded;

  /// Begins to draw.
  ///
  /// @param lines tells what has ended
  public LiveTableView(Output out, PingView lines) {
    this.out = out;
    this.lines = lines;
    this.region = new LiveRegion(out);
    this.table = new LiveTable(Terminal.isColourWelcome(), Terminal.isUnicode());
    Thread.ofPlatform().daemon().name("ringtap-table").start(this::run);
  }

  private void run() {
    try {
      while (draw()) {
        Thread.sleep(PERIOD_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean draw() {
    if (isDirty && !hasEnded) {
      isDirty = false;
      long hidden = running - rows.size();
      region.draw(text -> table.draw(text, rows.values(), hidden, Terminal.size()));
    }
    return !hasEnded;
  }

  @Override
  public synchronized void onTarget(PingRequest request) {
    running++;
    LiveRow _ = row(request);
    isDirty = true;
  }

  @Override
  public synchronized void onOutcome(PingRequest request, PingOutcome outcome) {
    if (outcome instanceof PingOutcome.Terminal) {
      LiveRow row = row(request);
      if (row != null) {
        row.add(outcome);
        isDirty = true;
      }
    }
  }

  /// The target's row; null if there is no room for it.
  private @Nullable LiveRow row(PingRequest request) {
    Object key = key(request);
    LiveRow row = rows.get(key);
    if (row == null && rows.size() < MAX_ROWS) {
      row = new LiveRow(Target.labelOf(request));
      rows.put(key, row);
    }
    return row;
  }

  /// Attachments are compared by identity, so that the same target twice has two rows.
  private static Object key(PingRequest request) {
    Object attachment = request.attachment();
    return attachment == null ? request : attachment;
  }

  @Override
  public synchronized void onSummary(PingSummary summary) {
    region.erase();
    running--;
    rows.remove(key(summary.request()));
    lines.onSummary(summary);
    isDirty = true;
  }

  @Override
  public synchronized void onEnd(PingTotals totals, long elapsedNanos) {
    hasEnded = true;
    region.erase();
    region.release();
    lines.onEnd(totals, elapsedNanos);
  }

  @Override
  public synchronized void onNotice(String line) {
    region.erase();
    out.drain(DRAIN_NANOS);
    lines.onNotice(line);
    isDirty = true;
  }
}
