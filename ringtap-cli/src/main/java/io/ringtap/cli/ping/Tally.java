package io.ringtap.cli.ping;

import io.ringtap.cli.run.ExitCode;
import io.ringtap.error.Errno;
import io.ringtap.ping.PingOutcome;
import io.ringtap.ping.PingSummary;
import io.ringtap.ping.PingTotals;

/// Adds up a run: its totals, and the exit code that they come to.
final class Tally {
  private PingTotals totals = PingTotals.NONE;
  private int failure = ExitCode.OK;

  synchronized void add(PingSummary summary) {
    totals = totals.plus(summary);
  }

  /// A probe that the kernel refused. That a network or a host cannot be reached, or that a queue
  /// is full, is the network's state and no failure of ours.
  synchronized void add(PingOutcome.NotSent outcome) {
    Errno errno = outcome.errno();
    boolean isNetwork =
        errno.equals(Errno.ENETUNREACH)
            || errno.equals(Errno.EHOSTUNREACH)
            || errno.equals(Errno.ENETDOWN)
            || errno.equals(Errno.EHOSTDOWN)
            || errno.equals(Errno.ECONNREFUSED)
            || errno.equals(Errno.ENOBUFS)
            || errno.equals(Errno.EAGAIN);
    if (!isNetwork) {
      add(ExitCode.SYSTEM);
    }
  }

  /// A failure beside the targets' own.
  synchronized void add(int code) {
    failure = ExitCode.worse(failure, code);
  }

  synchronized PingTotals totals() {
    return totals;
  }

  /// The worst failure beside the targets' own.
  synchronized int failure() {
    return failure;
  }

  /// The code to end with. A run that was stopped before any target had ended has reached none.
  synchronized int exitCode() {
    boolean isAllReachable = totals.requests() > 0 && totals.reachable() == totals.requests();
    boolean isExplained = totals.requests() == 0 && failure != ExitCode.OK;
    return isAllReachable || isExplained ? failure : ExitCode.worse(failure, ExitCode.UNREACHABLE);
  }
}
