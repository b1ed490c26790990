package io.ringtap.trace;

import io.ringtap.packet.IpAddress;
import io.ringtap.ping.RttStatistics;
import java.util.List;
import java.util.Set;

/// What the probes to one target have shown. For each hop, and so in all, sent = answered + lost +
/// dropped + withdrawn; unsent stands beside it.
///
/// @param isReached whether the target has answered
/// @param hops from the first hop limit to that of the target, or of the last router that refused
///   to go on, or the last that was asked for
/// @param beyond probes with higher hop limits, sent before it was known where the target is
public record TraceReport(IpAddress target, boolean isReached, List<Hop> hops, Counts beyond) {
  /// How probes have ended.
  ///
  /// @param lost without an answer in time
  /// @param dropped whose answers this machine may have had no room for
  /// @param withdrawn in flight when the trace was ended
  /// @param unsent that the kernel did not take
  public record Counts(long answered, long lost, long dropped, long withdrawn, long unsent) {
    /// Probes that the kernel has taken.
    public long sent() {
      return answered + lost + dropped + withdrawn;
    }

    /// The part of the decided probes that are lost; 0 if none is decided.
    public double lossRatio() {
      return answered + lost == 0 ? 0 : (double) lost / (answered + lost);
    }
  }

  /// What a hop limit has shown.
  ///
  /// @param responders who has answered, those with most answers first
  /// @param lastNanos the time of the latest answer; -1 without any
  /// @param rtt in nanoseconds, of all answers
  /// @param forwardedLoss the least loss of this hop and of all later ones: what is not lost after
  ///   a hop was forwarded by it
  public record Hop(
      int hopLimit,
      Counts counts,
      List<Responder> responders,
      long lastNanos,
      RttStatistics rtt,
      double forwardedLoss) {
    /// Whether probes are lost here that are not lost further on: the router answers few, as
    /// routers do that limit the rate of their answers, but it forwards.
    public boolean isRateLimited() {
      return counts.answered() > 0 && counts.lossRatio() > forwardedLoss;
    }

    /// Whether the router answers nothing, but forwards.
    public boolean isSilent() {
      return counts.answered() == 0 && counts.lost() > 0 && forwardedLoss < 1;
    }
  }

  /// Who has answered at a hop.
  ///
  /// @param paths the flows that have met it
  /// @param latest its latest answer
  public record Responder(
      IpAddress address, long answers, Set<Integer> paths, TraceOutcome.Answer latest) {}
}
