package io.ringtap.cli.top;

import io.ringtap.capture.CaptureCounters;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.ExitCode;
import io.ringtap.cli.run.InterimReport;
import io.ringtap.cli.run.Interruption;
import io.ringtap.cli.run.Messages;
import io.ringtap.cli.run.Ticker;
import io.ringtap.cli.terminal.Output;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One run of `ringtap top`: counts, shows each interval, and ends in order, also on Ctrl-C.
final class TopRun {
  /// What a run is to do.
  ///
  /// @param counting opens who counts
  /// @param count intervals; 0 is without end
  record Plan(Opening counting, Duration interval, int count) {}

  /// Opens who counts.
  @FunctionalInterface
  interface Opening {
    Counting open() throws BadArgument, IOException;
  }

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final Plan plan;
  private final TopView view;
  private final Output out;
  private final Messages messages;
  private final CountDownLatch countingEnded = new CountDownLatch(1);
  private volatile int exitCode = ExitCode.OK;

  TopRun(Plan plan, TopView view, Output out, Messages messages) {
    this.plan = plan;
    this.view = view;
    this.out = out;
    this.messages = messages;
  }

  /// Counts until the intervals have been shown, or the run is ended from outside.
  ///
  /// @return the exit code
  /// @throws BadArgument if the interfaces or the options are bad
  /// @throws io.ringtap.filter.FilterException if the filter is not valid
  int run() throws BadArgument, InterruptedException {
    try (Interruption interruption = new Interruption(PATIENCE_NANOS, this::exitCode)) {
      run(interruption);
      out.drain(Long.MAX_VALUE);
      interruption.done(exitCode);
    }
    return exitCode;
  }

  private void run(Interruption interruption) throws BadArgument, InterruptedException {
    try (Counting opened = plan.counting().open()) {
      out.lastWords(() -> printInterim(opened));
      opened.start(this::notice);
      interruption.onSignal(opened::stop); // what has arrived is still shown
      Thread shower = Thread.ofPlatform().daemon().name("ringtap-top").start(() -> showAll(opened));
      try (InterimReport _ = InterimReport.onQuit(() -> printInterim(opened))) {
        opened.await();
      } finally {
        countingEnded.countDown();
        shower.join();
        view.onEnd(opened.counters());
      }
    } catch (IOException | IllegalStateException e) {
      fail(e);
    }
  }

  /// The code of what has failed so far.
  int exitCode() {
    return exitCode;
  }

  private void notice(@Nullable String message) {
    if (message != null) {
      messages.print(message);
    }
  }

  private void fail(Exception e) {
    notice(String.valueOf(e.getMessage()));
    exitCode = ExitCode.worse(exitCode, ExitCode.SYSTEM);
  }

  private void printInterim(Counting opened) {
    try {
      CaptureCounters counters = opened.counters();
      messages.line(
          "%d packets captured, %d dropped by kernel"
              .formatted(counters.captured(), counters.droppedByKernel()));
    } catch (IOException e) {
      notice("the counts cannot be read: " + e.getMessage());
    }
  }

  /// Shows each interval, then ends the counting.
  private void showAll(Counting opened) {
    try {
      showIntervals(opened);
    } catch (IOException | RuntimeException e) {
      fail(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    opened.abort();
  }

  private void showIntervals(Counting opened) throws IOException, InterruptedException {
    Ticker.Schedule schedule = new Ticker.Schedule(plan.interval().toNanos());
    for (int i = 0; plan.count() == 0 || i < plan.count(); i++) {
      boolean isOver = !schedule.await(countingEnded);
      view.onInterval(isOver ? opened.last() : opened.next());
      if (isOver) {
        return;
      }
    }
  }
}
