package io.ringtap.lab.experiment;

import java.time.Duration;

/// How long each run of the flood is and how much it meets, so that all of them end in time.
///
/// @param probes that a pinger sends in a run
/// @param window in which cost is measured and the flood comes: from a while after the first probe
///   to a while before the last
/// @param packets of each flood
record FloodSize(int probes, Duration window, long packets) {
  static final Duration INTERVAL = Duration.ofMillis(20);

  /// Probes before the window, in which a JVM compiles what it needs, and after it.
  static final Duration MARGIN = Duration.ofMillis(500);

  private static final Duration WHOLE = Duration.ofSeconds(200);
  private static final Duration START = Duration.ofMillis(800); // of a process, and its end
  private static final long LONGEST_NANOS = Duration.ofMillis(3500).toNanos();
  private static final long SHORTEST_NANOS = Duration.ofMillis(500).toNanos();

  /// A flood of fewer packets is a shorter one.
  private static final double LEAST_PER_NANO = 50_000 / 1e9;

  /// Shares time and packets among all runs.
  ///
  /// @param packets of all floods together
  static FloodSize of(int peers, int runs, long packets) {
    int all = peers * runs * FloodPhase.values().length;
    int floods = peers * runs * (FloodPhase.values().length - 1);
    long share = WHOLE.dividedBy(all).minus(MARGIN.multipliedBy(2)).minus(START).toNanos();
    long each = Math.max(1, packets / floods);
    long spread = (long) (each / LEAST_PER_NANO);
    Duration window =
        Duration.ofNanos(Math.clamp(Math.min(share, spread), SHORTEST_NANOS, LONGEST_NANOS));
    long probes = window.plus(MARGIN.multipliedBy(2)).dividedBy(INTERVAL);
    return new FloodSize((int) probes, window, each);
  }

  /// Foreign packets a second, as wanted.
  long rate() {
    return Math.max(1, packets * 1_000 / window.toMillis());
  }

  /// The least that the probes take: from the first to the last.
  double idealSeconds() {
    return INTERVAL.multipliedBy(probes - 1).toNanos() / 1e9;
  }
}
