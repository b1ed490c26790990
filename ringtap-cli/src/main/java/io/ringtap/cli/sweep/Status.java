package io.ringtap.cli.sweep;

import io.ringtap.cli.terminal.Figures;
import io.ringtap.cli.terminal.Times;
import io.ringtap.sweep.Sweep;
import io.ringtap.sweep.SweepCounters;
import io.ringtap.sweep.SweepProgress;
import java.util.Locale;

/// How a sweep stands, in a line. Rates are those of the latest interval. Any thread may ask.
final class Status {
  private static final double NANOS_PER_SECOND = 1e9;

  private final Sweep sweep;
  private final long firstPosition;
  private volatile Interval interval;

  /// An interval of the sweep.
  private record Interval(long begin, long sentBefore, double sentPerSecond) {}

  /// @param firstPosition with which the run has begun
  Status(Sweep sweep, long firstPosition) {
    this.sweep = sweep;
    this.firstPosition = firstPosition;
    interval = new Interval(System.nanoTime(), 0, 0);
  }

  /// Ends an interval.
  void tick() {
    long now = System.nanoTime();
    long sent = sweep.counters().sent();
    double rate = Figures.perSecond(sent - interval.sentBefore, now - interval.begin);
    interval = new Interval(now, sent, rate);
  }

  /// The line.
  String text() {
    SweepProgress progress = sweep.progress();
    SweepCounters counters = sweep.counters();
    StringBuilder text = new StringBuilder(Times.minutes(progress.elapsed()));
    double done = progress.size() == 0 ? 1 : (double) progress.next() / progress.size();
    text.append(String.format(Locale.ROOT, " %.0f%%: ", Math.floor(done * 100)));
    text.append(Figures.si((double) counters.sent())).append(" sent, ");
    double rate = interval.sentPerSecond;
    text.append(Figures.si(rate)).append("/s; ");
    text.append(Figures.si((double) counters.found())).append(" found");
    long asked = progress.next() - firstPosition;
    if (asked > 0) {
      text.append(", ").append(Figures.share(Math.min(1, (double) counters.found() / asked)));
    }
    text.append("; ").append(counters.dropped()).append(" dropped, ");
    text.append(counters.refused()).append(" refused; ");
    return text.append(timeLeft(progress)).toString();
  }

  private String timeLeft(SweepProgress progress) {
    return switch (progress.phase()) {
      case READY, SENDING -> {
        long done = progress.next() - firstPosition;
        double elapsed = progress.elapsed().toNanos() / NANOS_PER_SECOND;
        yield done == 0
            ? ""
            : Times.words(elapsed * (progress.size() - progress.next()) / done) + " left";
      }
      case WAITING -> "waiting for answers";
      case ENDED -> "done";
    };
  }
}
