package io.ringtap.cli.replay;

import io.ringtap.cli.run.Ticker;
import io.ringtap.cli.terminal.Figures;
import io.ringtap.cli.terminal.StatusLine;
import io.ringtap.cli.terminal.Terminal;
import io.ringtap.send.PacketSender;
import io.ringtap.send.Replay;
import io.ringtap.send.SendCounters;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// How far a replay is, on a line of standard error that is written over each second.
final class ProgressLine implements AutoCloseable {
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final PacketSender sender;
  private final Replay replay;
  private final StatusLine line;
  private final Ticker ticker;
  private SendCounters before;

  private ProgressLine(StatusLine line, PacketSender sender, Replay replay) {
    this.line = line;
    this.sender = sender;
    this.replay = replay;
    before = sender.counters();
    ticker = new Ticker(SECOND_NANOS, this::tick);
  }

  /// Begins to show how far `replay` is; null if standard error is no terminal.
  static @Nullable ProgressLine begin(PrintWriter err, PacketSender sender, Replay replay) {
    int columns = Terminal.errorColumns();
    return columns == 0 ? null : new ProgressLine(new StatusLine(err, columns), sender, replay);
  }

  private void tick(long nanos) {
    SendCounters now = sender.counters();
    line.show(text(before, now, nanos, replay.elapsed()));
    before = now;
  }

  static String text(SendCounters before, SendCounters now, long nanos, Duration elapsed) {
    double perSecond = (double) SECOND_NANOS / nanos;
    long bits = (now.sentBytes() - before.sentBytes()) * Byte.SIZE;
    return "%d:%02d: %d packets sent, %d refused, %s packets/s, %s"
        .formatted(
            elapsed.toMinutes(),
            elapsed.toSecondsPart(),
            now.sent(),
            now.refused() + now.refusedByKernel(),
            Figures.si((now.sent() - before.sent()) * perSecond),
            Figures.bitRate(bits * perSecond));
  }

  @Override
  public void close() {
    ticker.close();
    line.close();
  }
}
