package io.ringtap.cli.top;

import io.ringtap.capture.Capture;
import io.ringtap.capture.CaptureCounters;
import io.ringtap.capture.CaptureOptions;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.source.CaptureOpening;
import io.ringtap.cli.source.Notices;
import io.ringtap.top.Interval;
import io.ringtap.top.TopOptions;
import io.ringtap.top.TopTalkers;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Captures packets and counts them on the capture's threads.
final class CaptureCounting implements Counting {
  private final Capture capture;
  private final TopTalkers top;

  private CaptureCounting(Capture capture, TopTalkers top) {
    this.capture = capture;
    this.top = top;
  }

  /// Opens the capture, which keeps packets from here on.
  static CaptureCounting open(CaptureOptions options, TopOptions top)
      throws BadArgument, IOException {
    TopTalkers talkers = new TopTalkers(top);
    CaptureCounting opened = new CaptureCounting(CaptureOpening.open(options), talkers);
    talkers.begin();
    return opened;
  }

  @Override
  public void start(Consumer<@Nullable String> notices) throws IOException {
    capture.interfaces().forEach(one -> notices.accept(Notices.ofState(one)));
    notices.accept(Notices.of(capture.filterPlace()));
    capture.start(top::handler, event -> notices.accept(Notices.of(event)));
  }

  @Override
  public void await() throws IOException, InterruptedException {
    try {
      capture.await();
    } finally {
      top.onThreadsEnded();
    }
  }

  @Override
  public void stop() {
    capture.stop();
  }

  @Override
  public void abort() {
    capture.abort();
  }

  @Override
  public Interval next() throws IOException, InterruptedException {
    return top.nextInterval(capture.counters());
  }

  @Override
  public Interval last() throws IOException {
    return top.lastInterval(capture.counters());
  }

  @Override
  public CaptureCounters counters() throws IOException {
    return capture.counters();
  }

  @Override
  public void close() {
    capture.close();
  }
}
