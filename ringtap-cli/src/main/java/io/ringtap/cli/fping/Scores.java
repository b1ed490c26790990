package io.ringtap.cli.fping;

import java.util.Arrays;

/// What has become of the probes of each target. Times are nanoseconds. One thread at a time.
final class Scores {
  private final int[] decided;
  private final int[] received;
  private final long[] least;
  private final long[] most;
  private final long[] sum;

  /// @param isSingle whether no target answers more than once, so that one time is all there is
  Scores(int hosts, boolean isSingle) {
    decided = new int[hosts];
    received = new int[hosts];
    sum = new long[hosts];
    least = isSingle ? sum : new long[hosts];
    most = isSingle ? sum : new long[hosts];
  }

  void lost(int host) {
    decided[host]++;
  }

  void received(int host, long rtt) {
    decided[host]++;
    sum[host] += rtt; // first, for the others may be the same
    if (received[host]++ == 0 || rtt < least[host]) {
      least[host] = rtt;
    }
    most[host] = Math.max(most[host], rtt);
  }

  /// Begins again.
  void reset() {
    Arrays.fill(decided, 0);
    Arrays.fill(received, 0);
    Arrays.fill(most, 0);
    Arrays.fill(sum, 0);
  }

  /// Probes that were answered, or were not in time.
  int decided(int host) {
    return decided[host];
  }

  int received(int host) {
    return received[host];
  }

  /// Probes that were not.
  int unanswered(int host) {
    return decided[host] - received[host];
  }

  /// Lost probes in percent, rounded down.
  int lossPercent(int host) {
    return decided[host] == 0 ? 0 : (int) (unanswered(host) * 100L / decided[host]);
  }

  /// Answered probes in percent, rounded down.
  int returnPercent(int host) {
    return decided[host] == 0 ? 0 : (int) (received[host] * 100L / decided[host]);
  }

  long least(int host) {
    return least[host];
  }

  long most(int host) {
    return most[host];
  }

  /// The mean, rounded down; of no times it is not to be asked for.
  long mean(int host) {
    return sum[host] / received[host];
  }
}
