package io.ringtap.cli.pps;

import io.ringtap.cli.run.ExitCode;
import io.ringtap.cli.run.Interruption;
import io.ringtap.cli.run.Messages;
import io.ringtap.cli.run.Ticker;
import io.ringtap.cli.terminal.Output;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Samples at intervals and shows what came between, until the count is reached or a signal ends
/// it.
final class PpsRun {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Sampler sampler;
  private final PpsView view;
  private final Output out;
  private final Messages messages;

  PpsRun(Sampler sampler, PpsView view, Output out, Messages messages) {
    this.sampler = sampler;
    this.view = view;
    this.out = out;
    this.messages = messages;
  }

  /// Runs to the end.
  ///
  /// @param names the interfaces; empty for all
  /// @param count how many ticks; 0 is without end
  void run(List<String> names, long intervalNanos, int count)
      throws IOException, InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    try (Interruption interruption = new Interruption(PATIENCE_NANOS, () -> ExitCode.OK)) {
      interruption.onSignal(end::countDown);
      try {
        measure(names, intervalNanos, count, end);
      } finally {
        view.onEnd();
        boolean _ = out.drain(interruption.hasCome() ? PATIENCE_NANOS : Long.MAX_VALUE);
      }
      interruption.done(ExitCode.OK);
    }
  }

  private void measure(List<String> names, long intervalNanos, int count, CountDownLatch end)
      throws IOException, InterruptedException {
    Ticker.Schedule schedule = new Ticker.Schedule(intervalNanos);
    Meter meter = new Meter(names, sampler.sample());
    for (int i = 0; (count == 0 || i < count) && schedule.await(end); i++) {
      Tick tick = meter.advance(sampler.sample());
      for (Tick.Change change : tick.changes()) {
        messages.print(words(change));
      }
      view.onTick(tick);
    }
  }

  private static String words(Tick.Change change) {
    return switch (change) {
      case Tick.Change.Appeared appeared -> appeared.name() + " has appeared";
      case Tick.Change.Vanished vanished -> vanished.name() + " has vanished";
      case Tick.Change.Renamed renamed -> renamed.old() + " is now " + renamed.name();
    };
  }
}
