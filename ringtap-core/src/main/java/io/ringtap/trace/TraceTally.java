package io.ringtap.trace;

import io.ringtap.packet.IpAddress;
import io.ringtap.ping.RttRecorder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/// Adds up what becomes of the probes to one target. A lock makes it safe to ask for the report
/// from any thread.
public final class TraceTally {
  private static final class HopTally {
    private long answered;
    private long lost;
    private long dropped;
    private long withdrawn;
    private long unsent;
    private final RttRecorder rtt = new RttRecorder();
    private final Map<IpAddress, TraceReport.Responder> responders = new LinkedHashMap<>();

    void add(TraceOutcome outcome) {
      switch (outcome) {
        case TraceOutcome.Answer answer -> {
          answered++;
          rtt.record(answer.rttNanos());
          TraceReport.Responder known = responders.get(answer.from());
          TreeSet<Integer> paths = new TreeSet<>();
          if (known != null) {
            paths.addAll(known.paths());
          }
          paths.add(answer.probe().path());
          long answers = known == null ? 1 : known.answers() + 1;
          responders.put(
              answer.from(), new TraceReport.Responder(answer.from(), answers, paths, answer));
        }
        case TraceOutcome.TimedOut _ -> lost++;
        case TraceOutcome.Dropped _ -> dropped++;
        case TraceOutcome.Withdrawn _ -> withdrawn++;
        case TraceOutcome.NotSent _ -> unsent++;
      }
    }

    TraceReport.Counts counts() {
      return new TraceReport.Counts(answered, lost, dropped, withdrawn, unsent);
    }
  }

  private final IpAddress target;
  private final HopTally[] hops = new HopTally[256]; // by hop limit
  private int end = 256; // the hop limit that the trace ends at
  private boolean isReached;

  /// A tally without probes.
  public TraceTally(IpAddress target) {
    this.target = target;
  }

  /// Adds the end of a probe to the target.
  public synchronized void add(TraceOutcome outcome) {
    int hopLimit = outcome.probe().hopLimit();
    if (hops[hopLimit] == null) {
      hops[hopLimit] = new HopTally();
    }
    hops[hopLimit].add(outcome);
    if (outcome instanceof TraceOutcome.Answer answer && isEnd(answer)) {
      end = Math.min(end, hopLimit);
      isReached |= answer.isDestination();
    }
  }

  /// Whether an answer shows that probes go no further: the target's, or a router's refusal.
  static boolean isEnd(TraceOutcome.Answer answer) {
    TraceOutcome.IcmpError error = answer.error();
    return answer.isDestination()
        || (error != null && TraceRun.isUnreachable(answer.from().isIpv6(), error.type()));
  }

  /// What has been added so far.
  public synchronized TraceReport report() {
    double behind = 1;
    List<TraceReport.Hop> list = new ArrayList<>();
    for (int limit = Math.min(end, hops.length - 1); limit > 0; limit--) {
      HopTally hop = hops[limit];
      if (hop != null) {
        TraceReport.Counts counts = hop.counts();
        behind = Math.min(behind, counts.answered() + counts.lost() == 0 ? 1 : counts.lossRatio());
        List<TraceReport.Responder> responders = new ArrayList<>(hop.responders.values());
        responders.sort(Comparator.comparingLong(TraceReport.Responder::answers).reversed());
        list.add(
            new TraceReport.Hop(
                limit, counts, List.copyOf(responders), hop.rtt.snapshot(), behind));
      }
    }
    return new TraceReport(target, isReached, List.copyOf(list.reversed()), beyond());
  }

  private TraceReport.Counts beyond() {
    List<TraceReport.Counts> counts = new ArrayList<>();
    for (int limit = end + 1; limit < hops.length; limit++) {
      if (hops[limit] != null) {
        counts.add(hops[limit].counts());
      }
    }
    return new TraceReport.Counts(
        sum(counts, TraceReport.Counts::answered),
        sum(counts, TraceReport.Counts::lost),
        sum(counts, TraceReport.Counts::dropped),
        sum(counts, TraceReport.Counts::withdrawn),
        sum(counts, TraceReport.Counts::unsent));
  }

  private static long sum(
      List<TraceReport.Counts> counts, ToLongFunction<TraceReport.Counts> part) {
    return counts.stream().mapToLong(part).sum();
  }
}
