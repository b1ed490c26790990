package io.ringtap.cli.monitor;

import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.Messages;
import io.ringtap.cli.run.Ticker;
import io.ringtap.cli.terminal.Keyboard;
import io.ringtap.cli.terminal.LiveRegion;
import io.ringtap.cli.terminal.Output;
import io.ringtap.cli.terminal.Terminal;
import io.ringtap.monitor.tui.Frames;
import io.ringtap.monitor.tui.Key;
import io.ringtap.monitor.tui.Look;
import io.ringtap.monitor.tui.Look.Colours;
import io.ringtap.monitor.tui.MonitorView;
import java.time.ZoneId;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The monitor on a terminal: asks once a second how the targets are, draws what has changed, and
/// does what keys are for.
final class TerminalView implements AutoCloseable {
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int TICKS_PER_REFRESH = 10;

  private final MonitorView view;
  private final Frames frames;
  private final LiveRegion region;
  private final Runnable onQuit;
  private final KeyDecoder keys = new KeyDecoder(this::onKey);
  private final Ticker ticker;
  private final @Nullable Keyboard keyboard;
  private Terminal.Size size = new Terminal.Size(0, 0);
  private int ticks;
  private boolean wasDrawn; // since the last tick
  private boolean isStale; // a key has changed something that is not drawn
  private boolean isClosed;

  /// Begins to draw.
  ///
  /// @param messages which are shown when the terminal is given back
  /// @param onQuit called when a key asks for the end; not to wait for [#close]
  TerminalView(Output out, Messages messages, MonitorView view, Runnable onQuit) {
    this.view = view;
    this.onQuit = onQuit;
    frames = new Frames(view);
    region = new LiveRegion(out);
    messages.above(region);
    ticker = new Ticker(TICK_NANOS, _ -> onTick());
    keyboard = Keyboard.open(this::onByte);
  }

  /// Refuses a terminal on which nothing can be drawn.
  static void check() throws BadArgument {
    if (!Terminal.isInteractive()) {
      throw new BadArgument(
          "--tui needs a terminal on which a cursor can move: standard output is not one, or TERM is"
              + " not set or dumb");
    }
  }

  /// What the terminal shows.
  static Look look() {
    return new Look(Terminal.isUnicode(), colours(), ZoneId.systemDefault());
  }

  private static Colours colours() {
    String kind = String.valueOf(System.getenv("TERM"));
    if (!Terminal.isColourWelcome() || kind.startsWith("vt")) {
      return Colours.NONE;
    }
    boolean isIndexed = kind.contains("256color") || System.getenv("COLORTERM") != null;
    return isIndexed ? Colours.INDEXED : Colours.ANSI;
  }

  private synchronized void onTick() {
    if (isClosed) {
      return;
    }
    keys.onTick();
    wasDrawn = false;
    boolean isDue = ticks++ % TICKS_PER_REFRESH == 0;
    if (isDue) {
      view.refresh();
    }
    if (isDue || isStale || !size.equals(Terminal.size())) {
      draw();
    }
  }

  private synchronized void onByte(int value) {
    if (!isClosed) {
      keys.onByte(value);
    }
  }

  private void onKey(Key key, char character) {
    if (!view.onKey(key, character)) {
      onQuit.run();
    } else if (wasDrawn) {
      isStale = true; // a key that is held down does not draw more often than the clock
    } else {
      draw();
    }
  }

  private void draw() {
    wasDrawn = true;
    isStale = false;
    size = Terminal.size();
    if (frames.draw(size.columns(), size.rows())) {
      region.draw(frames.whole(), frames.changes());
    }
  }

  /// Gives the terminal back as it was found.
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
  }
}
