package io.ringtap.monitor.collect;

import io.ringtap.monitor.config.AddressFamily;
import io.ringtap.monitor.config.ProbeSettings;
import io.ringtap.monitor.target.Target;
import io.ringtap.monitor.target.TargetKey;
import io.ringtap.monitor.window.Outcome;
import io.ringtap.monitor.window.OutcomeCounts;
import io.ringtap.monitor.window.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A collector whose rounds and clocks are the test's, and what it has told.
final class CollectorFixture {
  /// One window that was passed on.
  record Closed(Target target, Window window) {}

  /// One outcome that was passed on.
  record Told(Target target, Outcome outcome, long sequence, long epochNanos, long rttNanos) {}

  static final long START_SECONDS = 1_700_000_000; // a multiple of ten

  long wallNanos = TimeUnit.SECONDS.toNanos(START_SECONDS);
  long monotonicNanos;
  final Collector collector;
  final ProbeRing ring;
  final List<Closed> windows = new ArrayList<>();
  final List<Told> probes = new ArrayList<>();
  final List<String> story = new ArrayList<>();

  CollectorFixture() {
    collector = new Collector(() -> Instant.ofEpochSecond(0, wallNanos), () -> monotonicNanos);
    ring = collector.newRing(1024);
    collector.addListener(
        new CollectorListener() {
          @Override
          public void onProbe(ProbeView probe) {
            probes.add(
                new Told(
                    probe.target(),
                    probe.outcome(),
                    probe.sequence(),
                    probe.epochNanos(),
                    probe.rttNanos()));
            story.add(probe.outcome() + " of " + probe.target().id());
          }

          @Override
          public void onWindow(Target target, Window window) {
            windows.add(new Closed(target, window));
            story.add("window of " + target.id());
          }

          @Override
          public void onWindowsClosed(long startSeconds) {
            story.add("closed " + (startSeconds - START_SECONDS));
          }

          @Override
          public void onTargetAdded(Target target) {
            story.add("added " + target.id());
          }

          @Override
          public void onTargetRemoved(Target target) {
            story.add("removed " + target.id());
          }
        });
  }

  static Target target(int id) {
    String host = "192.0.2." + id;
    return new Target(
        id, new TargetKey("group", host, AddressFamily.ANY), host, Map.of(), ProbeSettings.DEFAULT);
  }

  void pass(long millis) {
    wallNanos += TimeUnit.MILLISECONDS.toNanos(millis);
    monotonicNanos += TimeUnit.MILLISECONDS.toNanos(millis);
  }

  /// A reply that is known now.
  void reply(int target, long sequence) {
    outcome(target, Outcome.REPLY, sequence, wallNanos);
  }

  void outcome(int target, Outcome outcome, long sequence, long epochNanos) {
    ring.add(
        ProbeWords.target(target, outcome, 64, -1),
        ProbeWords.number(sequence, 0, 0),
        epochNanos,
        outcome == Outcome.REPLY ? 1_000_000 : 0);
  }

  /// What all windows so far come to.
  OutcomeCounts sum() {
    OutcomeCounts sum = new OutcomeCounts();
    windows.forEach(closed -> sum.add(closed.window().counts()));
    return sum;
  }
}
