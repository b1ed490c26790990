package io.ringtap.cli.pps;

import io.ringtap.cli.run.ExitCode;
import io.ringtap.cli.run.Interruption;
import io.ringtap.cli.terminal.Output;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Samples at intervals and tells what came between, until the count is reached or a signal ends
/// it.
final class PpsRun {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Sampler sampler;
  private final PpsView view;
  private final Output out;
  private final String command;
  private boolean hasEnded;

  PpsRun(Sampler sampler, PpsView view, Output out, String command) {
    this.sampler = sampler;
    this.view = view;
    this.out = out;
    this.command = command;
  }

  /// Runs to the end.
  ///
  /// @param names the interfaces; empty for all
  /// @param count how many ticks; 0 is without end
  void run(List<String> names, long intervalNanos, int count)
      throws IOException, InterruptedException {
    try (Interruption interruption = new Interruption(PATIENCE_NANOS, () -> ExitCode.OK)) {
      interruption.onSignal(() -> {
        end();
        boolean _ = out.drain(PATIENCE_NANOS);
        interruption.done(ExitCode.OK);
      });
      measure(names, intervalNanos, count);
      interruption.done(ExitCode.OK);
    }
  }

  private void measure(List<String> names, long intervalNanos, int count)
      throws IOException, InterruptedException {
    try {
      Sample first = sampler.sample();
      Meter meter = new Meter(names, first);
      long due = first.nanos();
      for (int i = 0; count == 0 || i < count; i++) {
        due = nextDue(due, intervalNanos);
        sleepUntil(due);
        tell(meter.advance(sampler.sample()));
      }
    } finally {
      end();
      boolean _ = out.drain(Long.MAX_VALUE);
    }
  }

  /// An interval later; after a pause of this process, an interval from now.
  private static long nextDue(long due, long intervalNanos) {
    long now = System.nanoTime();
    long next = due + intervalNanos;
    return next - now < 0 ? now + intervalNanos : next;
  }

  private static void sleepUntil(long due) throws InterruptedException {
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      TimeUnit.NANOSECONDS.sleep(left);
    }
  }

  private synchronized void tell(Tick tick) {
    if (hasEnded) {
      return;
    }
    for (Tick.Change change : tick.changes()) {
      view.onNotice(command + ": " + words(change));
    }
    view.onTick(tick);
  }

  private static String words(Tick.Change change) {
    return switch (change) {
      case Tick.Change.Appeared appeared -> appeared.name() + " has appeared";
      case Tick.Change.Vanished vanished -> vanished.name() + " has vanished";
      case Tick.Change.Renamed renamed -> renamed.old() + " is now " + renamed.name();
    };
  }

  private synchronized void end() {
    if (!hasEnded) {
      hasEnded = true;
      view.onEnd();
    }
  }
}
