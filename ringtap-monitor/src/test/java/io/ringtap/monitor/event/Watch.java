package io.ringtap.monitor.event;

import io.ringtap.monitor.collect.ProbeView;
import io.ringtap.monitor.config.AddressFamily;
import io.ringtap.monitor.config.EventKind;
import io.ringtap.monitor.config.GroupConfig;
import io.ringtap.monitor.config.ProbeSettings;
import io.ringtap.monitor.config.RuleConfig;
import io.ringtap.monitor.target.Target;
import io.ringtap.monitor.target.TargetKey;
import io.ringtap.monitor.window.LatencyHistogram;
import io.ringtap.monitor.window.Outcome;
import io.ringtap.monitor.window.OutcomeCounts;
import io.ringtap.monitor.window.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Stands for the collector, its clock and one target that is probed once a second with a timeout
/// of a second.
final class Watch implements AutoCloseable {
  static final long SECOND = 1_000_000_000;
  static final long MILLI = 1_000_000;

  /// An hour begins here, in seconds since the epoch.
  static final long START = 1_796_000_400;

  final List<Event> events = new ArrayList<>();
  final EventDetector detector;
  private final Probe probe;
  private OutcomeCounts counts = new OutcomeCounts();
  private LatencyHistogram rtt = new LatencyHistogram();
  private long now = START * SECOND;
  private long windowStart = START;

  Watch(RuleConfig... rules) {
    this(EventMemory.NONE, rules);
  }

  Watch(EventMemory memory, RuleConfig... rules) {
    detector = new EventDetector(now, List.of(group(rules)), memory, events::add);
    probe = new Probe(target(0));
    detector.onTargetAdded(probe.target);
  }

  static GroupConfig group(RuleConfig... rules) {
    return new GroupConfig(
        "g", ProbeSettings.DEFAULT, Map.of(), List.of(), List.of(rules), List.of());
  }

  static Target target(int id) {
    TargetKey key = new TargetKey("g", "host" + id, AddressFamily.ANY);
    return new Target(id, key, key.host(), Map.of("site", "north"), ProbeSettings.DEFAULT);
  }

  /// A rule over a minute, without hold.
  static RuleConfig rule(EventKind kind, double limit, double clear) {
    return rule(kind, limit, clear, Duration.ZERO);
  }

  static RuleConfig rule(EventKind kind, double limit, double clear, Duration hold) {
    return new RuleConfig(kind, limit, clear, Duration.ofMinutes(1), hold);
  }

  Target target() {
    return probe.target;
  }

  long now() {
    return now;
  }

  /// Tells of a probe and lets a second pass. A reply takes 1 ms.
  void probe(Outcome outcome) {
    probe(outcome, MILLI, 64);
  }

  void probe(Outcome outcome, long rttNanos, int hopLimit) {
    if (outcome.isEnd()) {
      probe.sequence++;
    }
    tell(outcome, probe.sequence, rttNanos, hopLimit);
    pass(SECOND);
  }

  void probes(int times, Outcome outcome) {
    for (int i = 0; i < times; i++) {
      probe(outcome);
    }
  }

  /// Tells of a probe without letting time pass.
  void tell(Outcome outcome, long sequence, long rttNanos, int hopLimit) {
    probe.set(outcome, sequence, rttNanos, hopLimit);
    probe.epochNanos = now;
    counts.add(outcome);
    if (outcome == Outcome.REPLY) {
      rtt.add(rttNanos);
    }
    detector.onProbe(probe);
  }

  /// Lets time pass, in which windows end.
  void pass(long nanos) {
    set(now + nanos);
  }

  /// Sets the clock.
  void set(long epochNanos) {
    now = epochNanos;
    long start = now / SECOND - Math.floorMod(now / SECOND, Window.BASE_SECONDS);
    if (start != windowStart) {
      if (!counts.isEmpty()) {
        Window window = new Window(windowStart, Window.BASE_SECONDS, counts, rtt, 0);
        detector.onWindow(probe.target, window);
        counts = new OutcomeCounts();
        rtt = new LatencyHistogram();
      }
      windowStart = start;
    }
    detector.onTick(now);
  }

  /// The events so far, such as `down begin`.
  List<String> told() {
    return events.stream()
        .map(event -> event.kind().word() + " " + EventJson.state(event))
        .toList();
  }

  @Override
  public void close() {
    detector.close();
  }

  /// An outcome by hand.
  private static final class Probe implements ProbeView {
    private final Target target;
    private Outcome outcome = Outcome.REPLY;
    private long sequence;
    private long shown;
    private long epochNanos;
    private long rttNanos;
    private int hopLimit;

    Probe(Target target) {
      this.target = target;
    }

    void set(Outcome newOutcome, long newSequence, long newRttNanos, int newHopLimit) {
      outcome = newOutcome;
      shown = newSequence;
      rttNanos = newRttNanos;
      hopLimit = newHopLimit;
    }

    @Override
    public Target target() {
      return target;
    }

    @Override
    public Outcome outcome() {
      return outcome;
    }

    @Override
    public long sequence() {
      return shown;
    }

    @Override
    public long epochNanos() {
      return epochNanos;
    }

    @Override
    public long rttNanos() {
      return rttNanos;
    }

    @Override
    public int hopLimit() {
      return hopLimit;
    }

    @Override
    public int icmpType() {
      return -1;
    }

    @Override
    public int icmpCode() {
      return 0;
    }

    @Override
    public int errno() {
      return 0;
    }
  }
}
