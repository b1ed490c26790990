package io.ringtap.cli.trace;

import io.ringtap.cli.run.HostNames;
import io.ringtap.cli.run.Messages;
import io.ringtap.cli.run.Ticker;
import io.ringtap.cli.terminal.Keyboard;
import io.ringtap.cli.terminal.LiveRegion;
import io.ringtap.cli.terminal.Output;
import io.ringtap.cli.terminal.Terminal;
import io.ringtap.packet.IpAddress;
import io.ringtap.trace.TraceReport;
import io.ringtap.trace.Tracer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The hops of a running trace as a table on a terminal, drawn again in place a few times a second,
/// and the keys that it is asked for things by.
final class LiveView implements AutoCloseable {
  private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final String KEYS =
      "q quit  p pause, go on  n names on, off  r reset  + - more lines";

  private final HopTable table;
  private final HostNames names;
  private final Tracer tracer;
  private final Map<IpAddress, String> targets;
  private final LiveRegion region;
  private final Ticker ticker;
  private final @Nullable Keyboard keyboard;
  private boolean isPaused;
  private int first; // line that is shown first
  private boolean isClosed;

  /// Begins to draw.
  ///
  /// @param messages which stand above the table
  LiveView(Output out, Messages messages, HopTable table, HostNames names, Running running) {
    this.table = table;
    this.names = names;
    this.tracer = running.tracer();
    this.targets = running.targets();
    region = new LiveRegion(out);
    messages.above(region);
    ticker = new Ticker(PERIOD_NANOS, _ -> draw());
    keyboard = Keyboard.open(this::onKey);
  }

  /// A trace that is shown.
  ///
  /// @param targets with the names that the user gave them
  record Running(Tracer tracer, Map<IpAddress, String> targets) {}

  private synchronized void draw() {
    if (isClosed) {
      return;
    }
    Terminal.Size size = Terminal.size();
    List<LiveRegion.Line> lines = new ArrayList<>();
    for (TraceReport report : tracer.reports()) {
      String name = targets.getOrDefault(report.target(), "");
      lines.addAll(table.lines(name, report, size.columns() - 1));
    }
    List<LiveRegion.Line> shown = new ArrayList<>();
    if (keyboard != null) {
      shown.add(LiveRegion.Line.of(isPaused ? KEYS + "  (paused)" : KEYS));
    }
    int room = size.rows() - 1 - shown.size(); // the cursor has a line of its own
    first = Math.clamp(first, 0, Math.max(0, lines.size() - Math.max(1, room)));
    shown.addAll(lines.subList(first, lines.size()));
    region.draw(shown, size, 0, " more lines");
  }

  private synchronized void onKey(int key) {
    switch (key) {
      case 'q' -> tracer.stop();
      case 'p', ' ' -> {
        isPaused = !isPaused;
        if (isPaused) {
          tracer.pause();
        } else {
          tracer.resume();
        }
      }
      case 'n' -> names.toggle();
      case 'r' -> tracer.clear();
      case '+' -> first += Math.max(1, Terminal.size().rows() / 2);
      case '-' -> first -= Math.max(1, Terminal.size().rows() / 2);
      default -> {}
    }
    draw();
  }

  /// Takes the table away and leaves the terminal as it was found.
  @Override
  public void close() {
    synchronized (this) {
      if (isClosed) {
        return;
      }
      isClosed = true;
    }
    ticker.close(); // without the lock, which its thread may be waiting for
    if (keyboard != null) {
      keyboard.close();
    }
    region.erase();
    region.release();
  }
}
