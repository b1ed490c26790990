package io.ringtap.fleet.job.work;

import io.ringtap.fleet.job.message.JobNotice;
import io.ringtap.fleet.job.message.RangeSet;
import io.ringtap.fleet.job.message.Space;
import io.ringtap.fleet.job.message.SweepTask;
import io.ringtap.fleet.job.message.Task;
import io.ringtap.fleet.job.message.TraceTask;
import io.ringtap.packet.IpRange;
import io.ringtap.sweep.space.ReservedRanges;
import java.util.List;

/// What an agent does for others, whatever a topic says.
///
/// @param allowed the addresses that it may send to
/// @param rate probes a second of sweeps at the most, all jobs together; 0 takes part in no sweep
public record JobPolicy(RangeSet allowed, double rate) {
  /// What an agent makes of a job.
  sealed interface Verdict {
    /// It takes part.
    ///
    /// @param allowed the job's addresses that it may send to, or more
    record Willing(RangeSet allowed) implements Verdict {}

    /// It does not.
    record Refusal(String why) implements Verdict {}
  }

  /// Addresses of many hosts at once, to which nobody sends.
  private static final RangeSet GROUPS =
      RangeSet.of(
          ReservedRanges.all().stream()
              .filter(each -> each.use() == ReservedRanges.Use.GROUP)
              .map(ReservedRanges.Reserved::range)
              .toList());

  /// A policy.
  ///
  /// @param allowed ranges, which may overlap
  public static JobPolicy of(List<IpRange> allowed, double rate) {
    return new JobPolicy(RangeSet.of(allowed), rate);
  }

  Verdict judge(JobNotice notice) {
    try {
      return judge(notice.task());
    } catch (IllegalArgumentException e) { // more addresses than can be counted
      return new Verdict.Refusal(String.valueOf(e.getMessage()));
    }
  }

  private Verdict judge(Task task) {
    return switch (task) {
      case SweepTask _ when rate <= 0 -> new Verdict.Refusal("this agent takes part in no sweep");
      case SweepTask sweep -> judge(sweep.extent(), hasGroups(sweep.space()));
      case TraceTask trace -> judge(trace.extent(), !trace.extent().and(GROUPS).isEmpty());
    };
  }

  private static boolean hasGroups(Space space) {
    return space.within(GROUPS).size() > 0;
  }

  private Verdict judge(RangeSet extent, boolean hasGroups) {
    if (hasGroups) {
      return new Verdict.Refusal("it has multicast or broadcast addresses");
    }
    RangeSet common = allowed.and(extent);
    if (common.isEmpty()) {
      return new Verdict.Refusal("none of its addresses is allowed here");
    }
    return new Verdict.Willing(common.first(JobNotice.MOST_RANGES));
  }

  /// Whether all addresses of a set may be sent to.
  boolean permits(RangeSet set) {
    return allowed.hasAll(set);
  }
}
