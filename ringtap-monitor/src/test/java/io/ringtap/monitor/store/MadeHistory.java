package io.ringtap.monitor.store;

import io.ringtap.monitor.collect.ProbeView;
import io.ringtap.monitor.config.AddressFamily;
import io.ringtap.monitor.config.ProbeSettings;
import io.ringtap.monitor.config.StoreConfig;
import io.ringtap.monitor.target.Target;
import io.ringtap.monitor.target.TargetKey;
import io.ringtap.monitor.window.LatencyHistogram;
import io.ringtap.monitor.window.Outcome;
import io.ringtap.monitor.window.OutcomeCounts;
import io.ringtap.monitor.window.Window;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// Plays the collector: outcomes of made-up probes, a second apart, told to a store.
final class MadeHistory {
  /// A whole hour.
  static final long START = 1_764_475_200;

  private static final long SECOND = 1_000_000_000L;

  final List<Target> targets = new ArrayList<>();
  final List<StoredProbe> probes = new ArrayList<>();
  private static final int AHEAD = 16;

  private final SplittableRandom random;
  private int windows;
  private final Lent lent = new Lent();

  /// @param seed of all that is by chance
  MadeHistory(long seed) {
    random = new SplittableRandom(seed);
  }

  static Target target(int id) {
    TargetKey key = new TargetKey("group", "host" + id, AddressFamily.ANY);
    return new Target(id, key, "host" + id, Map.of("site", "a"), ProbeSettings.DEFAULT);
  }

  /// The whole store with defaults.
  static StoreConfig config(Path folder) {
    StoreConfig all = StoreConfig.DEFAULT;
    return new StoreConfig(
        folder, all.maxBytes(), all.raw(), all.tenSeconds(), all.minutes(), all.hours());
  }

  /// Has targets watched.
  void watch(Store store, int count) {
    for (int id = 0; id < count; id++) {
      TargetKey key = target(id).key();
      Target target = target(store.idOf(key));
      targets.add(target);
      store.onTargetAdded(target);
    }
  }

  /// Tells a store of ten seconds.
  void window(Store store, long startSeconds) {
    for (Target target : targets) {
      OutcomeCounts counts = new OutcomeCounts();
      LatencyHistogram rtt = new LatencyHistogram();
      int hopLimit = 0;
      for (int second = 0; second < Window.BASE_SECONDS; second++) {
        StoredProbe probe = probe(target.id(), startSeconds + second);
        probes.add(probe);
        counts.add(probe.outcome());
        if (probe.outcome() == Outcome.REPLY) {
          rtt.add(probe.rttNanos());
          hopLimit = probe.hopLimit();
        }
        lent.probe = probe;
        store.onProbe(lent);
      }
      store.onWindow(target, new Window(startSeconds, Window.BASE_SECONDS, counts, rtt, hopLimit));
    }
    store.onWindowsClosed(startSeconds);
    if (++windows % AHEAD == 0) {
      store.flush(); // ten seconds pass more slowly in life
    }
  }

  private StoredProbe probe(int id, long second) {
    long sequence = second - START + 1;
    long at = second * SECOND + random.nextLong(SECOND);
    int dice = random.nextInt(100);
    if (dice < 90) {
      long rtt = 200_000L + random.nextLong(1L << (10 + random.nextInt(18)));
      return new StoredProbe(
          id, Outcome.REPLY, sequence, at, rtt, 60 + random.nextInt(2), -1, 0, 0);
    }
    if (dice < 93) {
      return new StoredProbe(id, Outcome.ERROR, sequence, at, 1_000, 255, 3, 1, 0);
    }
    if (dice < 96) {
      return new StoredProbe(id, Outcome.UNSENT, sequence, at, 0, 0, -1, 0, 101);
    }
    if (dice < 98) {
      return new StoredProbe(
          id, Outcome.LATE, Math.max(1, sequence - 3), at, 3 * SECOND, 61, -1, 0, 0);
    }
    return new StoredProbe(id, Outcome.LOST, sequence, at, 0, 0, -1, 0, 0);
  }

  /// What windows add up to.
  static OutcomeCounts counts(List<Window> windows) {
    OutcomeCounts sum = new OutcomeCounts();
    windows.forEach(window -> sum.add(window.counts()));
    return sum;
  }

  /// What windows add up to.
  static LatencyHistogram rtt(List<Window> windows) {
    LatencyHistogram sum = new LatencyHistogram();
    windows.forEach(window -> sum.add(window.rtt()));
    return sum;
  }

  /// How many of each outcome there are, by its index.
  static List<Long> list(OutcomeCounts counts) {
    List<Long> list = new ArrayList<>();
    for (Outcome outcome : Outcome.values()) {
      list.add(counts.get(outcome));
    }
    return list;
  }

  private static final class Lent implements ProbeView {
    private StoredProbe probe = new StoredProbe(0, Outcome.LOST, 0, 0, 0, 0, -1, 0, 0);

    @Override
    public Target target() {
      return MadeHistory.target(probe.targetId());
    }

    @Override
    public Outcome outcome() {
      return probe.outcome();
    }

    @Override
    public long sequence() {
      return probe.sequence();
    }

    @Override
    public long epochNanos() {
      return probe.epochNanos();
    }

    @Override
    public long rttNanos() {
      return probe.rttNanos();
    }

    @Override
    public int hopLimit() {
      return probe.hopLimit();
    }

    @Override
    public int icmpType() {
      return probe.icmpType();
    }

    @Override
    public int icmpCode() {
      return probe.icmpCode();
    }

    @Override
    public int errno() {
      return probe.errno();
    }
  }
}
