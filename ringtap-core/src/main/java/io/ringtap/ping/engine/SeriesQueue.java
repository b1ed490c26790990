package io.ringtap.ping.engine;

import io.ringtap.ping.engine.probe.ProbeSeries;
import io.ringtap.ping.engine.probe.ReceiverInbox;
import io.ringtap.ping.engine.probe.SenderInbox;
import io.ringtap.ping.engine.probe.SenderInbox.Command;
import io.ringtap.ping.engine.probe.SeriesRegistry;
import io.ringtap.ping.engine.probe.SeriesSource;
import io.ringtap.timing.Cadence;
import io.ringtap.timing.TimingWheel;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// The series that send: which are ready for their next probe, and when the others will be. The
/// sending thread's.
///
/// A series waits on the wheel until its next probe is due, then in the queue of the ready until
/// there is room for it.
final class SeriesQueue {
  /// An entry of the wheel, which has nothing but its links.
  static final long BYTES = 12;

  private static final int READY_ENOUGH = 1024;
  private static final int DRAWN_AT_ONCE = 4096;

  private final SeriesRegistry registry;
  private final SenderInbox inbox;
  private final ReceiverInbox receiver;
  private final Cadence cadence;
  private final TimingWheel wheel;
  private final TimingWheel.Expiry onDue = this::due;
  private final ArrayDeque<ProbeSeries> ready = new ArrayDeque<>(READY_ENOUGH);
  private final Queue<SeriesSource> sources = new ArrayDeque<>();
  private boolean isStopped; // whether nothing is to be sent any more

  /// @param links [#BYTES] for each series that the registry has room for
  /// @param cadence by which series are served that are due
  SeriesQueue(SeriesRegistry registry, Inboxes inboxes, MemorySegment links, Cadence cadence) {
    this.registry = registry;
    this.inbox = inboxes.sender();
    this.receiver = inboxes.receiver();
    this.cadence = cadence;
    wheel = new TimingWheel(links, BYTES, 0, System.nanoTime());
  }

  /// Does what other threads have asked for.
  void takeCommands() {
    for (Command command = inbox.take(); command != null; command = inbox.take()) {
      switch (command) {
        case Command.Begin(ProbeSeries series, long submitted) -> begin(series, submitted, null);
        case Command.Begin(SeriesSource source, _) -> drawFrom(source);
        case Command.Stop(ProbeSeries series, boolean withdraw) -> stop(series, withdraw);
        case Command.Stop(SeriesSource source, boolean withdraw) -> stop(source, withdraw);
        case Command.StopAll _ -> stopAll();
      }
    }
  }

  private void drawFrom(SeriesSource source) {
    if (isStopped) {
      source.onExhausted();
    } else {
      sources.add(source);
    }
  }

  private void begin(ProbeSeries series, long submittedNanos, @Nullable SeriesSource source) {
    long now = System.nanoTime();
    registry.register(series);
    cadence.admit(series.intervalNanos());
    series.begin(now, submittedNanos, source);
    if (isStopped) {
      seal(series);
    } else {
      schedule(series, now);
    }
  }

  /// Queues a series for its next probe.
  void schedule(ProbeSeries series, long now) {
    series.waiting(series.dueNanos() > now);
    if (series.isWaiting()) {
      wheel.schedule(series.index(), series.dueNanos());
    } else {
      ready.add(series);
    }
  }

  private void due(int index) {
    ProbeSeries series = registry.get(index);
    series.waiting(false);
    ready.add(series);
  }

  private void stop(ProbeSeries series, boolean withdraw) {
    seal(series);
    if (withdraw) {
      receiver.withdraw(series);
    }
  }

  private void stop(SeriesSource source, boolean withdraw) {
    if (sources.remove(source)) {
      source.onExhausted();
    }
    for (int index = 0; index < registry.used(); index++) {
      ProbeSeries series = registry.get(index);
      if (series.isFrom(source)) {
        stop(series, withdraw);
      }
    }
  }

  private void stopAll() {
    isStopped = true;
    endSources();
    for (int index = 0; index < registry.used(); index++) {
      seal(registry.get(index));
    }
  }

  /// Draws no more.
  void endSources() {
    while (!sources.isEmpty()) {
      sources.remove().onExhausted();
    }
  }

  /// Lets a series send no more, which it may have done already, or even have ended. One that is
  /// ready stays in the queue, and is left out when its turn comes.
  private void seal(ProbeSeries series) {
    if (series.isSealed()) {
      return;
    }
    if (series.isWaiting()) {
      series.waiting(false);
      wheel.cancel(series.index());
    }
    series.seal();
    receiver.seal(series.index());
    receiver.wake();
  }

  /// Draws series while few are ready, so that no more of them exist than are of use. A source may
  /// block.
  void draw() {
    for (int drawn = 0; drawn < DRAWN_AT_ONCE && !sources.isEmpty(); drawn++) {
      if (ready.size() >= READY_ENOUGH || !registry.tryAdmit()) {
        return;
      }
      SeriesSource source = sources.element();
      ProbeSeries series = source.next();
      if (series == null) {
        registry.dismiss();
        sources.remove();
        source.onExhausted();
      } else {
        begin(series, System.nanoTime(), source);
      }
    }
  }

  /// Puts every series whose time has come into the queue of the ready.
  void advance() {
    wheel.advance(System.nanoTime(), onDue);
  }

  /// The first of the ready, leaving out those that send no more; null if none is.
  @Nullable ProbeSeries first() {
    for (ProbeSeries series = ready.peek(); series != null; series = ready.peek()) {
      if (!series.isSealed()) {
        return series;
      }
      ready.remove();
    }
    return null;
  }

  /// Takes the first of the ready.
  void remove() {
    ready.remove();
  }

  /// Whether there are sources to draw from.
  boolean hasSources() {
    return !sources.isEmpty();
  }

  /// Whether there are sources, and room for a series of theirs.
  boolean mayDraw() {
    return !sources.isEmpty() && registry.pending() < registry.capacity();
  }

  /// When to serve the next series, by the monotonic clock; `Long.MAX_VALUE` if none waits.
  long nextNanos() {
    return cadence.wakeNanos(wheel.nextNanos());
  }
}
